"""Changes: one line of text, and what it does to a scenario."""

from datetime import date
from decimal import Decimal

import pytest

from movplan.application.apply import apply_changes
from movplan.domain.changes import Change, Verb, describe, parse_change
from movplan.domain.errors import InputError
from movplan.domain.words import DepartureStatus
from tests.domain.mission import mission


def after(*lines: str):
    return apply_changes(mission(), [parse_change(line) for line in lines])


def refused(*lines: str) -> str:
    with pytest.raises(InputError) as caught:
        after(*lines)
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "change"),
    [
        (
            "departure TK871-0512: cancel",
            Change(verb=Verb.WITHDRAW, table="departures", key="TK871-0512"),
        ),
        (
            "departure X: seats = 40, status = contracted",
            Change(
                verb=Verb.UPDATE,
                table="departures",
                key="X",
                values={"seats": "40", "status": "contracted"},
            ),
        ),
        (
            "budget line L1: ceiling_cents * 1.1",
            Change(
                verb=Verb.SCALE,
                table="budget_lines",
                key="L1",
                column="ceiling_cents",
                factor=Decimal("1.1"),
            ),
        ),
        (
            "  place DOG :  close 2026-05-01..2026-05-04 ",
            Change(
                verb=Verb.CLOSE,
                table="places",
                key="DOG",
                date_from=date(2026, 5, 1),
                date_until=date(2026, 5, 4),
            ),
        ),
        (
            "families *: priority = urgent",
            Change(
                verb=Verb.UPDATE,
                table="families",
                key="*",
                values={"priority": "urgent"},
            ),
        ),
    ],
)
def test_a_line_is_a_change(line, change):
    assert parse_change(line) == change
    assert parse_change(describe(change)) == change


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("cancel everything", "e.g. departure TK871-0512: seats = 40"),
        ("departur X: cancel", "did you mean departure?"),
        ("departure X: cancle", "column = value"),
        ("departure X: seats * many", "a number, e.g. 1.1"),
        ("place DOG: close May..June", "close 2026-05-01..2026-05-04"),
        ("place DOG: close 2026-05-04..2026-05-01", "close 2026-05-01..2026-05-04"),
    ],
)
def test_what_is_no_change_says_how_it_is_written(line, hint):
    with pytest.raises(InputError) as caught:
        parse_change(line)
    assert hint in str(caught.value)


def test_a_cancelled_departure_stays_in_the_table():
    changed = after("departure CV1: cancel")

    assert changed.departures[0].departure_id == "CV1"
    assert changed.departures[0].status is DepartureStatus.CANCELLED


def test_a_withdrawn_family_stays_with_its_consent_withdrawn_today():
    changed = after("family F2: withdraw")

    assert changed.families[1].consent_withdrawn == date(2026, 4, 20)
    assert len(changed.families) == 2


def test_a_removed_escort_takes_its_payers_along():
    line = "payer escort/E1/L1: add subject_kind = escort, subject_id = E1,"
    line += " budget_line_id = L1, share_percent = 100"
    with_payer = after(line)
    assert len(with_payer.payers) == 3

    changed = apply_changes(with_payer, [parse_change("escort E1: remove")])
    assert (len(changed.escorts), len(changed.payers)) == (0, 2)


def test_updates_are_read_as_the_column_wants_them():
    changed = after(
        "departure FL1: seats = 12, programmes = AVRR;",
        "family F1: latest = none, must_travel = true",
        "family F1: ready_from = 2026-05-03",
    )

    assert changed.departures[1].seats == 12
    assert changed.departures[1].programmes == ("AVRR",)
    family = changed.families[0]
    assert (family.latest, family.must_travel) == (None, True)
    assert family.ready_from == date(2026, 5, 3)


def test_scaled_money_is_rounded_half_even():
    """21,000 x 1.5 = 31,500; 5 x 0.5 = 2.5 is 2; 1.10 x 2 = 2.20."""
    changed = after(
        "fare FL1/adult//: amount_cents * 1.5",
        "family F2: persons * 0.5",
        "rate EUR/2026-04-01: value * 2",
    )

    assert changed.fares[0].amount_cents == 31_500
    assert changed.families[1].persons == 2
    assert changed.rates[1].value == Decimal("2.20")


