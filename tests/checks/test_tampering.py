"""Whatever row of the plan is lost or moved, some rule says so, whatever the plan."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movplan.checks import run_checks
from movplan.domain.plan import Leg, Plan
from movplan.domain.words import LegKind
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO


def name(leg: Leg) -> str:
    return f"{leg.family_id} {leg.part} {leg.sequence} {leg.kind}"


def with_schedule(schedule: tuple[Leg, ...]) -> Plan:
    return PLAN.model_copy(update={"schedule": schedule})


@pytest.mark.parametrize("lost", PLAN.schedule, ids=name)
def test_a_lost_row_is_noticed(lost: Leg) -> None:
    schedule = tuple(leg for leg in PLAN.schedule if leg is not lost)

    assert not run_checks(SCENARIO, with_schedule(schedule)).passed


@pytest.mark.parametrize("twice", PLAN.schedule, ids=name)
def test_a_row_written_twice_is_noticed(twice: Leg) -> None:
    assert not run_checks(SCENARIO, with_schedule((*PLAN.schedule, twice))).passed


@pytest.mark.parametrize(
    "moved", [leg for leg in PLAN.schedule if leg.kind is not LegKind.NIGHT], ids=name
)
def test_a_row_an_hour_late_is_noticed(moved: Leg) -> None:
    hour = timedelta(hours=1)
    late = {"departs": moved.departs + hour, "arrives": moved.arrives + hour}
    schedule = tuple(
        leg.model_copy(update=late) if leg is moved else leg for leg in PLAN.schedule
    )

    assert not run_checks(SCENARIO, with_schedule(schedule)).passed


@pytest.mark.parametrize("field", ["missions", "left_out"])
def test_a_lost_mission_or_reason_is_noticed(field: str) -> None:
    for lost in getattr(PLAN, field):
        rest = tuple(row for row in getattr(PLAN, field) if row is not lost)
        assert not run_checks(SCENARIO, PLAN.model_copy(update={field: rest})).passed


def test_a_departure_somebody_rides_may_not_be_lost() -> None:
    for lost in PLAN.departures:
        rest = tuple(row for row in PLAN.departures if row is not lost)
        report = run_checks(SCENARIO, PLAN.model_copy(update={"departures": rest}))
        assert report.passed != lost.runs


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_plan_is_too_broken_to_be_judged(data: st.DataObject) -> None:
    odd = st.sampled_from(["C1", "F1", "RA1", "N1", "nothing", "MASHHAD", "", "MINI#1"])
    rows = []
    for leg in PLAN.schedule:
        fields = data.draw(
            st.dictionaries(
                st.sampled_from(
                    ["family_id", "departure_id", "session_id", "from_place", "vehicle"]
                ),
                odd,
                max_size=1,
            )
        )
        rows.append(leg.model_copy(update=fields))
    keep = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    schedule = tuple(row for row, kept in zip(rows, keep, strict=True) if kept)

    report = run_checks(SCENARIO, with_schedule(schedule))

    assert len(report.results()) == len(report.outcomes)
    assert report.passed == (schedule == PLAN.schedule)
