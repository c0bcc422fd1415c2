"""Plans broken on purpose: for every rule, what to change in the world or the plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from movplan.domain.assignments import Assignment
from movplan.domain.plan import Charge, LeftOut, Leg, Plan, PlannedDeparture
from movplan.domain.rules import Rule, default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    AssignmentState,
    CostCategory,
    DepartureStatus,
    EscortRole,
    MedicalStatus,
    Part,
    Reason,
    SessionKind,
)
from tests.checks.mission import LINE_OF, PLAN, certified, costed
from tests.checks.world import SCENARIO, at, may

World = tuple[Scenario, Plan]


@dataclass(frozen=True)
class Break:
    """One way to break a rule; costed and certified again unless ``raw``."""

    rule: str
    label: str
    change: Callable[[Scenario, Plan], World]
    says: str
    implies: frozenset[str] = frozenset()
    raw: bool = False
    lines: Mapping[str, str] = field(default_factory=lambda: LINE_OF)

    def world(self) -> World:
        """The scenario and the broken plan."""
        scenario, plan = self.change(SCENARIO, PLAN)
        if self.raw:
            return scenario, plan
        return scenario, certified(scenario, costed(scenario, plan, self.lines))


def updated(model: Any, **values: object) -> Any:
    return model.model_copy(update=values)


def row(table: str, key: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one row of the scenario."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows = getattr(scenario, table)
        assert any(each.key == key for each in rows), key
        changed = tuple(
            updated(each, **values) if each.key == key else each for each in rows
        )
        return updated(scenario, **{table: changed}), plan

    return change


def world(**values: object) -> Callable[[Scenario, Plan], World]:
    """Change fields of the scenario itself."""
    return lambda scenario, plan: (updated(scenario, **values), plan)


def rule_value(name: str, value: int) -> Callable[[Scenario, Plan], World]:
    rule: Rule = updated(default_rules()[name], value=value)
    return world(rules=(rule,))


def limits(**values: int) -> Callable[[Scenario, Plan], World]:
    return world(limits=updated(SCENARIO.limits, **values))


def assigned(family_id: str, departure_id: str, state: str, *sessions: str) -> Any:
    """Add one assignment to the scenario."""
    new = Assignment(
        family_id=family_id,
        departure_id=departure_id,
        state=AssignmentState(state),
        session_ids=sessions,
    )
    return world(assignments=(new,))


def leg(
    name: str, sequence: int, **values: object
) -> Callable[[Scenario, Plan], World]:
    """Change one row of the schedule, or take it out (``gone=True``)."""
    family_id, _, part = name.partition("/")

    def change(scenario: Scenario, plan: Plan) -> World:
        rows: list[Leg] = []
        for each in plan.schedule:
            mine = each.family_id == family_id and each.part == (part or "outbound")
            if mine and each.sequence == sequence:
                if values.get("gone"):
                    continue
                each = updated(each, **values)
            if mine and values.get("gone") and each.sequence > sequence:
                each = updated(each, sequence=each.sequence - 1)
            rows.append(each)
        return scenario, updated(plan, schedule=tuple(rows))

    return change


def planned(departure_id: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one row of the plan's departures."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows: tuple[PlannedDeparture, ...] = tuple(
            updated(each, **values) if each.departure_id == departure_id else each
            for each in plan.departures
        )
        return scenario, updated(plan, departures=rows)

    return change


def mission(mission_id: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one escort mission, or take it out (``gone=True``)."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows = tuple(
            updated(each, **values) if each.mission_id == mission_id else each
            for each in plan.missions
            if each.mission_id != mission_id or not values.get("gone")
        )
        return scenario, updated(plan, missions=rows)

    return change


def charge(
    subject_id: str, item: str, line_id: str, **values: object
) -> Callable[[Scenario, Plan], World]:
    """Change one charge of the ledger, or take it out (``gone=True``)."""

    def change(scenario: Scenario, plan: Plan) -> World:
        rows: list[Charge] = []
        for each in plan.ledger:
            mine = (each.subject_id, each.item, each.budget_line_id)
            if mine != (subject_id, item, line_id):
                rows.append(each)
            elif not values.get("gone"):
                rows.append(updated(each, **values))
        return scenario, certified(scenario, updated(plan, ledger=tuple(rows)))

    return change


def level(name: str, **values: object) -> Callable[[Scenario, Plan], World]:
    """Change one level of the certificate."""

    def change(scenario: Scenario, plan: Plan) -> World:
        levels = tuple(
            updated(each, **values) if each.name == name else each
            for each in plan.certificate.levels
        )
        certificate = updated(plan.certificate, levels=levels)
        return scenario, updated(plan, certificate=certificate)

    return change


def both(
    *changes: Callable[[Scenario, Plan], World],
) -> Callable[[Scenario, Plan], World]:
    """Several changes, one after the other."""

    def change(scenario: Scenario, plan: Plan) -> World:
        for each in changes:
            scenario, plan = each(scenario, plan)
        return scenario, plan

    return change


def stays(family_id: str) -> Callable[[Scenario, Plan], World]:
    """The family leaves the schedule and is left out."""

    def change(scenario: Scenario, plan: Plan) -> World:
        gone = next(f for f in scenario.families if f.family_id == family_id)
        left = LeftOut(
            family_id=family_id,
            persons=gone.persons,
            reason=Reason.OUTRANKED,
            fact="stays",
        )
        schedule = tuple(x for x in plan.schedule if x.family_id != family_id)
        return scenario, updated(
            plan, schedule=schedule, left_out=(*plan.left_out, left)
        )

    return change


def without_return(scenario: Scenario, plan: Plan) -> World:
    """WS1 goes, but does not come back; W2 does not run."""
    schedule = tuple(x for x in plan.schedule if x.part is Part.OUTBOUND)
    idle = planned("W2", runs=False, persons=0, peak_seats=0, family_ids=())
    return idle(scenario, updated(plan, schedule=schedule))


def vehicles(departure_id: str, *loads: Mapping[str, object]) -> Any:
    """Change the vehicles of a convoy, in order."""
    found = next(d for d in PLAN.departures if d.departure_id == departure_id)
    changed = tuple(
        updated(load, **values)
        for load, values in zip(found.vehicles, loads, strict=True)
    )
    return planned(departure_id, vehicles=changed)


def both_with_n1(scenario: Scenario, plan: Plan) -> World:
    """N1 does the mission of N2 as well, at the same time."""
    return both(mission("M2", escort_id="N1"), leg("RA3", 1, escort_ids=("N1",)))(
        scenario, plan
    )


def without_doctor(scenario: Scenario, plan: Plan) -> World:
    """Nobody goes with RS1."""
    return both(
        mission("M3", gone=True),
        leg("RS1", 11, escort_ids=()),
        leg("RS1", 12, escort_ids=()),
        planned("F1", mission_ids=(), peak_seats=3),
        planned("F2", mission_ids=(), peak_seats=3),
    )(scenario, plan)


def without_ra2(scenario: Scenario, plan: Plan) -> World:
    """RA2 stays although RA1 goes; nothing else changes."""
    mini = {"family_ids": ("RA1",), "peak_seats": 4}
    return both(
        row("departures", "C1", min_persons=5),
        stays("RA2"),
        vehicles("C1", mini, {}),
        vehicles("C2", mini),
        planned("C1", family_ids=("RA1", "RA3"), persons=5, peak_seats=6),
        planned("C2", family_ids=("RA1",), persons=3, peak_seats=4),
    )(scenario, plan)


def also_left_out(scenario: Scenario, plan: Plan) -> World:
    """RA3 is scheduled and left out."""
    left = updated(plan.left_out[0], family_id="RA3", persons=2)
    return scenario, updated(plan, left_out=(*plan.left_out, left))


def served_nobody(scenario: Scenario, plan: Plan) -> World:
    """A mission serves a family that does not exist, beside RA1."""
    return mission("M1", family_ids=("RA1", "NOBODY"))(scenario, plan)


def second_patient(scenario: Scenario, plan: Plan) -> World:
    """RA1-2 needs a nurse too, N1 looks after one patient at a time."""
    first = next(m for m in scenario.medical if m.member_id == "RA1-1")
    second = updated(first, member_id="RA1-2")
    return updated(scenario, medical=(*scenario.medical, second)), plan


def cut_overhead(scenario: Scenario, plan: Plan) -> World:
    """RA3's grant is charged without its 7 % overhead."""
    ledger = tuple(
        each
        for each in plan.ledger
        if (each.subject_id, each.category) != ("RA3", CostCategory.OVERHEAD)
    )
    return scenario, certified(scenario, updated(plan, ledger=ledger))


