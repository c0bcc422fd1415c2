"""The ledger of the story, line by line, and what recosting finds."""

from datetime import date, timedelta

import pytest

from movplan.costing.ledger import (
    funding_of,
    pay,
    price,
    required_charges,
    total_reporting_cents,
)
from movplan.costing.recost import recost
from movplan.costing.tariffs import Tariffs
from movplan.costing.unpaid import ChargeKey, key_of
from movplan.domain.errors import InputError
from movplan.domain.people import Member
from movplan.domain.plan import Charge, Leg
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    CostCategory,
    DepartureStatus,
    LegKind,
    Need,
    SessionKind,
    SubjectKind,
)
from tests.costing.story import (
    DEPARTURES_PLANNED,
    MAY_13,
    MISSIONS,
    SCENARIO,
    SCHEDULE,
    amounts,
    at,
    cancelled,
    changed_departure,
    plan,
)


def family_key(family_id: str, category: CostCategory, item: str) -> ChargeKey:
    return ChargeKey(SubjectKind.FAMILY, family_id, category, item)


FUNDING = {
    family_key("aria", CostCategory.ACCOMMODATION, "outbound/THR/2026-05-12"): "L3-IRR",
    family_key("aria", CostCategory.TRANSFER, "outbound/THR>IKA/2026-05-13"): "L2-EUR",
    family_key("aria", CostCategory.FARE, "outbound/2/F1"): "L2-EUR",
    family_key("aria", CostCategory.GRANT, "grant"): "L1-POOL",
    family_key("bahar", CostCategory.FARE, "outbound/1/F1"): "L4-SELF",
}


def story_ledger() -> tuple[Charge, ...]:
    return price(SCENARIO, SCHEDULE, DEPARTURES_PLANNED, MISSIONS, FUNDING)


def required(scenario: Scenario, schedule: tuple[Leg, ...] = SCHEDULE) -> dict:
    found = required_charges(scenario, schedule, DEPARTURES_PLANNED, MISSIONS)
    return {(c.subject_id, c.category.value, c.item): c.amount_cents for c in found}


def test_every_charge_of_the_story() -> None:
    """Before overhead, in the tariffs' currencies.

    Aria: night 4 x 200,000 rials; transfer 4 x 100 + 250 + 2 vehicles x 2,000;
    fare 2 x 12,345 + 9,000 + 1,234; grant 4 x 30,000. C1 has no fares.
    Bahar, of another line: 2 seats x 15,000, credited 15,000 to each payer.
    """
    ledger = amounts(
        tuple(c for c in story_ledger() if c.category is not CostCategory.OVERHEAD)
    )
    assert ledger == {
        ("C1", "charter", "fixed", "L2-EUR"): 10_000,
        ("C1", "vehicle", "bus#1", "L2-EUR"): 77_015,
        ("F1", "charter", "fixed", "L2-EUR"): 500_001,
        ("F1", "charter", "fixed", "L3-IRR"): 500_000,
        ("F1", "fare", "credit/bahar/outbound/1/F1", "L2-EUR"): -15_000,
        ("F1", "fare", "credit/bahar/outbound/1/F1", "L3-IRR"): -15_000,
        ("N1", "escort", "M1/days", "L1-POOL"): 16_000,
        ("N1", "escort", "M1/fare/F1", "L1-POOL"): 12_345,
        ("N1", "escort", "M1/positioning", "L1-POOL"): 20_000,
        ("aria", "accommodation", "outbound/THR/2026-05-12", "L3-IRR"): 80_000_000,
        ("aria", "fare", "outbound/2/F1", "L2-EUR"): 34_924,
        ("aria", "grant", "grant", "L1-POOL"): 120_000,
        ("aria", "transfer", "outbound/THR>IKA/2026-05-13", "L2-EUR"): 4_650,
        ("bahar", "fare", "outbound/1/F1", "L4-SELF"): 30_000,
    }


def test_overhead_is_a_charge_of_its_own() -> None:
    """Aria's fare, 349.24 EUR at 1.10 = 384.164 USD.

    Overhead 7 % = 24.4468 -> 24.45 EUR; in USD 26.895 -> 26.90 (half to even).
    """
    fare, overhead = (
        row
        for row in story_ledger()
        if row.subject_id == "aria" and row.item.endswith("outbound/2/F1")
    )
    assert (fare.line_cents, fare.reporting_cents) == (34_924, 38_416)
    assert overhead.item == "fare/outbound/2/F1"
    assert overhead.category is CostCategory.OVERHEAD
    assert (overhead.line_cents, overhead.reporting_cents) == (2_445, 2_690)


def test_credits_bear_overhead_too() -> None:
    """-150.00 EUR x 7 % = -10.50 EUR."""
    back = [
        row for row in story_ledger() if row.item == "fare/credit/bahar/outbound/1/F1"
    ]
    assert [(row.budget_line_id, row.line_cents) for row in back] == [
        ("L2-EUR", -1_050)
    ]


