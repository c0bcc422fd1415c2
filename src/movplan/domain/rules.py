"""Rule parameters: every number an officer may edit, with unit, type, source, label."""

from functools import cache
from importlib.resources import files
from typing import ClassVar

import yaml

from movplan.domain.rows import Frozen, Row
from movplan.domain.words import EvidenceLabel, RuleType

Value = int | str | bool


class RuleOverride(Frozen):
    """A value for one programme, destination (place or country) or carrier."""

    programme: str | None = None
    destination: str | None = None
    carrier: str | None = None
    value: Value

    def matches(
        self, *, programme: str | None, destination: str | None, carrier: str | None
    ) -> bool:
        """Whether every dimension this override names has the given value."""
        named = (
            (self.programme, programme),
            (self.destination, destination),
            (self.carrier, carrier),
        )
        return all(wanted is None or wanted == given for wanted, given in named)

    @property
    def precision(self) -> int:
        """How many dimensions it names; the most precise match wins."""
        dimensions = (self.programme, self.destination, self.carrier)
        return sum(dimension is not None for dimension in dimensions)


class Rule(Row):
    """One parameter of the rules: value, unit, type, source and evidence label."""

    KEY: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    value: Value
    unit: str
    type: RuleType
    source: str
    label: EvidenceLabel
    overrides: tuple[RuleOverride, ...] = ()

    def value_for(
        self,
        *,
        programme: str | None = None,
        destination: str | None = None,
        carrier: str | None = None,
    ) -> Value:
        """The value that applies: the most precise matching override, or its own."""
        best: RuleOverride | None = None
        for override in self.overrides:
            if override.matches(
                programme=programme, destination=destination, carrier=carrier
            ) and (best is None or override.precision > best.precision):
                best = override
        return self.value if best is None else best.value


@cache
def default_rules() -> dict[str, Rule]:
    """Read the shipped rule parameters (``domain/rules.yaml``) by name."""
    text = files("movplan.domain").joinpath("rules.yaml").read_text("utf-8")
    rows = (Rule(name=name, **row) for name, row in yaml.safe_load(text).items())
    return {rule.name: rule for rule in rows}