def test_every_row_is_scaled_where_it_has_a_value():
    """L1 has 1,000,000; L2 is unlimited and stays so."""
    changed = after("budget_line *: ceiling_cents * 0.9")

    assert [line.ceiling_cents for line in changed.budget_lines] == [900_000, None]


def test_a_closed_place_gets_a_closure():
    (closure,) = after("place DOG: close 2026-05-06").closures

    assert (closure.place_id, closure.date_from) == ("DOG", date(2026, 5, 6))
    assert closure.date_to == closure.date_from


def test_a_line_closes_at_one_end():
    """L1 serves 1 May to 30 June."""
    late = after("budget_line L1: close 2026-06-10..2026-06-30").budget_lines[0]
    early = after("budget_line L1: close 2026-04-01..2026-05-09").budget_lines[0]

    assert late.service_until == date(2026, 6, 9)
    assert early.service_from == date(2026, 5, 10)
    middle = refused("budget_line L1: close 2026-05-10..2026-05-20")
    assert "2026-05-01 or 2026-06-30" in middle


def test_a_rule_that_only_ships_can_be_changed():
    (rule,) = after("rule spare_percent: value = 15").rules

    assert (rule.value, rule.unit) == (15, "percent of vehicle seats")


def test_every_refusal_comes_at_once():
    message = refused(
        "departure FL2: cancel",
        "departure FL1: seets = 3",
        "departure FL1: seats = many",
        "departure FL1: carrier * 2",
        "escort E1: close 2026-05-01",
        "session CO1: add kind = CO",
    )

    assert "did you mean FL1?" in message
    assert "did you mean seats?" in message
    assert "'many': is not a whole number" in message
    assert "carrier of FL1 is no number" in message
    assert "escorts cannot be closed" in message
    assert message.count("\n") >= 5


def test_a_change_may_not_break_the_scenario():
    assert "did you mean KBL?" in refused("family F1: destination = KBLL")
    assert "1 members are listed" in refused("member M2: remove")
    assert len(after("member M2: remove", "family F1: persons = 1").members) == 1


def test_errors_that_were_there_before_do_not_count():
    broken = mission().model_copy(update={"payers": ()})
    changed = apply_changes(broken, [parse_change("family F2: persons = 4")])

    assert changed.families[1].persons == 4


def test_a_local_time_is_on_the_clock_of_its_place():
    """As in a file: 09:00 in Mashhad (+03:30), 14:00 in Kabul (+04:30)."""
    changed = after(
        "departure FL1: departs = 2026-05-05T09:00, arrives = 2026-05-05 14:00"
    )

    flight = changed.departures[1]
    assert flight.departs.isoformat() == "2026-05-05T09:00:00+03:30"
    assert flight.arrives.isoformat() == "2026-05-05T14:00:00+04:30"


def test_an_offset_is_that_of_the_place():
    """06:00+05:00 is 01:00 UTC, which is 04:30 in Mashhad."""
    message = refused("departure FL1: departs = 2026-05-04T06:00+05:00")

    assert "the offset is not that of Asia/Tehran at that moment" in message
    assert "2026-05-04T04:30+03:30, or no offset at all" in message
    given = after("departure FL1: departs = 2026-05-04T04:30+03:30")
    assert given.departures[1].departs.isoformat() == "2026-05-04T04:30:00+03:30"


def test_the_clock_is_that_of_the_place_named_with_it():
    """A flight from Herat (+04:30); the change before it has moved Herat to Tehran."""
    line = "departure FL1: from_place = HEA, departs = 2026-05-04T06:00"
    moved = "place HEA: timezone = Asia/Tehran"

    assert after(line).departures[1].departs.isoformat() == "2026-05-04T06:00:00+04:30"
    flight = after(moved, line).departures[1]
    assert flight.departs.isoformat() == "2026-05-04T06:00:00+03:30"


def test_a_time_that_is_none_says_how_it_is_written():
    message = refused("departure FL1: departs = tomorrow")

    assert "'tomorrow': is not a time (YYYY-MM-DDTHH:MM" in message


def test_times_that_stay_are_not_read_again():
    """A departure from a place in another zone leaves at the same moment."""
    changed = after("departure FL1: from_place = HEA")

    assert changed.departures[1].departs == mission().departures[0].departs


def test_a_column_that_is_missing_has_its_hint():
    message = refused("departure NEW: add kind = flight")

    assert "is required (a local time, e.g. 2026-05-12T09:30)" in message
    assert "Field required" not in message
