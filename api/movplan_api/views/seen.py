"""A plan and its scenario as one caller sees them: plain JSON, looked up by id."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """A plan's document and its scenario's, with what the caller may not see hidden."""

    plan: Row
    scenario: Row

    @cached_property
    def families(self) -> dict[str, Row]:
        """The scenario's families; those set aside are only in ``plan.left_out``."""
        return {row["family_id"]: row for row in self.scenario["families"]}

    @cached_property
    def departures(self) -> dict[str, Row]:
        """The scenario's departures."""
        return {row["departure_id"]: row for row in self.scenario["departures"]}

    @cached_property
    def members(self) -> dict[str, list[Row]]:
        """The members of each family that lists them, by id."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.scenario["members"], key=lambda row: row["member_id"]):
            found[row["family_id"]].append(row)
        return found

    @cached_property
    def legs(self) -> dict[str, list[Row]]:
        """The schedule by family: outbound before return, in time."""
        found: dict[str, list[Row]] = defaultdict(list)
        order = {"outbound": 0, "return": 1}
        for row in sorted(
            self.plan["schedule"], key=lambda leg: (order[leg["part"]], leg["sequence"])
        ):
            found[row["family_id"]].append(row)
        return found

    @cached_property
    def left_out(self) -> dict[str, Row]:
        """The families left out."""
        return {row["family_id"]: row for row in self.plan["left_out"]}


def rides_of(legs: list[Row]) -> list[Row]:
    """The rides on departures among rows of the schedule."""
    return [leg for leg in legs if leg["kind"] == "ride"]
