"""Budget lines for a plan made by hand: first come, unless that overdraws.

Where it does, lines are looked for that keep every ceiling and every limit on
enrolment; if there are none, first come stands and the checks name what is overdrawn.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from movplan.costing.book import Book
from movplan.costing.funding import choose_funding, eligible_lines
from movplan.costing.lines import Draw
from movplan.costing.unpaid import ChargeKey, UnpaidCharge
from movplan.domain.scenario import Scenario
from movplan.domain.words import CostCategory, Part
from movplan.formulation.ceilings import JOURNEY
from movplan.optimiser.program import Effort, Program, solve_cpsat

WORK = 10.0


def fund(scenario: Scenario, payable: Sequence[UnpaidCharge]) -> dict[ChargeKey, str]:
    """The line that pays each charge of a family; those nobody may pay are missing."""
    first_come = choose_funding(scenario, payable)
    desk = _Desk(scenario, payable)
    if desk.keeps_limits(first_come.lines):
        return first_come.lines
    return desk.within_limits(first_come.lines) or first_come.lines


@dataclass(frozen=True, slots=True)
class _Option:
    """A charge on one of its lines: its place in draw order and what it draws on."""

    charge: int
    line_id: str
    rank: int
    draws: tuple[Draw, ...]


class _Desk:
    """Charges, the lines each may go to, and what every line has left for them."""

    def __init__(self, scenario: Scenario, payable: Sequence[UnpaidCharge]) -> None:
        self.book = Book(scenario)
        self.charges = [charge for charge in payable if charge.payers is None]
        self.options = [
            _Option(k, line_id, rank, self._draws(line_id, charge))
            for k, charge in enumerate(self.charges)
            for rank, line_id in enumerate(eligible_lines(self.book, charge))
        ]
        self.lines = {row.budget_line_id: row for row in scenario.budget_lines}
        self.left = self._left(charge for charge in payable if charge.payers)
        self.ceilings = _ceilings(self.book, self.options, self.charges)
        self.enrolling = _enrolling(self.charges)

    def keeps_limits(self, chosen: Mapping[ChargeKey, str]) -> bool:
        """Whether a choice of lines keeps every ceiling and limit on enrolment."""
        taken = [o for o in self.options if self._is_chosen(o, chosen)]
        return bool((self._rows(taken).sum(axis=1) <= self._limits()).all())

    def within_limits(
        self, first_come: Mapping[ChargeKey, str]
    ) -> dict[ChargeKey, str] | None:
        """Lines that keep every limit, early in draw order; ``None``: none do."""
        count = len(self.options)
        once = np.zeros((len(self.charges), count), np.int64)
        once[[o.charge for o in self.options], np.arange(count)] = 1
        payable = np.asarray(once.any(axis=1), np.int64)
        program = Program(
            objective=-np.array([option.rank for option in self.options], np.int64),
            matrix=csr_array(np.concatenate([self._rows(self.options), once])),
            upper=np.concatenate([self._limits(), payable]),
            equal=np.arange(len(self._limits()) + len(payable)) >= len(self._limits()),
            bound=np.ones(count, np.int64),
        )
        start = np.array([self._is_chosen(o, first_come) for o in self.options])
        answer = solve_cpsat(
            program, Effort(work=WORK), start.astype(np.int64), lambda: False
        )
        if answer.x is None:
            return None
        return {
            self.charges[option.charge].key: option.line_id
            for option, taken in zip(self.options, answer.x.tolist(), strict=True)
            if taken
        }

    def _is_chosen(self, option: _Option, chosen: Mapping[ChargeKey, str]) -> bool:
        return chosen.get(self.charges[option.charge].key) == option.line_id

    def _draws(self, line_id: str, charge: UnpaidCharge) -> tuple[Draw, ...]:
        return self.book.tariffs.line_amounts(
            line_id, charge.amount_cents, charge.currency, charge.on
        )

    def _left(self, split: Iterable[UnpaidCharge]) -> dict[str, int]:
        """Available on every limited line, less what departures and escorts draw."""
        tariffs = self.book.tariffs
        left = {
            line_id: line.available_cents
            for line_id, line in sorted(self.lines.items())
            if line.available_cents is not None
        }
        for charge in split:
            for line_id, part in tariffs.split(charge.price, charge.payers or ()):
                draws = tariffs.line_amounts(line_id, part, charge.currency, charge.on)
                for link, cents in draws:
                    if link in left:
                        left[link] -= cents
        return left

    def _limits(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        enrolment = [
            limit
            for line in self.lines.values()
            for limit in (line.max_families, line.max_persons)
        ]
        most = [np.iinfo(np.int64).max if n is None else n for n in enrolment]
        ceilings = [ceiling.cents for ceiling in self.ceilings.values()]
        return np.array([*self.left.values(), *most, *ceilings], np.int64)

    def _rows(
        self, options: Sequence[_Option]
    ) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        """What options use of ceilings, then of families and persons of every line."""
        row = {line_id: k for k, line_id in enumerate(self.left)}
        enrol = {line_id: len(row) + 2 * k for k, line_id in enumerate(self.lines)}
        first = len(row) + 2 * len(enrol)
        capped = {key: first + k for k, key in enumerate(self.ceilings)}
        table = np.zeros((first + len(capped), len(options)), np.int64)
        for column, option in enumerate(options):
            for link, cents in option.draws:
                if link in row:
                    table[row[link], column] += cents
            key = (option.line_id, self.charges[option.charge].subject_id)
            if key in capped:
                table[capped[key], column] = self.ceilings[key].paid[option.charge]
            if option.charge in self.enrolling:
                charge = self.charges[option.charge]
                persons = self.book.family(charge.subject_id).persons
                table[enrol[option.line_id], column] += 1
                table[enrol[option.line_id] + 1, column] += persons
        return table


@dataclass(frozen=True, slots=True)
class _Ceiling:
    """What a line pays for a family's journey at most; ``paid`` by charge."""

    cents: int
    paid: Counter[int]


def _ceilings(
    book: Book, options: Sequence[_Option], charges: Sequence[UnpaidCharge]
) -> dict[tuple[str, str], _Ceiling]:
    """Ceilings of lines that have one, by line and family."""
    found: dict[tuple[str, str], _Ceiling] = {}
    for option in options:
        charge = charges[option.charge]
        line = book.tariffs.lines.by_id[option.line_id]
        each, session = line.max_per_person_cents, charge.item.startswith("session/")
        if each is None or session or charge.category not in JOURNEY:
            continue
        persons = book.family(charge.subject_id).persons
        key = (option.line_id, charge.subject_id)
        ceiling = found.setdefault(key, _Ceiling(each * persons, Counter()))
        ceiling.paid[option.charge] = book.tariffs.lines.convert(
            charge.amount_cents, charge.currency, line.currency, charge.on
        )
    return found


def _enrolling(charges: Sequence[UnpaidCharge]) -> set[int]:
    """Of each family the grant, else the first fare on the way out."""
    found: dict[str, list[tuple[bool, str, int]]] = defaultdict(list)
    for k, charge in enumerate(charges):
        grant = charge.category is CostCategory.GRANT
        fare = charge.category is CostCategory.FARE
        if grant or (fare and charge.item.startswith(Part.OUTBOUND.value)):
            found[charge.subject_id].append((not grant, charge.item, k))
    return {min(own)[2] for own in found.values()}
