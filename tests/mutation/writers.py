"""What writes each rule that holds by construction, and the same broken on purpose."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from movplan.costing import tariffs
from movplan.costing.lines import Lines
from movplan.costing.payers import Share
from movplan.costing.prices import Price
from movplan.domain.plan import LeftOut, Leg, LevelResult
from movplan.domain.words import LegKind
from movplan.planning import certify
from movplan.planning.left_out import Reasons
from movplan.planning.legs import LegWriter
from movplan.planning.schedule import Scheduler

# Small, and with a family left out; with payers of two lines, rates and overhead.
SMALL, WITH_MONEY = "first-convoy", "avrr-herat"
Written = Callable[..., Any]


@dataclass(frozen=True)
class Broken:
    """A part of planning, its name, and what it does instead of what it does."""

    rule: str
    how: str
    folder: str
    where: Any
    name: str
    wrong: Callable[[Written], Written]

    def __str__(self) -> str:
        return f"{self.rule}: {self.how}"

    def put_in(self, patch: pytest.MonkeyPatch) -> None:
        """Breaks it."""
        patch.setattr(self.where, self.name, self.wrong(getattr(self.where, self.name)))


def _nobody(_: Written) -> Written:
    def left_out(_: Reasons) -> Iterator[LeftOut]:
        return iter(())

    return left_out


def _all_are(right: Written) -> Written:
    def left_out(reasons: Reasons) -> Iterator[LeftOut]:
        reasons.travels = set()
        yield from right(reasons)

    return left_out


def _rows(
    kind: LegKind, change: Callable[[Leg], dict[str, object]]
) -> Callable[[Written], Written]:
    """Rows of a kind with other columns."""

    def wrong(right: Written) -> Written:
        def part(writer: LegWriter, *asked: Any) -> list[Leg]:
            return [
                leg.model_copy(update=change(leg)) if leg.kind is kind else leg
                for leg in right(writer, *asked)
            ]

        return part

    return wrong


def _no_vehicles(_: Written) -> Written:
    def part(scheduler: Scheduler) -> dict[str, dict[str, str]]:
        return {f: {} for f in scheduler.families}

    return part


def _first_pays(_: Written) -> Written:
    def split(price: Price, payers: Sequence[Share]) -> tuple[Share, ...]:
        return ((payers[0][0], price.amount_cents),) if price.amount_cents else ()

    return split


def _one_cent_more(right: Written) -> Written:
    def convert(lines: Lines, amount: int, source: str, *asked: Any) -> int:
        converted: int = right(lines, amount, source, *asked)
        return converted + (source != asked[0])

    return convert


def _none_due(_: Written) -> Written:
    return lambda *_: 0


def _one_better(right: Written) -> Written:
    def level_result(level: Any, value: int, *asked: Any) -> LevelResult:
        found: LevelResult = right(level, value + 1, *asked)
        return found

    return level_result


def _no_gap(right: Written) -> Written:
    def level_result(*asked: Any) -> LevelResult:
        found: LevelResult = right(*asked)
        return found.model_copy(update={"bound": found.bound + 1})

    return level_result


BROKEN: tuple[Broken, ...] = (
    Broken(
        "conservation",
        "who stays is not listed",
        SMALL,
        Reasons,
        "left_out",
        _nobody,
    ),
    Broken(
        "conservation",
        "who travels is listed to stay too",
        SMALL,
        Reasons,
        "left_out",
        _all_are,
    ),
    Broken(
        "family_whole",
        "one person of a family is not on its transfer",
        SMALL,
        LegWriter,
        "part",
        _rows(LegKind.TRANSFER, lambda leg: {"persons": leg.persons - 1}),
    ),
    Broken(
        "family_whole",
        "a ride names no case",
        SMALL,
        LegWriter,
        "part",
        _rows(LegKind.RIDE, lambda _: {"case_ids": ("another",)}),
    ),
    Broken(
        "family_whole",
        "nobody's vehicle is named",
        SMALL,
        Scheduler,
        "_vehicles",
        _no_vehicles,
    ),
    Broken(
        "payers",
        "the first of two payers pays all",
        WITH_MONEY,
        tariffs,
        "split",
        _first_pays,
    ),
    Broken(
        "ledger",
        "a conversion is a cent too dear",
        WITH_MONEY,
        Lines,
        "_convert",
        _one_cent_more,
    ),
    Broken(
        "ledger",
        "no overhead is added",
        WITH_MONEY,
        Lines,
        "_find_overhead",
        _none_due,
    ),
    Broken(
        "objective",
        "a level is worth one more than the plan",
        SMALL,
        certify,
        "level_result",
        _one_better,
    ),
    Broken(
        "objective",
        "a gap does not follow from its bound",
        SMALL,
        certify,
        "level_result",
        _no_gap,
    ),
)
