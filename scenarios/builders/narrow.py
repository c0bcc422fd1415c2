"""Cut a generated mission down to one programme and what its families can use."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Payer
from movplan.domain.people import Family
from movplan.domain.rows import Row
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.words import SubjectKind
from movplan.screening import Screening, screen

R = TypeVar("R", bound=Row)
LINE_APPROVAL = "line_approval"
CONVOY_RULES = ("drive_from_hour", "drive_until_hour")
# The line that pays a programme's escorts when nobody else is there to share them.
CARE_LINE = {
    "avrr": "eu-care",
    "resettlement": "ircc-care",
    "self-payer": "self-payers",
}


def narrow(
    scenario: Scenario, programme: str, *, families: int, last: date
) -> Scenario:
    """The first so many families of one programme, and only rows they can touch."""
    kept = [f for f in scenario.families if f.programme == programme][:families]
    horizon = Horizon(first=scenario.horizon.first, last=last)
    few = _keep_families(scenario.model_copy(update={"horizon": horizon}), kept)
    few = _without_departures_of_others(few, programme)
    return _keep_money(_keep_network(few, screen(few)), programme)


def _keep_families(scenario: Scenario, kept: list[Family]) -> Scenario:
    ids = {family.family_id for family in kept}
    families = tuple(
        f.model_copy(
            update={"travels_with": tuple(o for o in f.travels_with if o in ids)}
        )
        for f in kept
    )
    members = tuple(m for m in scenario.members if m.family_id in ids)
    known = {member.member_id for member in members}
    roles = {m.escort_role for m in scenario.medical if m.member_id in known} - {None}
    escorts = tuple(e for e in scenario.escorts if e.role in roles)
    programmes = {family.programme for family in families}
    needed = {need for member in members for need in member.needs}
    return scenario.model_copy(
        update={
            "families": families,
            "members": members,
            "medical": tuple(m for m in scenario.medical if m.member_id in known),
            "documents": tuple(d for d in scenario.documents if d.member_id in known),
            "escorts": escorts,
            "programmes": tuple(
                p for p in scenario.programmes if p.programme_id in programmes
            ),
            "assignments": tuple(a for a in scenario.assignments if a.family_id in ids),
            "overrides": tuple(
                o
                for o in scenario.overrides
                if o.scope in ids or o.rule == LINE_APPROVAL
            ),
            "minimums": tuple(
                m for m in scenario.minimums if needed & set(m.where.needs)
            ),
        }
    )


def _without_departures_of_others(scenario: Scenario, programme: str) -> Scenario:
    """Without departures whose fixed price the lines of other programmes pay."""
    serving = {
        line.budget_line_id
        for line in scenario.budget_lines
        if programme in line.programmes
    }
    others = {
        payer.subject_id
        for payer in scenario.payers
        if payer.subject_kind is SubjectKind.DEPARTURE
        and payer.budget_line_id not in serving
    }
    departures = tuple(d for d in scenario.departures if d.departure_id not in others)
    ids = {departure.departure_id for departure in departures}
    return scenario.model_copy(
        update={
            "departures": departures,
            "departure_stops": _of(scenario.departure_stops, "departure_id", ids),
            "departure_vehicles": _of(scenario.departure_vehicles, "departure_id", ids),
            "fares": _of(scenario.fares, "departure_id", ids),
            "assignments": _of(scenario.assignments, "departure_id", ids),
        }
    )


def _keep_network(scenario: Scenario, screening: Screening) -> Scenario:
    places = _places(scenario, screening)
    rides = {ride.departure_id for i in screening.itineraries for ride in i.rides} | {
        a.departure_id for a in scenario.assignments
    }
    sessions = {
        option.session_id
        for part in screening.parts
        for slots in part.options
        for slot in slots
        for option in slot
    }
    departures = tuple(d for d in scenario.departures if d.departure_id in rides)
    for departure in departures:
        places |= {departure.from_place, departure.to_place}
    stops = _of(scenario.departure_stops, "departure_id", rides)
    places |= {stop.place_id for stop in stops}
    vehicles = _of(scenario.departure_vehicles, "departure_id", rides)
    used = {row.vehicle_type_id for row in vehicles}
    return scenario.model_copy(
        update={
            "places": _of(scenario.places, "place_id", places),
            "transfers": _between(scenario.transfers, places),
            "escort_travel": _between(scenario.escort_travel, places)
            if scenario.escorts
            else (),
            "departures": departures,
            "departure_stops": stops,
            "departure_vehicles": vehicles,
            "vehicle_types": _of(scenario.vehicle_types, "vehicle_type_id", used),
            "fares": _of(scenario.fares, "departure_id", rides),
            "sessions": _of(scenario.sessions, "session_id", sessions),
            "capacities": tuple(
                c
                for c in _of(scenario.capacities, "place_id", places)
                if c.programme in (None, scenario.families[0].programme)
            ),
            "closures": _of(scenario.closures, "place_id", places),
            "payers": _payers(scenario, rides),
        }
    )


def _places(scenario: Scenario, screening: Screening) -> set[str]:
    places = {e.base for e in scenario.escorts}
    for family in scenario.families:
        places |= {family.origin, family.starts_at, family.destination}
    for itinerary in screening.itineraries:
        places |= {event.place_id for event in itinerary.events}
        places |= {move.from_place for move in itinerary.moves}
    sessions = {s.place_id for s in scenario.sessions if _open_to(s, scenario)}
    return places | sessions


def _open_to(session: Row, scenario: Scenario) -> bool:
    kinds = {kind for p in scenario.programmes for kind in p.required_steps}
    return getattr(session, "kind", None) in kinds


def _of(rows: Iterable[R], column: str, wanted: set[str]) -> tuple[R, ...]:
    return tuple(row for row in rows if getattr(row, column) in wanted)


def _between(rows: Iterable[R], places: set[str]) -> tuple[R, ...]:
    return tuple(
        row
        for row in rows
        if getattr(row, "from_place", None) in places
        and getattr(row, "to_place", None) in places
    )


def _payers(scenario: Scenario, rides: set[str]) -> tuple[Payer, ...]:
    """Payers of kept departures; escorts are paid whole by the programme's own line."""
    care = CARE_LINE.get(scenario.families[0].programme, "")
    departures = [
        p
        for p in scenario.payers
        if p.subject_kind is SubjectKind.DEPARTURE and p.subject_id in rides
    ]
    escorts = [
        Payer(
            subject_kind=SubjectKind.ESCORT,
            subject_id=escort.escort_id,
            budget_line_id=care,
            share_percent=100,
        )
        for escort in scenario.escorts
    ]
    return (*departures, *escorts)


