"""Plans broken on purpose: rules of departures."""

from movplan.domain.words import AssignmentState, DepartureStatus, Need
from tests.checks.broken.scenes import DAY
from tests.checks.broken.tools import Break, assigned, leg, planned, row, rule_value
from tests.checks.world import may

BREAKS: tuple[Break, ...] = (
    Break("pins", "pinned", assigned("RS2", "F3", "pinned"), "does not ride it"),
    Break("pins", "forbidden", assigned("RA3", "C1", "forbidden"), "is forbidden"),
    Break("pins", "no-show", assigned("RA3", "C1", "no_show"), "but travels"),
    Break(
        "pins",
        "other session",
        assigned("RS1", "F1", "locked", "CO-FA", "CO-X"),
        "locked to CO-X, but does not attend",
    ),
    Break(
        "open_to_programme",
        "closed to it",
        row("departures", "F1", programmes=("WORKSHOP",)),
        "F1 is open to WORKSHOP, not to RESETTLE",
    ),
    Break(
        "departure_runs",
        "too few",
        row("departures", "C1", min_persons=8),
        "7 persons, it runs only with 8",
    ),
    Break(
        "departure_runs",
        "does not run",
        planned("F1", runs=False),
        "it is contracted, but does not run",
    ),
    Break(
        "departure_runs",
        "cancelled",
        row("departures", "C2", status=DepartureStatus.CANCELLED),
        "C2: it is cancelled",
    ),
    Break(
        "departure_runs", "miscounted", planned("W1", persons=2), "2 persons, 1 ride it"
    ),
    Break(
        "departure_runs",
        "wheelchairs miscounted",
        planned("F1", peak_wheelchairs=2),
        "F1: it lists 2 wheelchairs at most aboard, 1 are",
    ),
    Break(
        "departure_runs",
        "stretchers miscounted",
        planned("C1", peak_stretchers=0),
        "C1: it lists 0 stretchers at most aboard, 1 are",
    ),
    Break(
        "seats",
        "one seat short: 3 + the doctor",
        row("departures", "F1", seats=3),
        "F1 IKA-IST: 4 seats taken, 3 to sell",
    ),
    Break(
        "special_places",
        "no wheelchair",
        row("departures", "F1", wheelchair_limit=0),
        "1 wheelchairs, at most 0",
    ),
    Break(
        "pins",
        "another vehicle",
        assigned("RA3", "C1", "locked", vehicle="MINI#1"),
        "RA3 outbound on C1 is locked to MINI#1, but rides in AMB#1",
    ),
    Break(
        "pins",
        "a ride said to be locked",
        leg("RA3", 1, state=AssignmentState.LOCKED),
        "RA3 outbound on C1 is said to be locked, its assignment at most notified",
    ),
    Break(
        "pins",
        "another escort",
        assigned("RA3", "C1", "pinned", escort_id="D1"),
        "RA3 outbound on C1 is pinned to the escort D1, but N2 serves it",
    ),
    Break(
        "departure_runs",
        "an option of yesterday",
        row(
            "departures",
            "F2",
            status=DepartureStatus.OPTION,
            option_until=may(1) - DAY,
        ),
        "F2: it is an option to 2026-04-30",
    ),
    Break(
        "departure_deadlines",
        "names due yesterday",
        row("departures", "F2", names_due=may(1) - DAY),
        "RS1 is added to F2, whose names were due on 2026-04-30",
    ),
    Break(
        "departure_deadlines",
        "tickets due yesterday",
        row("departures", "F2", ticket_by=may(1) - DAY),
        "RS1 is added to F2, whose tickets were to be issued by 2026-04-30",
    ),
    # W1 leaves 240.5 hours after as_of, C1 308.5.
    Break(
        "manifest_lock",
        "a flight",
        rule_value("manifest_lock_hours_flight", 241),
        "WS1 is added to W1, which leaves 2026-05-11 10:00: its manifest closes 241",
    ),
    Break(
        "manifest_lock",
        "a convoy",
        rule_value("manifest_lock_hours_convoy", 309),
        "RA1 is added to C1, which leaves 2026-05-14 06:00",
    ),
    Break(
        "special_places",
        "stairs count on a flight",
        row("members", "RS1-3", needs=(Need.WCHS,)),
        "F1: 2 wheelchairs, at most 1 allowed",
    ),
)