VEHICLE = frozenset({"vehicle_load"})
CEILING = frozenset({"budget_ceiling"})
MISSION = frozenset({"escort_mission"})
BREAKS: tuple[Break, ...] = (
    Break(
        "conservation",
        "in no list",
        lambda s, p: (s, updated(p, left_out=())),
        "RS2 is neither scheduled nor left out",
    ),
    Break("conservation", "in two lists", also_left_out, "RA3 is in 2 lists"),
    Break(
        "conservation",
        "unknown family",
        served_nobody,
        "the scenario has no family NOBODY",
        MISSION,
    ),
    Break(
        "family_whole",
        "a seat too many",
        leg("RS1", 11, seats=4),
        "4 seats on F1, it takes 3",
    ),
    Break(
        "family_whole",
        "one left behind",
        leg("RA1", 2, persons=2),
        "2 of 3 persons on row 2",
    ),
    Break(
        "family_whole",
        "no vehicle",
        leg("RA1", 3, vehicle=None),
        "has no vehicle on convoy C2",
        VEHICLE,
    ),
    Break(
        "family_whole",
        "another's cases",
        leg("RA3", 1, case_ids=("RA1-A",)),
        "names cases RA1-A",
    ),
    Break(
        "travels_with",
        "a third that goes elsewhere",
        row("families", "RA3", travels_with=("RA2",)),
        "RA1 and RA2 and RA3 travel together",
    ),
    Break("travels_with", "one stays", without_ra2, "RA2 none"),
    Break(
        "round_trip",
        "no way back",
        both(without_return, row("budget_lines", "TOP", ceiling_cents=None)),
        "WS1 goes one way only",
    ),
    Break(
        "round_trip",
        "late for the event",
        row("programmes", "WORKSHOP", event_opens=may(10)),
        "arrives on 2026-05-11, the event opens on 2026-05-10",
    ),
    Break(
        "journey_chain",
        "left at the airport",
        leg("RS1", 13, gone=True),
        "needs a transfer from BER 2026-05-20 16:00 to BERLIN 2026-05-20 16:45",
    ),
    Break(
        "journey_chain",
        "nowhere to sleep",
        leg("RA1", 2, gone=True),
        "has no night at HERAT on 2026-05-14",
    ),
    Break(
        "journey_chain",
        "a wheelchair takes 3 x 3 h of 6.5 h",
        rule_value("wheelchair_connection_factor", 3),
        "later than 2026-05-20 05:00",
    ),
    Break(
        "journey_chain",
        "an hour early",
        leg("RS1", 12, departs=at("05-20 13:00+03:00")),
        "the plan has other times",
    ),
    Break("journey_chain", "rides", limits(max_rides=1), "2 rides, at most 1"),
    Break("journey_chain", "nights", limits(max_transit_nights=0), "1 nights"),
    Break("journey_chain", "wait", limits(max_wait_hours=15), "waits 16.0 hours"),
    # C1 leaves at 02:30 UTC on the 14th, C2 arrives at 15:30 UTC on the 15th: 37 h.
    Break("journey_chain", "hours", limits(max_journey_hours=36), "37.0 hours"),
    Break(
        "overnight_transit",
        "no night allowed",
        row("programmes", "VOLREP", overnight_transit=False),
        "sleeps at HERAT on 2026-05-14",
    ),
    Break(
        "travel_window",
        "latest date",
        row("families", "RA3", latest=may(13)),
        "after its latest date 2026-05-13",
    ),
    Break(
        "travel_window",
        "not ready",
        row("families", "RS1", ready_from=may(21)),
        "it is ready from 2026-05-21",
    ),
    Break(
        "travel_window",
        "back too late",
        row("families", "WS1", return_latest=may(15)),
        "WS1 return: arrives on 2026-05-16",
    ),
    Break(
        "travel_window",
        "before the horizon",
        world(horizon=updated(SCENARIO.horizon, first=may(12))),
        "WS1 outbound: sets out on 2026-05-11, the horizon starts on 2026-05-12",
    ),
    Break(
        "consent", "unsigned", row("families", "RA1", consent_signed=None), "not signed"
    ),
    Break(
        "consent",
        "withdrawn",
        row("families", "RA1", consent_withdrawn=may(30)),
        "withdrew consent on 2026-05-30",
    ),
    Break(
        "document_validity",
        "expires the day before the border",
        row("documents", "RA3-2/exit_permit", valid_until=may(13)),
        "exit_permit of RA3-2 ends 2026-05-13, needed on 2026-05-14",
    ),
    Break(
        "document_validity",
        "obtained a day late",
        row("document_types", "booklet", lead_days=20),
        "is valid from 2026-05-21, needed on 2026-05-20",
    ),
    # RS1 alights and leaves Istanbul on 20 May.
    Break(
        "document_validity",
        "in transit",
        row("documents", "RS1-4/transit_pass", valid_from=may(21), valid_until=None),
        "transit_pass of RS1-4 is valid from 2026-05-21, needed on 2026-05-20",
    ),
    Break(
        "document_validity",
        "missing",
        world(documents=SCENARIO.documents[1:]),
        "there is no exit_permit of RA1-1",
    ),
    Break(
        "medical_fitness",
        "cleared until the day before",
        row("medical", "RS1-1", valid_until=may(19)),
        "is cleared until 2026-05-19, arrives on 2026-05-20",
    ),
    Break(
        "medical_fitness",
        "on hold on the day",
        row("medical", "RA1-1", status=MedicalStatus.HOLD, hold_until=may(14)),
        "on medical hold until 2026-05-14",
    ),
    Break(
        "medical_fitness",
        "airline",
        row("medical", "RS1-1", airline_clearance_until=may(19)),
        "cleared by the airline until 2026-05-19",
    ),
    # Examined on 1 April; 48 days later is 19 May, 49 days later the day it arrives.
    Break(
        "medical_fitness",
        "examined long ago",
        rule_value("medical_validity_days", 48),
        "RS1-2 is cleared until 2026-05-19",
    ),
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
        "vehicle_load",
        "floor(6 x 80 %) = 4 of 5",
        row("departures", "C1", spare_percent=20),
        "C1 MINI#1 MASHHAD-DOGHAROUN: 5 seats taken, 4 usable",
    ),
    Break(
        "vehicle_load",
        "no stretcher place",
        row("vehicle_types", "AMB", stretcher_places=0),
        "1 stretchers taken, 0 usable",
    ),
    Break(
        "vehicle_load",
        "fleet",
        row("departure_vehicles", "C2/MINI", max_vehicles=0),
        "C2: 1 MINI hired, at most 0 offered",
    ),
    Break(
        "vehicle_load",
        "nurses swapped",
        vehicles("C1", {"mission_ids": ("M2",)}, {"mission_ids": ("M1",)}),
        "carries the escort of M2, but none of the families served",
    ),
    Break(
        "vehicle_load",
        "misnamed",
        both(
            vehicles("C2", {"vehicle": "MINI#0"}),
            leg("RA1", 3, vehicle="MINI#0"),
            leg("RA2", 3, vehicle="MINI#0"),
        ),
        "a vehicle is called MINI#0",
    ),
    Break(
        "escort_cover",
        "does not speak",
        row("medical", "RA1-1", escort_language="ps"),
        "RA1-1 has no nurse (shared, female, ps)",
    ),
    Break("escort_cover", "nobody", without_doctor, "RS1-1 has no doctor"),
    Break("escort_cover", "two patients", second_patient, "RA1-2 has no nurse"),
    Break(
        "escort_mission",
        "sets out an hour late",
        mission("M1", leaves_base=at("05-14 06:00+03:30")),
        "it leaves its base 2026-05-14 05:00, not 2026-05-14 06:00",
    ),
    Break(
        "escort_mission",
        "not available",
        row("escorts", "N1", available_until=may(15)),
        "N1 is back on 2026-05-16, is available until 2026-05-15",
    ),
    Break(
        "escort_mission",
        "lead time",
        row("escorts", "N2", lead_days=13),
        "a 13-day lead time allows 2026-05-14",
    ),
    Break(
        "escort_mission",
        "not a nurse",
        both(
            mission("M2", role=EscortRole.DOCTOR),
            row("medical", "RA3-1", escort_role=None),
        ),
        "N2 is a nurse, not a doctor",
    ),
    Break("escort_roster", "two at once", both_with_n1, "N1 is on 2 missions at once"),
    # CO-FA ends on 12 May 16:00, 181 h before F1 leaves on 20 May 05:00.
    Break(
        "appointments",
        "orientation too late",
        rule_value("co_hours_min", 182),
        "CO-FA ends 181.0 hours before the first ride, 182 asked for",
    ),
    # PEC1 ends on 18 May 11:00, 42 h before.
    Break(
        "appointments",
        "check too early",
        rule_value("pec_hours_max", 41),
        "PEC1 ends 42.0 hours before the first ride, 24 to 41 asked for",
    ),
    Break(
        "appointments",
        "not attended",
        leg("RS1", 2, gone=True),
        "CO for 3 persons (fa), 1 persons (ps); sessions attended: CO-PS with 1",
    ),
    Break(
        "appointments",
        "wrong language",
        row("sessions", "CO-FA", language="ps"),
        "sessions attended: CO-FA with 2, CO-PS with 1",
    ),
    Break(
        "appointments",
        "a night short",
        leg("RS1", 9, gone=True),
        "for PEC1 it has no night at CLINIC on 2026-05-19",
    ),
    Break(
        "appointments",
        "a step nobody asked for",
        row("families", "RS1", steps_done=(SessionKind.PRE_EMBARKATION_CHECK,)),
        "attends PEC1, which it does not need",
    ),
    Break(
        "appointments",
        "already begun",
        row("sessions", "CO-FA", starts=at("04-30 09:00+03:30")),
        "CO-FA starts before",
    ),
    Break(
        "session_places",
        "full",
        row("sessions", "CO-FA", places=1),
        "CO-FA: 2 persons, 1 places",
    ),
    Break(
        "place_capacity",
        "border: 3 + 2 + 2",
        row("capacities", "K1", limit=6),
        "DOGHAROUN crossing on 2026-05-14: 7 persons, at most 6",
    ),
    Break(
        "place_capacity",
        "quota: 4 after 7",
        row("capacities", "K3", used_to_date=7),
        "4 persons of RESETTLE after 7 before, at most 10",
    ),
    Break(
        "place_capacity",
        "week",
        row("capacities", "K2", limit=4),
        "KABUL arrival in week 2026-W20: 5 persons, at most 4",
    ),
    Break(
        "beds",
        "5 sleep in Herat",
        row("capacities", "K5", limit=4),
        "HERAT beds on 2026-05-14: 5 persons, at most 4",
    ),
    Break(
        "beds",
        "nights of a check count",
        row("capacities", "K6", limit=3),
        "CLINIC beds on 2026-05-18: 4 persons, at most 3",
    ),
    Break(
        "place_open",
        "Thursday",
        row("closures", "X1", weekdays=(4,)),
        "crossing at DOGHAROUN on 2026-05-14, which is closed",
    ),
    Break(
        "place_open",
        "opens after it comes",
        row("places", "DOGHAROUN", opens=at("05-14 10:01+03:30").time()),
        "crosses DOGHAROUN on 2026-05-14 at 10:00, open 10:01:00",
    ),
    Break(
        "budget_ceiling",
        "a cent short on the line above",
        row("budget_lines", "TOP", ceiling_cents=692_805),
        "TOP (donor of TOP) is drawn 5,928.06 USD, 5,928.05 USD are available",
    ),
    Break(
        "budget_ceiling",
        "two seats at 150, four transfers: 320",
        row("budget_lines", "WSL", ceiling_cents=31_999),
        "is drawn 320.00 USD, 319.99 USD are available",
    ),
    Break(
        "budget_eligibility",
        "not its beneficiaries",
        row("families", "RS1", beneficiary_type=None),
        "is on EU, which does not pay for no beneficiaries",
    ),
    Break(
        "budget_eligibility",
        "after the service dates",
        row("budget_lines", "RET", service_until=may(13)),
        "which pays until 2026-05-13, the service is on 2026-05-14",
    ),
    Break(
        "budget_eligibility",
        "paid by a line that does not serve it",
        row("budget_lines", "RET", max_families=3),
        "does not pay for no beneficiaries",
        frozenset({"enrolment"}),
        lines={**LINE_OF, "VOLREP": "EU"},
    ),
    Break(
        "enrolment",
        "families",
        row("budget_lines", "RET", max_families=2),
        "RET supports 3 families, at most 2",
    ),
    Break(
        "enrolment",
        "persons",
        row("budget_lines", "EU", max_persons=3),
        "EU supports 4 persons, at most 3",
    ),
    Break(
        "payers",
        "half and half in the contract",
        both(
            row("payers", "departure/C1/EU", share_percent=50),
            row("payers", "departure/C1/RET", share_percent=50),
        ),
        "EU pays 400.00 USD of 1,000.01 USD, its share is 500.01 USD",
        raw=True,
    ),
    Break(
        "payers",
        "a seat sold, nothing credited",
        charge("W1", "credit/WS1/outbound/1/W1", "EU", gone=True),
        "15000 cents of seats sold to WS1/outbound/1, 0 credited",
        CEILING,
        raw=True,
    ),
    # 400.00 USD at 1.10 are 363.64 EUR.
    Break(
        "ledger",
        "a cent of exchange",
        charge("C1", "fixed", "EU", line_cents=36_363),
        "400.00 USD on 2026-05-14 are 363.64 EUR, not 363.63 EUR",
        raw=True,
    ),
    Break(
        "ledger",
        "no overhead",
        cut_overhead,
        "overhead grant/grant of RA3 on RET: 0 cents charged, 1400 due",
        raw=True,
    ),
    Break(
        "objective",
        "a person more",
        level("persons", value=13, bound=13),
        "level persons is worth 12, the certificate says 13",
        raw=True,
    ),
    Break(
        "objective",
        "gap",
        level("cost", bound=PLAN.certificate.levels[3].value - 1),
        "states a gap of 0",
        raw=True,
    ),
)