def _keep_money(scenario: Scenario, programme: str) -> Scenario:
    paying = {payer.budget_line_id for payer in scenario.payers}
    lines = [
        line
        for line in scenario.budget_lines
        if programme in line.programmes or line.budget_line_id in paying
    ]
    parents = {line.parent for line in lines}
    countries = {place.country for place in scenario.places}
    kept = tuple(
        line.model_copy(
            update={
                "destinations": tuple(d for d in line.destinations if d in countries)
            }
        )
        for line in scenario.budget_lines
        if (line in lines and _has_destination(line, countries))
        or line.budget_line_id in parents
    )
    carriers = {departure.carrier for departure in scenario.departures}
    rules = tuple(
        rule.model_copy(
            update={
                "overrides": tuple(
                    o
                    for o in rule.overrides
                    if (o.carrier is None or o.carrier in carriers)
                    and (o.destination is None or o.destination in countries)
                )
            }
        )
        for rule in scenario.rules
        if rule.name not in CONVOY_RULES or scenario.departure_vehicles
    )
    names = {line.budget_line_id for line in kept}
    currencies = {line.currency for line in kept}
    currencies |= {row.currency for row in scenario.transfers}
    currencies |= {row.currency for row in scenario.departures}
    required = {name for p in scenario.programmes for name in p.required_documents}
    return scenario.model_copy(
        update={
            "budget_lines": kept,
            "overrides": tuple(
                o
                for o in scenario.overrides
                if o.rule != LINE_APPROVAL or o.scope in names
            ),
            "rules": rules,
            "rates": _of(scenario.rates, "currency", currencies),
            "document_types": _of(scenario.document_types, "document_type", required),
        }
    )


def _has_destination(line: BudgetLine, countries: set[str]) -> bool:
    return not line.destinations or bool(countries & set(line.destinations))