def test_charges_are_dated_locally() -> None:
    """The flight leaves at 23:30 in Tehran, the grant is due in Istanbul next day."""
    dates = {(row.subject_id, row.category): row.on for row in story_ledger()}
    assert dates["aria", CostCategory.FARE] == date(2026, 5, 13)
    assert dates["aria", CostCategory.GRANT] == date(2026, 5, 14)
    assert dates["aria", CostCategory.ACCOMMODATION] == date(2026, 5, 12)


def test_times_of_rows_may_be_in_any_zone() -> None:
    """A plan read back with UTC times costs the same."""
    in_utc = tuple(
        leg.model_copy(
            update={
                "departs": leg.departs.astimezone(SCENARIO.as_of.tzinfo),
                "arrives": leg.arrives.astimezone(SCENARIO.as_of.tzinfo),
            }
        )
        for leg in SCHEDULE
    )
    assert required(SCENARIO, in_utc) == required(SCENARIO)


def test_stretcher_pays_for_the_seats_it_takes() -> None:
    """Aria's a1 on a stretcher: + 8 adult fares on the flight, none on the convoy."""
    first, *others = SCENARIO.members
    lying = first.model_copy(update={"needs": (Need.STCR,)})
    scenario = SCENARIO.model_copy(update={"members": (lying, *others)})
    assert required(scenario)["aria", "fare", "outbound/2/F1"] == 34_924 + 8 * 12_345


def test_infant_without_a_lap_pays_the_child_fare() -> None:
    """Three infants, two grown-ups: 2 x 1,234 on laps, one at 9,000."""
    more = tuple(
        Member(member_id=f"a{k}", family_id="aria", birth_date=date(2025, 2, k))
        for k in (5, 6)
    )
    scenario = SCENARIO.model_copy(update={"members": (*SCENARIO.members, *more)})
    fare = required(scenario)["aria", "fare", "outbound/2/F1"]
    assert fare == 2 * 12_345 + 9_000 + 9_000 + 2 * 1_234


def test_candidate_nobody_rides_costs_nothing_firm_one_does() -> None:
    alone = tuple(leg for leg in SCHEDULE if leg.departure_id != "C1")
    idle = (DEPARTURES_PLANNED[0].model_copy(update={"runs": False}),)
    candidate = required_charges(SCENARIO, alone, idle, ())
    assert not [charge for charge in candidate if charge.subject_id == "C1"]
    firm = changed_departure("C1", status=DepartureStatus.CONTRACTED)
    charges = required_charges(firm, alone, idle, ())
    assert [c.item for c in charges if c.subject_id == "C1"] == ["fixed"]


def test_cancelled_departure_pays_its_fee_only() -> None:
    charges = required_charges(cancelled("F1"), (), (), ())
    assert [(c.category, c.item, c.amount_cents) for c in charges] == [
        (CostCategory.CANCELLATION, "cancelled", 5_000)
    ]


def session_leg(
    kind: LegKind, sequence: int, day: date, hour: int, **row: object
) -> Leg:
    columns: dict[str, object] = {
        "family_id": "aria",
        "sequence": sequence,
        "kind": kind,
        "session_id": "S1",
        "from_place": "THR",
        "to_place": "THR",
        "departs": at(day, hour),
        "arrives": at(day, hour) + timedelta(hours=1),
        "persons": 2,
        "seats": 2,
    }
    return Leg.model_validate(columns | row)


def test_sessions_charge_those_who_attend() -> None:
    """Two of Aria attend: 2 x 700; night 2 x 200,000 rials.

    Way back: 2 x 100 + 250 + 1 vehicle x 2,000 = 2,450 USD cents.
    """
    first, second = date(2026, 5, 4), date(2026, 5, 5)
    attending = (
        session_leg(LegKind.APPOINTMENT, 5, first, 9),
        session_leg(LegKind.NIGHT, 6, first, 9),
        session_leg(LegKind.TRANSFER, 7, second, 15, to_place="IKA"),
    )
    added = (
        required(SCENARIO, SCHEDULE + attending).items() - required(SCENARIO).items()
    )
    assert dict(added) == {
        ("aria", "session", "session/S1"): 1_400,
        ("aria", "accommodation", "session/S1/THR/2026-05-04"): 40_000_000,
        ("aria", "transfer", "session/S1/THR>IKA/2026-05-05"): 2_450,
    }


