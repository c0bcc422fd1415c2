"""Limits of departures, escorts and what goes aboard."""

from movplan.domain.words import DepartureStatus, EscortRole, Need
from tests.checks.broken.scenes import (
    DAY,
    both_with_n1,
    second_patient,
)
from tests.checks.broken.tools import (
    assigned,
    both,
    leg,
    mission,
    planned,
    row,
    rule_value,
)
from tests.checks.limits.pair import Change, Pair, of_column, of_parameter
from tests.checks.world import may

FREE = both(
    row("budget_lines", "TOP", ceiling_cents=None),
    row("budget_lines", "WSL", ceiling_cents=None, max_per_person_cents=None),
    row("budget_lines", "EU", ceiling_cents=None),
)


def lying(seats: int = 9, attendants: int = 0, stretchers: int = 1) -> Change:
    """WS1-1 flies on a stretcher of so many seats, and back."""
    aboard = [
        each for way in ("WS1", "WS1/return") for each in (leg(way, 2, seats=seats),)
    ]
    return both(
        row("members", "WS1-1", needs=(Need.STCR,)),
        rule_value("stretcher_seats", seats),
        rule_value("stretcher_attendants", attendants),
        rule_value("stretcher_limit", stretchers),
        *aboard,
        planned("W1", peak_seats=seats),
        planned("W2", peak_seats=seats),
        FREE,
    )


def with_two_patients(role: EscortRole, name: str, at_a_time: int) -> Change:
    """RA1-1 and RA1-2 need the same escort; the value says how many it takes."""
    return both(
        row("medical", "RA1-1", escort_role=role),
        row("escorts", "N1", role=role, patients_at_a_time=None),
        mission("M1", role=role),
        second_patient,
        rule_value(name, at_a_time),
    )


def of_role(role: EscortRole, name: str) -> Pair:
    """Two patients of one role: two at a time, or one."""
    return Pair(
        "escort_cover",
        f"{name}, two patients",
        lambda value: with_two_patients(role, name, value),
        2,
        1,
        f"RA1-2 has no {role.value}",
        parameter=name,
    )


PAIRS: tuple[Pair, ...] = (
    Pair(
        "pins",
        "RA3 rides in the ambulance",
        lambda vehicle: assigned("RA3", "C1", "locked", vehicle=vehicle),
        "AMB#1",
        "MINI#1",
        "is locked to MINI#1, but rides in AMB#1",
    ),
    of_column(
        "open_to_programme",
        ("departures", "F1", "programmes"),
        (("RESETTLE",), ("WORKSHOP",)),
        "RS1 is resettled",
        "F1 is open to WORKSHOP, not to RESETTLE",
    ),
    of_column(
        "departure_runs",
        ("departures", "C1", "min_persons"),
        (7, 8),
        "3 + 2 + 2 persons",
        "7 persons, it runs only with 8",
    ),
    of_column(
        "departure_runs",
        ("departures", "F2", "option_until"),
        (may(1), may(1) - DAY),
        "as_of is on 1 May",
        "F2: it is an option to 2026-04-30",
        row("departures", "F2", status=DepartureStatus.OPTION),
    ),
    of_column(
        "departure_deadlines",
        ("departures", "F2", "names_due"),
        (may(1), may(1) - DAY),
        "as_of is on 1 May",
        "whose names were due on 2026-04-30",
    ),
    of_column(
        "departure_deadlines",
        ("departures", "F2", "ticket_by"),
        (may(1), may(1) - DAY),
        "as_of is on 1 May",
        "whose tickets were to be issued by 2026-04-30",
    ),
    of_parameter(
        "manifest_lock",
        "manifest_lock_hours_flight",
        (240, 241),
        "W1 leaves 240.5 hours after as_of",
        "its manifest closes 241",
    ),
    of_parameter(
        "manifest_lock",
        "manifest_lock_hours_convoy",
        (308, 309),
        "C1 leaves 308.5 hours after as_of",
        "RA1 is added to C1",
    ),
    of_column(
        "seats",
        ("departures", "F1", "seats"),
        (4, 3),
        "3 + the doctor",
        "F1 IKA-IST: 4 seats taken, 3 to sell",
    ),
    Pair(
        "seats",
        "stretcher_seats, W1 has nine",
        lying,
        9,
        10,
        "W1 IKA-IST: 10 seats taken, 9 to sell",
        parameter="stretcher_seats",
    ),
    Pair(
        "special_places",
        "stretcher_limit, one lies on W1",
        lambda value: lying(stretchers=value),
        1,
        0,
        "1 stretchers, at most 0",
        parameter="stretcher_limit",
    ),
    of_parameter(
        "special_places",
        "wheelchair_limit",
        (1, 0),
        "RS1-1 on F2, which says nothing itself",
        "1 wheelchairs, at most 0",
    ),
    of_role(EscortRole.NURSE, "patients_per_nurse"),
    of_role(EscortRole.DOCTOR, "patients_per_doctor"),
    of_role(EscortRole.OPERATIONAL, "minors_per_escort"),
    Pair(
        "escort_cover",
        "stretcher_attendants, nobody goes with WS1-1",
        lambda value: lying(attendants=value),
        0,
        1,
        "WS1-1 has no nurse",
        parameter="stretcher_attendants",
    ),
    of_column(
        "escort_mission",
        ("escorts", "N1", "available_until"),
        (may(16), may(15)),
        "home at midnight of the 16th",
        "N1 is back on 2026-05-16",
    ),
    of_column(
        "escort_mission",
        ("escorts", "N2", "lead_days"),
        (12, 13),
        "1 May 09:30 and 12 days are before 14 May 05:00",
        "a 13-day lead time allows 2026-05-14",
    ),
    of_column(
        "escort_roster",
        ("escorts", "N1", "headcount"),
        (2, 1),
        "two missions at once",
        "N1 is on 2 missions at once",
        both_with_n1,
        row("escorts", "N1", unnamed=True),
        row("budget_lines", "TOP", ceiling_cents=None),
    ),
)
