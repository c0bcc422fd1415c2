"""What is aimed at, and how far what was measured is from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.gaps import better_form, gap, gap_between, percent_up, worst
from benchmarks.specs import GREEDY, OURS, PEER_NAMES, Record

GB = 1024


@dataclass(frozen=True, slots=True)
class Target:
    """A gap in percent within seconds and MB (``None``: nothing is said of memory)."""

    size: int
    seconds: float
    percent: Fraction
    memory_mb: int | None
    again: bool = False

    @property
    def name(self) -> str:
        """Which missions it is about."""
        changed = ", planned again" if self.again else ""
        return f"{self.size:,} families{changed}"


TARGETS = (
    Target(250, 10, Fraction("0.1"), None),
    Target(1000, 3, Fraction("0.1"), 1 * GB, again=True),
    Target(1000, 10, Fraction("0.05"), 1 * GB),
    Target(1000, 30, Fraction("0.1"), None),
    Target(10_000, 60, Fraction("0.2"), 4 * GB),
    Target(10_000, 180, Fraction("0.1"), 4 * GB),
    Target(100_000, 900, Fraction(1), 12 * GB),
)
HEAD = (
    "",
    "s",
    "wanted",
    "gap",
    "whole command s",
    "MB wanted",
    "MB",
    "value / best known",
    "best peer's gap",
    "reached",
)


def first_targets(size: int) -> list[Target]:
    """Targets of missions planned for the first time."""
    return [row for row in TARGETS if row.size == size and not row.again]


def as_rows(rows: Sequence[Record], again: Sequence[Record]) -> list[list[str]]:
    """Every target beside the worst of what was measured at its limit."""
    table = [list(HEAD)]
    for target in TARGETS:
        found = _here(target, again if target.again else rows)
        ours = [row for row in found if target.again or row["method"] == OURS]
        if ours:
            table.append(_row(target, ours, found, rows))
    return table


def _here(target: Target, rows: Sequence[Record]) -> list[Record]:
    return [
        row
        for row in rows
        if row["size"] == target.size and row["limit_s"] == target.seconds
    ]


def _row(
    target: Target, ours: list[Record], here: list[Record], rows: Sequence[Record]
) -> list[str]:
    most = worst([_first_gap(row) for row in ours])
    peers = [] if target.again else _best_peer(here)
    share = None if target.again else _of_best_known(ours, rows)
    took = max(row["wall_s"] for row in ours)
    held = max(row.get("memory_mb", 0) for row in ours)
    fits = target.memory_mb is None or held <= target.memory_mb
    within = most is not None and 100 * most <= target.percent
    return [
        target.name,
        f"{target.seconds:g}",
        f"{float(target.percent):g} %",
        "none" if most is None else percent_up(most),
        f"{took:.1f}",
        "" if target.memory_mb is None else str(target.memory_mb),
        str(held),
        "" if share is None else f"{float(share):.2%}",
        percent_up(min(peers)) if peers else "",
        "yes" if within and fits and took <= target.seconds else "no",
    ]


def _first_gap(row: Record) -> Fraction | None:
    """The gap of the measured level; a second plan's is that of the first maximised."""
    if "value" in row:
        return gap(row)
    level = next(x for x in row["levels"] if x["name"] == row["level"])
    return gap_between(level["value"], level["bound"])


def _best_peer(here: Sequence[Record]) -> list[Fraction]:
    """The worst gap of every peer that has one on every mission it saw."""
    found = []
    for method in PEER_NAMES:
        runs = better_form(row for row in here if row["method"] == method)
        most = worst([gap(row) for row in runs])
        if most is not None:
            found.append(most)
    return found


def _of_best_known(ours: list[Record], rows: Sequence[Record]) -> Fraction | None:
    """The worst value of ours as a part of the best known of its mission."""
    shares = []
    for row in ours:
        best = max(
            other["value"] or 0
            for other in rows
            if (other["size"], other["seed"]) == (row["size"], row["seed"])
            and other["method"] != GREEDY
        )
        if row["value"] is None or not best:
            return None
        shares.append(Fraction(row["value"], best))
    return min(shares)
