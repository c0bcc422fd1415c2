"""Hardness: what can be measured without a plan, and what a plan adds."""

from datetime import UTC, datetime

import pytest

from movplan.domain.plan import (
    Charge,
    LeftOut,
    Leg,
    Plan,
    PlannedDeparture,
)
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    AssignmentState,
    CostCategory,
    LegKind,
    Outcome,
    Part,
    Reason,
    StopReason,
    SubjectKind,
)
from movplan.generation import generate, hardness, static_hardness
from movplan.screening import Screening, screen
from tests.rows import UNJUDGED

FIRM = {AssignmentState.PINNED, AssignmentState.NOTIFIED}


@pytest.fixture(scope="module")
def mission() -> Scenario:
    return generate(250, 1, "mixed")


@pytest.fixture(scope="module")
def screening(mission: Scenario) -> Screening:
    return screen(mission)


def test_static_targets_hold(mission: Scenario, screening: Screening) -> None:
    found = static_hardness(mission, screening)
    assert found["families"] == 250
    assert found["distinct_signatures"] >= 0.6
    assert found["itineraries_per_family_median"] >= 5
    assert found["itineraries_per_family_p90"] <= 60
    assert found["families_mostly_multi_ride"] >= 0.5
    assert found["screened_out_families"] <= 25
    assert found["expiring_families"] > 0
    shares = found["weight_classes"]
    assert isinstance(shares, dict)
    assert sum(shares.values()) == pytest.approx(1, abs=0.001)
    assert max(shares.values()) <= 0.6


def test_total_value_is_the_sum_of_weights() -> None:
    # One family of persons x priority 1, 2, 4 x programme weight x 100 (or 150).
    made = generate(1, 3, "returns")
    (family,) = made.families
    found = static_hardness(made, screen(made))
    per_person = int(found["total_value"]) / family.persons
    assert per_person in {200, 300, 400, 600, 800, 1200}


def test_pins_are_itineraries_that_screening_leaves_open(
    mission: Scenario, screening: Screening
) -> None:
    rides: dict[str, list[str]] = {}
    for row in mission.assignments:
        if row.state in FIRM:
            rides.setdefault(row.family_id, []).append(row.departure_id)
    parts = {p.family_id: p for p in screening.parts if p.part is Part.OUTBOUND}
    assert rides
    for family_id, departures in rides.items():
        open_to = [
            [ride.departure_id for ride in screening.itineraries[k].rides]
            for k in parts[family_id].itineraries
        ]
        assert departures in open_to


def test_a_full_flight_binds_only_if_somebody_is_turned_away(
    mission: Scenario, screening: Screening
) -> None:
    part = next(
        p
        for p in screening.parts
        if len(screening.itineraries[p.itineraries[0]].rides) == 2
        and screening.itineraries[p.itineraries[0]].rides[0].kind == "flight"
    )
    wanted = screening.itineraries[part.itineraries[0]].rides[0].departure_id
    full, roomy = (_flight(wanted, free=0), _flight(wanted, free=400))
    turned_away = _binding(mission, screening, _plan([part.family_id], full))
    assert turned_away["seats"] == 1
    assert _binding(mission, screening, _plan([], full))["seats"] == 0
    assert _binding(mission, screening, _plan([part.family_id], roomy))["seats"] == 0


def test_a_line_binds_at_three_percent_left(
    mission: Scenario, screening: Screening
) -> None:
    (line,) = [x for x in mission.budget_lines if x.budget_line_id == "jp-rqa"]
    available = line.available_cents or 0
    for percent, binds in ((96, False), (97, True)):
        spent = -(-available * percent // 100)
        plan = _plan([], [], ledger=(_charge(spent),))
        found = hardness(mission, screening, bound=1, greedy_value=1, plan=plan)
        lines = found["budget_lines_bound"]
        assert isinstance(lines, dict)
        assert lines["jp-rqa"] is binds


def test_shares_of_bound_and_greedy(mission: Scenario, screening: Screening) -> None:
    everybody = int(static_hardness(mission, screening)["total_value"])
    bound = everybody * 8 // 10
    found = hardness(
        mission,
        screening,
        bound=bound,
        greedy_value=bound * 9 // 10,
        plan=_plan([f.family_id for f in mission.families], []),
    )
    assert found["bound_of_total"] == pytest.approx(0.8, abs=0.001)
    assert found["greedy_below_bound"] == pytest.approx(0.1, abs=0.001)
    assert found["value_of_bound"] == 0
    assert found["chosen_multi_ride"] == 0


def test_chosen_multi_ride_counts_families_not_rides(
    mission: Scenario, screening: Screening
) -> None:
    legs = (_ride("A", 1), _ride("A", 2), _ride("B", 1))
    plan = _plan([], []).model_copy(update={"schedule": legs})
    found = hardness(mission, screening, bound=1, greedy_value=1, plan=plan)
    assert found["chosen_multi_ride"] == 0.5


def _binding(
    mission: Scenario, screening: Screening, plan: Plan
) -> dict[str, float | int | bool]:
    found = hardness(mission, screening, bound=1, greedy_value=1, plan=plan)
    binding = found["binding"]
    assert isinstance(binding, dict)
    return dict(binding)


def _flight(departure_id: str, *, free: int) -> list[PlannedDeparture]:
    return [
        PlannedDeparture(
            departure_id=departure_id, runs=True, peak_seats=5, seats=5 + free
        )
    ]


def _charge(cents: int) -> Charge:
    return Charge(
        subject_kind=SubjectKind.FAMILY,
        subject_id="F00001",
        category=CostCategory.FARE,
        item="outbound/1/X",
        on=datetime(2026, 4, 20, tzinfo=UTC).date(),
        budget_line_id="jp-rqa",
        currency="USD",
        amount_cents=cents,
        line_cents=cents,
        reporting_cents=cents,
    )


def _ride(family_id: str, sequence: int) -> Leg:
    at = datetime(2026, 4, 20, sequence, tzinfo=UTC)
    return Leg(
        family_id=family_id,
        sequence=sequence,
        kind=LegKind.RIDE,
        departure_id=f"D{sequence}",
        from_place="a",
        to_place="b",
        departs=at,
        arrives=at,
        persons=2,
    )


def _plan(
    left_out: list[str],
    departures: list[PlannedDeparture],
    *,
    ledger: tuple[Charge, ...] = (),
) -> Plan:
    return Plan(
        scenario_id="mixed-250-1",
        as_of=datetime(2026, 4, 6, tzinfo=UTC),
        reporting_currency="USD",
        outcome=Outcome.FEASIBLE,
        stop_reason=StopReason.EFFORT_LIMIT,
        repeatable=True,
        schedule=(),
        departures=tuple(departures),
        missions=(),
        ledger=ledger,
        left_out=tuple(
            LeftOut(family_id=name, persons=1, reason=Reason.OUTRANKED, fact="-")
            for name in left_out
        ),
        certificate=UNJUDGED,
    )
