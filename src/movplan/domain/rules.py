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
        self,
        *,
        programme: str | None,
        destination: tuple[str, ...],
        carrier: str | None,
    ) -> bool:
        """Whether every dimension this override names has the given value.

        ``destination`` are the names of one destination: its place, then its country.
        """
        return (
            self.programme in (None, programme)
            and (self.destination is None or self.destination in destination)
            and self.carrier in (None, carrier)
        )

    def precision(self, destination: tuple[str, ...]) -> tuple[int, bool, bool, bool]:
        """What the best match has most of: dimensions named, then which of them.

        Between as many: the carrier before the destination's place, the place before
        its country, the country before the programme.
        """
        place = self.destination is not None and self.destination in destination[:1]
        dimensions = (self.programme, self.destination, self.carrier)
        return (
            sum(dimension is not None for dimension in dimensions),
            self.carrier is not None,
            place,
            self.destination is not None,
        )


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
        destination: tuple[str, ...] = (),
        carrier: str | None = None,
    ) -> Value:
        """The value that applies: the most precise matching override, or its own.

        Of equally precise ones the first listed.
        """
        matching = [
            override
            for override in self.overrides
            if override.matches(
                programme=programme, destination=destination, carrier=carrier
            )
        ]
        if not matching:
            return self.value
        return max(matching, key=lambda row: row.precision(destination)).value


@cache
def default_rules() -> dict[str, Rule]:
    """Read the shipped rule parameters (``domain/rules.yaml``) by name."""
    text = files("movplan.domain").joinpath("rules.yaml").read_text("utf-8")
    rows = (Rule(name=name, **row) for name, row in yaml.safe_load(text).items())
    return {rule.name: rule for rule in rows}
