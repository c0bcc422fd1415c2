"""What overrides take out of a rule, and who is on a manifest."""

from datetime import date, timedelta

import pytest

from movplan.domain.aside import Aside, counting_overrides
from movplan.domain.assignments import Assignment, Override
from movplan.domain.manifest import Manifests
from movplan.domain.scenario import Scenario
from movplan.domain.words import AssignmentState
from tests.domain.mission import mission

TODAY = mission().as_of.date()


def letter(rule: str, scope: str, on: date = TODAY) -> Override:
    return Override(rule=rule, scope=scope, by="head", reference="1", date=on)


def world(*rows: Override) -> Scenario:
    return mission().model_copy(update={"overrides": rows})


def test_a_family_is_out_by_its_id_or_its_programme():
    one, two = mission().families[:2]
    by_id = Aside(world(letter("place_open", one.family_id)), "place_open")
    by_programme = Aside(world(letter("place_open", one.programme)), "place_open")

    assert by_id.family(one)
    assert not by_id.family(two)
    assert by_programme.family(two) is (two.programme == one.programme)
    assert by_id.names_families
    assert by_programme.names_families


def test_a_row_is_out_by_any_of_its_ids():
    aside = Aside(world(letter("place_capacity", "KBL")), "place_capacity")

    assert aside.row("CAP1", "KBL")
    assert not aside.row("CAP1", "HEA")
    assert not aside.names_families
    assert aside
    assert not aside.everything


def test_a_star_is_everything():
    aside = Aside(world(letter("place_open", "*")), "place_open")

    assert aside.everything
    assert aside.family(mission().families[0])
    assert aside.row("anything")


@pytest.mark.parametrize(
    "row",
    [
        letter("place_open", "*", TODAY + timedelta(days=1)),
        letter("consent", "*"),
        letter("late_arrival", "*"),
    ],
)
def test_what_does_not_count(row):
    aside = Aside(world(row), "place_open")

    assert not aside
    assert not aside.row("KBL")


def test_the_overrides_that_count():
    rows = (letter("consent", "*"), letter("late_arrival", "KBL"))

    assert counting_overrides(world(*rows)) == rows[1:]


@pytest.mark.parametrize("state", list(AssignmentState))
def test_the_manifest_lists_those_in_force(state):
    row = Assignment(family_id="F1", departure_id="CV1", state=state)
    manifests = Manifests(mission().model_copy(update={"assignments": (row,)}))

    assert manifests.lists("CV1", "F1") is (
        state.value in {"pinned", "notified", "locked", "departed", "arrived"}
    )
    assert not manifests.lists("CV1", "F2")
