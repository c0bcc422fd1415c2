"""Prices of one thing each, in the tariff's own currency."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan.costing.beneficiary import Beneficiary
from movplan.costing.prices import Price
from movplan.costing.tariffs import Tariffs
from movplan.domain.errors import InputError
from movplan.domain.transport import Fare
from movplan.domain.words import AgeClass, CostCategory, PriceBasis, SubjectKind
from tests.costing.story import (
    LINES,
    MAY_13,
    MISSIONS,
    SCENARIO,
    changed_departure,
)

TARIFFS = Tariffs(SCENARIO)
STRETCH = Fare(
    departure_id="F1",
    from_place="IKA",
    to_place="IST",
    amount_cents=10_000,
    currency="EUR",
)


def with_fares(*fares: Fare) -> Tariffs:
    return Tariffs(SCENARIO.model_copy(update={"fares": (*SCENARIO.fares, *fares)}))


def test_infant_without_a_row_pays_a_tenth_half_even() -> None:
    """12,345 / 10 = 1,234.5 -> 1,234."""
    fare = TARIFFS.ride_fare("F1", "IKA", "IST")
    assert (fare.adult_cents, fare.child_cents, fare.infant_cents) == (
        12_345,
        9_000,
        1_234,
    )
    assert fare.currency == "EUR"
    assert fare.basis is PriceBasis.CONTRACT


def test_no_row_no_fare() -> None:
    fare = TARIFFS.ride_fare("C1", "MHD", "THR")
    assert (fare.adult_cents, fare.child_cents, fare.infant_cents) == (0, 0, 0)


def test_stretch_row_wins_on_its_stretch_only() -> None:
    tariffs = with_fares(STRETCH)
    assert tariffs.ride_fare("F1", "IKA", "IST").adult_cents == 10_000
    assert tariffs.ride_fare("F1", "IKA", "THR").adult_cents == 12_345
    assert tariffs.ride_fare("F1", "IKA", "IST").basis is PriceBasis.ESTIMATE


def test_child_without_any_row_pays_the_adult_fare() -> None:
    adult_only = SCENARIO.model_copy(update={"fares": SCENARIO.fares[:1]})
    assert Tariffs(adult_only).ride_fare("F1", "IKA", "IST").child_cents == 12_345


def test_one_ride_one_currency() -> None:
    in_rials = STRETCH.model_copy(
        update={"currency": "IRR", "age_class": AgeClass.INFANT}
    )
    with pytest.raises(InputError, match="EUR, IRR"):
        with_fares(in_rials).ride_fare("F1", "IKA", "IST")


def test_seat_rate_only_for_programmes_no_payer_serves() -> None:
    assert TARIFFS.pays_seat_rate("F1", "self")
    assert not TARIFFS.pays_seat_rate("F1", "returns")
    assert not TARIFFS.pays_seat_rate("C1", "self"), "C1 has no seat rate"
    assert TARIFFS.seat_rate("F1").amount_cents == 15_000


def test_vehicle_price_adds_distance() -> None:
    """50,000 + 30 x 900.5 km = 50,000 + 27,015."""
    assert TARIFFS.vehicle_price("C1", "bus").amount_cents == 77_015


def test_vehicle_price_assumes_the_distance_it_is_not_given() -> None:
    """Mashhad-Tehran is 741 km by great circle (cos phi 0.81), x 1.37 = 1,015 km."""
    tariffs = Tariffs(changed_departure("C1", distance_km=None))
    km = (tariffs.vehicle_price("C1", "bus").amount_cents - 50_000) / 30
    assert 1_000 < km < 1_035


def test_transfer_hires_whole_vehicles() -> None:
    """4 x 100 + 250 + ceil(3 / 2) x 2,000 = 400 + 250 + 4,000."""
    price = TARIFFS.transfer_price("THR", "IKA", persons=4, seats=3)
    assert price == Price(4_650, "USD", PriceBasis.QUOTE, "transfers/THR/IKA")
    # both_ways: the other direction is the same row
    back = TARIFFS.transfer_price("IKA", "THR", persons=4, seats=3)
    assert back.amount_cents == 4_650


def test_no_transfer_across_a_border_is_assumed() -> None:
    assert TARIFFS.transfer_terms("THR", "IST") is None
    with pytest.raises(KeyError, match="no transfer from THR to IST"):
        TARIFFS.transfer_price("THR", "IST", persons=1, seats=1)


def test_nights_only_where_there_is_a_price() -> None:
    night = TARIFFS.night_price("THR")
    assert night == Price(20_000_000, "IRR", PriceBasis.CONTRACT, "places/THR")
    assert TARIFFS.night_price("MHD") is None


def test_mission_days_count_both_ends() -> None:
    """13 May to 14 May 02:30 at base: 2 x 8,000. No fare back from base to base."""
    (mission,) = MISSIONS
    priced = TARIFFS.mission_prices(
        SCENARIO.escorts[0], mission.rides, mission.leaves_base, mission.back_at_base
    )
    assert {item: (p.amount_cents, p.currency) for item, p in priced} == {
        "positioning": (20_000, "EUR"),
        "fare/F1": (12_345, "EUR"),
        "days": (16_000, "USD"),
    }


def test_split_gives_the_odd_cent_to_the_earlier_line() -> None:
    payers = TARIFFS.payers(SubjectKind.DEPARTURE, "F1")
    assert payers == (("L2-EUR", 50), ("L3-IRR", 50))
    fixed = TARIFFS.departure_fixed("F1")
    assert TARIFFS.split(fixed, payers) == (("L2-EUR", 500_001), ("L3-IRR", 500_000))


def test_split_without_payers_says_so() -> None:
    with pytest.raises(InputError, match="departures/F1 costs money but has no payer"):
        TARIFFS.split(TARIFFS.departure_fixed("F1"), ())
    assert TARIFFS.split(Price(0, "USD", PriceBasis.QUOTE, ""), ()) == ()


def test_draws_round_charge_and_overhead_for_themselves() -> None:
    """46.50 USD in May at 1.10, 7 % overhead.

    Own line: 4,650 / 1.1 = 4,227.27 -> 4,227; overhead 295.89 -> 296; 4,523 EUR cents.
    Parent: 4,650 + 296 x 1.1 = 325.6 -> 326; 4,976 USD cents, reporting the same.
    """
    draws = TARIFFS.line_amounts("L2-EUR", 4_650, "USD", MAY_13)
    assert draws == (("L2-EUR", 4_523), ("L1-POOL", 4_976))
    assert TARIFFS.reporting_with_overhead("L2-EUR", 4_650, "USD", MAY_13) == 4_976


@given(amount=st.integers(-(10**13), 10**13))
def test_each_draw_is_within_two_roundings(amount: int) -> None:
    """IRR to EUR: x 0.000002 / 1.1; to USD: x 0.000002; overhead 7 % of the EUR."""
    (_, own), (_, parent) = TARIFFS.line_amounts("L2-EUR", amount, "IRR", MAY_13)
    in_usd = Fraction(amount, 500_000)
    assert abs(own - in_usd / Fraction(11, 10) * Fraction(107, 100)) <= Fraction(11, 10)
    assert abs(parent - in_usd * Fraction(107, 100)) <= 2


def eligible(
    tariffs: Tariffs = TARIFFS,
    *,
    programme: str = "returns",
    category: CostCategory = CostCategory.FARE,
    nationalities: tuple[str, ...] = ("AF",),
    beneficiary_type: str | None = None,
    on: date = MAY_13,
) -> tuple[str, ...]:
    who = Beneficiary(programme, "IST", nationalities, beneficiary_type)
    return tariffs.eligible_lines(who, category, on)


def with_line(**changes: object) -> Tariffs:
    """The story with ``L2-EUR`` changed."""
    lines = (LINES[0], LINES[1].model_copy(update=changes), *LINES[2:])
    return Tariffs(SCENARIO.model_copy(update={"budget_lines": lines}))


def test_eligible_lines_come_in_draw_order_then_by_id() -> None:
    assert eligible() == ("L1-POOL", "L2-EUR", "L3-IRR")
    assert eligible(programme="self") == ("L1-POOL", "L4-SELF")


@pytest.mark.parametrize(
    "changes",
    [
        {"categories": (CostCategory.GRANT,)},
        {"nationalities": ("IQ",)},
        {"destinations": ("DE", "ESB")},
        {"beneficiary_types": ("student",)},
        {"service_from": date(2026, 5, 14)},
        {"service_until": date(2026, 5, 12)},
        {"currency": "GBP"},
    ],
)
def test_each_list_of_a_line_can_refuse(changes: dict[str, object]) -> None:
    assert "L2-EUR" not in eligible(with_line(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"categories": (CostCategory.FARE,)},
        {"nationalities": ("AF", "IQ")},
        {"destinations": ("TR",)},
        {"destinations": ("IST",)},
        {"beneficiary_types": ("student",)},
        {"service_from": MAY_13, "service_until": MAY_13},
    ],
)
def test_each_list_of_a_line_can_admit(changes: dict[str, object]) -> None:
    assert "L2-EUR" in eligible(with_line(**changes), beneficiary_type="student")


def test_every_member_has_to_be_of_a_listed_nationality() -> None:
    tariffs = with_line(nationalities=("AF",))
    assert "L2-EUR" not in eligible(tariffs, nationalities=("AF", "PK"))


def test_no_line_before_the_first_rate_of_it_or_its_parent() -> None:
    """Before 2026 only the pool and the self-payers' line, both in USD, have rates."""
    assert eligible(on=date(2025, 12, 31)) == ("L1-POOL",)


def test_an_amount_without_a_rate_is_bad_input() -> None:
    with pytest.raises(InputError, match="no rate of EUR on or before 2025-12-31"):
        TARIFFS.line_amounts("L1-POOL", 1, "EUR", date(2025, 12, 31))


def test_money_is_the_same_from_one_turning_day_to_the_next() -> None:
    """Rates and lines of every day in 2026 are those of the last turning day."""
    tariffs = with_line(service_from=MAY_13, service_until=date(2026, 9, 30))
    turning = [date.fromordinal(day) for day in tariffs.lines.turning_days()]
    assert {MAY_13, date(2026, 10, 1)} < set(turning)
    for day in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
        on = date.fromordinal(day)
        stands = max(each for each in turning if each <= on)
        assert eligible(tariffs, on=on) == eligible(tariffs, on=stands)
        for line in eligible(tariffs, on=on):
            for currency in ("EUR", "IRR"):
                drawn = tariffs.line_amounts(line, 12_345, currency, on)
                assert drawn == tariffs.line_amounts(line, 12_345, currency, stands)
