"""Who is on the manifest of which departure: the assignments in force."""

from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState

IN_FORCE = frozenset(
    {
        AssignmentState.PINNED,
        AssignmentState.NOTIFIED,
        AssignmentState.LOCKED,
        AssignmentState.DEPARTED,
        AssignmentState.ARRIVED,
    }
)


class Manifests:
    """Families on the manifests of departures: notice, names and locks are past."""

    def __init__(self, scenario: Scenario) -> None:
        self._listed = frozenset(
            (row.departure_id, row.family_id)
            for row in scenario.assignments
            if row.state in IN_FORCE
        )

    def lists(self, departure_id: str, family_id: str) -> bool:
        """Whether the family is on the manifest of the departure."""
        return (departure_id, family_id) in self._listed
