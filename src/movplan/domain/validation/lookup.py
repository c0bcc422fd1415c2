"""What the rules look things up in, and how they say what they found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from movplan.domain.assignments import Assignment
from movplan.domain.errors import Issue
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.rows import Row
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.values import Values

MOST_HINTS = 50
# Comparing with one id takes some ten microseconds.
MOST_COMPARED = 20_000
BrokenRows = Mapping[str, Sequence[Mapping[str, object]]]


class Lookup:
    """The rows of a scenario by id, and the rows that exist but could not be read.

    ``broken`` holds raw cells by table. References to a broken row do not dangle, and
    sums over rows of which some are broken are not judged.
    """

    def __init__(self, scenario: Scenario, broken: BrokenRows | None = None) -> None:
        self.scenario = scenario
        self._broken = broken or {}
        self._ids: dict[str, frozenset[str]] = {}
        self._hints: dict[tuple[str, str], str] = {}
        self._compared = 0

    def ids(self, table: str) -> frozenset[str]:
        """Ids in use in a table with a key of one column, broken rows included."""
        if table not in self._ids:
            column = Scenario.TABLES[table].KEY[0]
            read = {getattr(row, column) for row in getattr(self.scenario, table)}
            self._ids[table] = frozenset(read | self.broken_values(table, column))
        return self._ids[table]

    def closest_id(self, wanted: str, table: str) -> str:
        """The closest id of a table, worked out for the first few dozen names only."""
        name = (table, wanted)
        if name not in self._hints:
            # A whole column gone wrong must not cost minutes of comparing.
            self._compared += len(self.ids(table))
            if len(self._hints) >= MOST_HINTS or self._compared > MOST_COMPARED:
                return f"an id of the {table}"
            self._hints[name] = closest(wanted, self.ids(table), what=table)
        return self._hints[name]

    def broken_values(self, table: str, column: str) -> set[str]:
        """Values of a column in a table's broken rows."""
        rows = self._broken.get(table, ())
        return {str(row.get(column, "")).strip() for row in rows}

    def rule_int(self, name: str) -> int:
        """A rule's whole number; the shipped one where the scenario's is none."""
        value = self.scenario.rule_value(name)
        return int(value if isinstance(value, int) else default_rules()[name].value)

    def departure_int(self, name: str, departure: Departure) -> int:
        """A departure's whole number; the shipped one where the scenario's is none."""
        rule = self.scenario.rule(name)
        values = (rule.value, *(override.value for override in rule.overrides))
        if all(isinstance(value, int) for value in values):
            return self._values.departure(name, departure)
        return int(default_rules()[name].value)

    @cached_property
    def _values(self) -> Values:
        return Values(self.scenario)

    @cached_property
    def family_of(self) -> dict[str, str]:
        """Family id by member id."""
        return {m.member_id: m.family_id for m in self.scenario.members}

    @cached_property
    def members_per_family(self) -> Counter[str]:
        """How many members each family lists."""
        return Counter(member.family_id for member in self.scenario.members)

    def family_id(self, row: Row) -> str | None:
        """The family a row is about, if it is about one."""
        if isinstance(row, Family | Member | Assignment):
            return row.family_id
        if isinstance(row, Medical | Document):
            return self.family_of.get(row.member_id)
        return None

    def error(
        self,
        table: str,
        row: Row,
        column: str,
        problem: str,
        *,
        code: str,
        expected: str = "",
    ) -> Issue:
        """An error at a column of a row."""
        value = getattr(row, column, None) if column else None
        return Issue(
            code=code,
            table=table,
            key=row.key,
            column=column,
            value="" if value is None else _as_text(value),
            problem=problem,
            expected=expected,
            family_id=self.family_id(row),
        )

    def warning(
        self,
        table: str,
        row: Row,
        column: str,
        problem: str,
        *,
        code: str,
        expected: str = "",
    ) -> Issue:
        """The same as a warning."""
        issue = self.error(table, row, column, problem, code=code, expected=expected)
        return issue.model_copy(update={"severity": "warning"})


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(str(item) for item in value)
    return str(value)


def closest(wanted: str, known: Iterable[str], *, what: str) -> str:
    """A hint: the closest known id, or some of those there are."""
    listed = sorted(known)
    close = get_close_matches(wanted, listed, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]}?"
    if not listed:
        return f"there are no {what}"
    more = ", ..." if len(listed) > 5 else ""
    return f"one of the {what}: " + ", ".join(listed[:5]) + more
