"""Departures that never get their fewest persons together; F1 to F5 are 14."""

import pytest

from movplan.domain.scenario import Scenario
from movplan.planning.bound import families_bound
from tests.reports.by_hand import SCENARIO


def asking_for(persons: int) -> Scenario:
    """Every departure asks for so many."""
    rows = tuple(
        row.model_copy(update={"min_persons": persons}) for row in SCENARIO.departures
    )
    return SCENARIO.model_copy(update={"departures": rows})


@pytest.mark.parametrize(("persons", "bound"), [(0, 0), (14, 0), (15, 5)])
def test_all_together_are_too_few(persons: int, bound: int) -> None:
    found = families_bound(asking_for(persons)).get("departure_runs", ())
    assert len(found) == bound
