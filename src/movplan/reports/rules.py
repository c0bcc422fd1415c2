"""The table of ``movplan rules``."""

from collections.abc import Sequence
from typing import Protocol

from movplan.domain.rules import Value
from movplan.domain.words import RuleType
from movplan.reports.table import Table, left, right, wide


class Ruled(Protocol):
    """A rule or parameter as the table shows it."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def value(self) -> Value | None:
        """The value; a rule has none."""

    @property
    def unit(self) -> str:
        """Unit of the value."""

    @property
    def type(self) -> RuleType:
        """H, P or O."""

    @property
    def source(self) -> str:
        """Where it comes from."""

    @property
    def label(self) -> str:
        """How well that is known; a dash where it is a matter of definition."""

    @property
    def families_bound(self) -> int:
        """How many families it binds."""

    @property
    def families_in_want(self) -> int:
        """Those of them that may want something scarce, and lose no way by it alone."""

    @property
    def rule(self) -> str:
        """The rule it stands with; empty for prices and assumptions."""

    @property
    def overrides(self) -> tuple[str, ...]:
        """Values for some, or what is set aside."""


def rules_table(rows: Sequence[Ruled]) -> Table:
    """Rules, each with its parameters set in below it, unless named as the rule."""
    lines = tuple(
        (
            f"  {row.name}" if row.rule not in ("", row.name) else row.name,
            "" if row.value is None else f"{row.value} {row.unit}",
            "; ".join(row.overrides),
            row.type.value,
            row.source,
            row.label,
            f"{row.families_bound:,}" if row.families_bound else "",
            f"{row.families_in_want:,}" if row.families_in_want else "",
        )
        for row in rows
    )
    columns = (
        *left("Rule", "Value", "Set aside, or for some", "Type"),
        *wide("Source"),
        *left("Label"),
        *right("Families bound", "of these in want"),
    )
    note = (
        "H never broken, P with parameters, O a named authority may set it aside. "
        "Bound: kept at home or off some way by this rule alone (exact); or in want: "
        "with a way that needs what is not enough for all who may want it, money of "
        "lines for example. Who goes without is decided by planning, so of those in "
        "want the rule binds at most so many; nobody else is ever stopped by it. Of a "
        "parameter: whom its rules bind and it can concern at all, so the seats of a "
        "stretcher only families with one."
    )
    return Table("Rules", columns, lines, note)