def test_a_check_before_embarkation_is_for_the_whole_family() -> None:
    """On from the session: 4 x 100 + 250 + ceil(3 / 2) x 2,000, whatever the row."""
    check = SCENARIO.sessions[0].model_copy(
        update={"kind": SessionKind.PRE_EMBARKATION_CHECK}
    )
    scenario = SCENARIO.model_copy(update={"sessions": (check,)})
    on = session_leg(LegKind.TRANSFER, 5, date(2026, 5, 5), 15, to_place="IKA", seats=1)
    charges = required(scenario, (*SCHEDULE, on))
    assert charges["aria", "transfer", "session/S1/THR>IKA/2026-05-05"] == 4_650


def test_two_groups_in_one_session_are_two_charges() -> None:
    first = date(2026, 5, 4)
    groups = tuple(
        session_leg(LegKind.APPOINTMENT, 5 + k, first, 9, persons=persons)
        for k, persons in enumerate((2, 1))
    )
    charges = required(SCENARIO, SCHEDULE + groups)
    assert charges["aria", "session", "session/S1"] == 1_400
    assert charges["aria", "session", "session/S1#2"] == 700


def test_missing_funding_lists_the_charges() -> None:
    fare = family_key("aria", CostCategory.FARE, "outbound/2/F1")
    grant = family_key("aria", CostCategory.GRANT, "grant")
    some = {k: v for k, v in FUNDING.items() if k not in (fare, grant)}
    with pytest.raises(InputError) as refused:
        price(SCENARIO, SCHEDULE, DEPARTURES_PLANNED, MISSIONS, some)
    assert [issue.value for issue in refused.value.issues] == [
        "fare outbound/2/F1",
        "grant grant",
    ]


def test_unknown_departure_is_refused() -> None:
    lost = SCHEDULE[0].model_copy(update={"departure_id": "C9"})
    with pytest.raises(InputError, match="the plan names 'C9'"):
        required_charges(SCENARIO, (lost,), (), ())


def test_ledger_is_canonical_whatever_the_order_of_rows() -> None:
    backwards = price(
        SCENARIO, SCHEDULE[::-1], DEPARTURES_PLANNED[::-1], MISSIONS, FUNDING
    )
    assert backwards == story_ledger()
    keys = [(key_of(row), row.budget_line_id) for row in backwards]
    assert keys == sorted(set(keys))


def test_funding_survives_the_ledger() -> None:
    assert funding_of(story_ledger()) == FUNDING


def test_pay_equals_price() -> None:
    charges = required_charges(SCENARIO, SCHEDULE, DEPARTURES_PLANNED, MISSIONS)
    assert pay(Tariffs(SCENARIO), charges, FUNDING) == story_ledger()


def test_the_story_balances() -> None:
    assert recost(SCENARIO, plan(story_ledger())) == ()


def test_cost_level_equals_reporting_with_overhead() -> None:
    """What the model adds up, charge by charge, is what the ledger adds up."""
    tariffs = Tariffs(SCENARIO)
    ledger = story_ledger()
    modelled = sum(
        tariffs.reporting_with_overhead(
            row.budget_line_id, row.amount_cents, row.currency, row.on
        )
        for row in ledger
        if row.category is not CostCategory.OVERHEAD
    )
    assert total_reporting_cents(ledger) == modelled


def changed(ledger: tuple[Charge, ...], position: int, **changes: object) -> list[str]:
    rows = list(ledger)
    rows[position] = rows[position].model_copy(update=changes)
    return [str(difference) for difference in recost(SCENARIO, plan(tuple(rows)))]


def test_recost_finds_one_cent() -> None:
    ledger = story_ledger()
    for position, row in enumerate(ledger):
        (found,) = changed(ledger, position, reporting_cents=row.reporting_cents + 1)
        right, wrong = row.reporting_cents, row.reporting_cents + 1
        assert f"reporting_cents is {wrong}, should be {right}" in found
        assert row.item in found


def test_recost_finds_what_is_missing_and_what_is_too_much() -> None:
    ledger = story_ledger()
    for position, row in enumerate(ledger):
        without = (*ledger[:position], *ledger[position + 1 :])
        found = [str(each) for each in recost(SCENARIO, plan(without))]
        assert any(row.item in each and "not in the ledger" in each for each in found)
    twice = (*ledger, ledger[3])
    (found_twice,) = recost(SCENARIO, plan(twice))
    assert found_twice.fact == "charged 2 times"


def test_recost_finds_a_seat_taken_for_nothing() -> None:
    """Bahar's second ride nobody charges: the plan changed, the ledger did not."""
    extra = SCHEDULE[3].model_copy(update={"family_id": "bahar", "sequence": 2})
    differences = recost(SCENARIO, plan(story_ledger(), (*SCHEDULE, extra)))
    assert {d.key.item for d in differences} == {
        "outbound/2/F1",
        "credit/bahar/outbound/2/F1",
        "fare/credit/bahar/outbound/2/F1",
    }
    assert extra.departs.astimezone(at(MAY_13, 0).tzinfo).date() == MAY_13
