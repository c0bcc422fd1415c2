"""A plan made by hand: an assignments table written up as it stands, never repaired.

Everything a table leaves open (transfers, nights, sessions, vehicles, escorts, budget
lines) follows from it or is filled in as well as can be. Whatever then breaks a rule is
for the checks to say.
"""

from collections.abc import Iterator, Sequence

from movplan.costing.ledger import pay, required_charges
from movplan.costing.tariffs import Tariffs
from movplan.domain.assignments import Assignment
from movplan.domain.plan import Charge, EscortMission, LeftOut, Leg, Plan
from movplan.domain.plan import PlannedDeparture as Planned
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import Outcome, Reason, StopReason
from movplan.network import Network
from movplan.planning.by_hand.escorts import Escorts
from movplan.planning.by_hand.funding import fund
from movplan.planning.by_hand.journeys import HandPart, hand_parts
from movplan.planning.by_hand.sessions import HandSessions
from movplan.planning.by_hand.vehicles import load_convoys
from movplan.planning.cause import Cause
from movplan.planning.certify import empty_certificate
from movplan.planning.convoys import LoadedVehicle
from movplan.planning.deadlines import find_deadlines
from movplan.planning.escorting import SentMission
from movplan.planning.left_out import left_out_row
from movplan.planning.legs import LegWriter
from movplan.planning.movements import Departures, escort_missions
from movplan.planning.schedule import escorts_aboard, in_order
from movplan.screening import Screening, screen

__all__ = ["plan_from_assignments"]

NOT_LISTED = Cause(Reason.OUTRANKED, "it is not in the table made by hand")


def plan_from_assignments(
    scenario: Scenario,
    assignments: Sequence[Assignment],
    screening: Screening | None = None,
) -> Plan:
    """The plan a table of assignments means, with a certificate that certifies nothing.

    Rows that keep a family off a departure or at home are no rides. ``screening`` is
    the scenario's, if it is known already.
    """
    screening = screening or screen(scenario)
    network = Network(scenario)
    parts = hand_parts(scenario, network, assignments)
    missions = Escorts(scenario, screening).missions(parts)
    writer = LegWriter(scenario, screening.loads)
    vehicles = load_convoys(scenario, writer, parts, missions)
    sessions = HandSessions(scenario, network, screening.loads, parts)
    schedule = _schedule(parts, writer, sessions, missions, vehicles)
    departures = Departures(scenario, schedule, missions, vehicles).planned()
    sent = escort_missions(missions)
    ledger = _ledger(scenario, schedule, departures, sent)
    return Plan(
        scenario_id=scenario.scenario_id,
        as_of=scenario.as_of,
        reporting_currency=scenario.reporting_currency,
        outcome=Outcome.FEASIBLE,
        stop_reason=StopReason.NO_IMPROVEMENT,
        repeatable=True,
        schedule=schedule,
        departures=departures,
        missions=tuple(sorted(sent, key=lambda m: m.mission_id)),
        ledger=ledger,
        left_out=tuple(_left_out(scenario, screening, schedule)),
        deadlines=find_deadlines(scenario, schedule, ledger, sent),
        certificate=empty_certificate(),
    )


def _schedule(
    parts: Sequence[HandPart],
    writer: LegWriter,
    sessions: HandSessions,
    missions: Sequence[SentMission],
    vehicles: Sequence[LoadedVehicle],
) -> tuple[Leg, ...]:
    escorts = escorts_aboard(missions)
    loaded = {
        (load.departure_id, family_id): load.name
        for load in vehicles
        for family_id in load.family_ids
    }
    legs: list[Leg] = []
    attended = sessions.attended(parts)
    for part, options in zip(parts, attended, strict=True):
        family_id = part.family.family_id
        vehicle = {
            ride.departure_id: name
            for row, ride in zip(part.rows, part.itinerary.rides, strict=True)
            if (name := row.vehicle or loaded.get((ride.departure_id, family_id)))
        }
        legs += writer.part(
            part.family,
            part.itinerary,
            options,
            vehicle,
            escorts.get(family_id, ()),
        )
    return in_order(legs)


def _ledger(
    scenario: Scenario,
    schedule: Sequence[Leg],
    departures: Sequence[Planned],
    missions: Sequence[EscortMission],
) -> tuple[Charge, ...]:
    """Charges on lines that can bear them; those nobody may pay are missing."""
    required = required_charges(scenario, schedule, departures, missions)
    payable = [c for c in required if c.payers is None or c.payers]
    lines = fund(scenario, payable)
    funded = [c for c in payable if c.payers or c.key in lines]
    return pay(Tariffs(scenario), funded, lines)


def _left_out(
    scenario: Scenario, screening: Screening, schedule: Sequence[Leg]
) -> Iterator[LeftOut]:
    """Families without a row: screening's refusal, or that nobody put them down."""
    files = Files(scenario)
    listed = {leg.family_id for leg in schedule}
    refusals = {row.family_id: row for row in screening.refusals}
    for family in sorted(scenario.families, key=lambda row: row.family_id):
        if family.family_id in listed:
            continue
        refusal = refusals.get(family.family_id)
        why = NOT_LISTED
        if refusal is not None:
            why = Cause(refusal.reason, refusal.fact, refusal.rule)
        yield left_out_row(files, family, why, refused=refusal is not None)
