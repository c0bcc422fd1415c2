"""The level ``changes``: the model counts what the checks count."""

import pytest

from movplan.checks import level_values
from movplan.domain.assignments import Assignment
from movplan.domain.scenario import Group, Level, Scenario
from movplan.domain.words import AssignmentState, Measure, Part
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO
from tests.formulation.fixed import Fixed, journeys_of, model_of, pairs_of

CHANGES = Level(name="changes", measure=Measure.CHANGES)
JOURNEYS = journeys_of(PLAN)


def told(*rides: tuple[str, Part, str], where: Group | None = None) -> Scenario:
    """The mission with notified rides and one level only."""
    level = CHANGES.model_copy(update={"where": where}) if where else CHANGES
    rows = tuple(
        Assignment(
            family_id=family_id,
            part=part,
            departure_id=departure_id,
            state=AssignmentState.NOTIFIED,
        )
        for family_id, part, departure_id in rides
    )
    changed = {"assignments": rows, "levels": (level,), "minimums": ()}
    return SCENARIO.model_copy(update=changed)


def both(scenario: Scenario) -> tuple[int | None, int]:
    """Changes of the mission's plan: by the model, by the checks."""
    model = model_of(scenario)
    k = next(k for k, lv in enumerate(model.levels) if lv.level.name == "changes")
    pairs = pairs_of(model, JOURNEYS)
    assert pairs is not None
    return Fixed(model, pairs).best(k), level_values(scenario, PLAN)["changes"]


OUT, BACK = Part.OUTBOUND, Part.RETURN


@pytest.mark.parametrize(
    ("rides", "changed"),
    [
        ([("WS1", OUT, "W1"), ("WS1", BACK, "W2")], 0),
        ([("WS1", OUT, "W1"), ("WS1", BACK, "F1")], 1),
        ([("WS1", OUT, "F1"), ("WS1", BACK, "W2")], 1),
        ([("WS1", OUT, "F1"), ("WS1", BACK, "F2")], 1),
        ([("WS1", BACK, "W2")], 0),
        ([("WS1", BACK, "W1")], 1),
        ([("RA1", OUT, "C1"), ("RA1", OUT, "C2")], 0),
        ([("RA1", OUT, "C1")], 1),
        ([("RS2", OUT, "F1")], 1),
        ([("RS2", OUT, "F1"), ("WS1", BACK, "F1"), ("RA3", OUT, "C1")], 2),
    ],
)
def test_a_promise_is_kept_when_every_notified_part_is(
    rides: list[tuple[str, Part, str]], changed: int
) -> None:
    by_model, by_checks = both(told(*rides))
    assert by_model == by_checks
    assert (by_checks > 0) == (changed > 0)
    if changed:
        assert by_checks >= changed


def test_only_families_of_the_level_count() -> None:
    rides = [("WS1", OUT, "F1"), ("WS1", BACK, "F2"), ("RA1", OUT, "C1")]
    everybody = both(told(*rides))
    workshop = both(told(*rides, where=Group(programmes=("WORKSHOP",))))
    nobody = both(told(*rides, where=Group(programmes=("RESETTLE",))))
    assert everybody[0] == everybody[1]
    assert workshop[0] == workshop[1]
    assert nobody == (0, 0)
    assert 0 < workshop[1] < everybody[1]
