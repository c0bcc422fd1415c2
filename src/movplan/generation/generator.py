"""From a brief to a scenario: every table in use, the same bytes for the same brief."""

from dataclasses import dataclass

from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.scenario import Group, Horizon, Limits, Minimum, Scenario
from movplan.domain.words import Need
from movplan.generation.appointments import draw_sessions
from movplan.generation.brief import AS_OF, FIRST, LAST, Brief, Profile
from movplan.generation.convoys import Fleet, draw_convoys
from movplan.generation.demand import Demand, measure
from movplan.generation.escorting import draw_escorts, escort_travel
from movplan.generation.flights import Timetable, draw_flights
from movplan.generation.funding import FixedNeeds, budget_lines, rates
from movplan.generation.geography import places, transfers
from movplan.generation.health import draw_medical
from movplan.generation.households import draw_members
from movplan.generation.in_force import draw_assignments
from movplan.generation.linked import link_families
from movplan.generation.must_travel import must_travel
from movplan.generation.needs import departure_needs, escort_needs
from movplan.generation.notes import with_notes
from movplan.generation.papers import draw_documents
from movplan.generation.people import draw_families
from movplan.generation.programmes import document_types, programmes
from movplan.generation.reception import closures, draw_capacities
from movplan.generation.rulings import approvals, overrides, rules
from movplan.generation.standing import with_standing
from movplan.generation.vehicles import vehicle_types

ASSUMPTIONS = (
    "Families, cases and members are invented; no person stands behind them.",
    "Figures marked UE or CP in sources are estimates or common practice.",
    "Flight times and fares are illustrative; city pairs are real.",
)

FEW_DEPARTURES_BELOW = 400


@dataclass(frozen=True, slots=True)
class People:
    """Families with their members, clearances and papers."""

    families: list[Family]
    members: list[Member]
    medical: list[Medical]
    documents: list[Document]


def generate(families: int, seed: int, profile: Profile | str = "mixed") -> Scenario:
    """A mission of so many families over eight weeks from 7 April 2026.

    Raises ``ValueError`` for fewer than one family or an unknown profile.
    """
    if families < 1:
        raise ValueError("a mission has at least one family")
    brief = Brief(families=families, seed=seed, profile=Profile(profile))
    people = _people(brief)
    demand = measure(people.families)
    fleet = with_standing(draw_convoys(brief, demand))
    table = draw_flights(brief, demand)
    scenario = _assemble(brief, people, demand, fleet, table)
    in_force = draw_assignments(brief, scenario)
    return _sorted(scenario.model_copy(update={"assignments": in_force}))


def _people(brief: Brief) -> People:
    families = link_families(brief, draw_families(brief))
    families, members = draw_members(brief, families)
    medical = draw_medical(brief, families, members)
    families = must_travel(brief, families, members, medical)
    families = with_notes(families, members)
    return People(families, members, medical, draw_documents(brief, families, members))


def _assemble(
    brief: Brief, people: People, demand: Demand, fleet: Fleet, table: Timetable
) -> Scenario:
    departures = [*fleet.departures, *table.departures]
    escorts, escort_payers = draw_escorts(
        brief, people.families, people.members, people.medical
    )
    payers = [*fleet.payers, *table.payers, *escort_payers]
    convoys, firm, charters = departure_needs(departures, fleet.vehicles, demand)
    care = escort_needs(people.families, people.members, people.medical, escorts)
    fixed = FixedNeeds(convoys=convoys, firm=firm, charters=charters, escorts=care)
    lines = budget_lines(people.families, fixed, payers)
    return Scenario(
        scenario_id=f"{brief.profile.value}-{brief.families}-{brief.seed}",
        title=f"Generated mission, {brief.families} families, {brief.profile.value}",
        as_of=AS_OF,
        horizon=Horizon(first=FIRST, last=LAST),
        limits=_limits(brief),
        minimums=_minimums(people),
        assumptions=ASSUMPTIONS,
        programmes=programmes(),
        document_types=document_types(),
        families=tuple(people.families),
        members=tuple(people.members),
        medical=tuple(people.medical),
        documents=tuple(people.documents),
        places=tuple(places().values()),
        transfers=transfers(),
        vehicle_types=vehicle_types(),
        departures=tuple(departures),
        departure_stops=tuple(fleet.stops),
        departure_vehicles=tuple(fleet.vehicles),
        fares=tuple(table.fares),
        payers=tuple(payers),
        escorts=tuple(escorts),
        escort_travel=tuple(escort_travel()),
        sessions=tuple(draw_sessions(brief, demand, people.families, people.members)),
        capacities=tuple(draw_capacities(brief, demand, fleet)),
        closures=tuple(closures()),
        budget_lines=tuple(lines),
        rates=tuple(rates()),
        overrides=(*overrides(people.families), *approvals(lines)),
        rules=tuple(rules(departures)),
    )


def _limits(brief: Brief) -> Limits:
    """Small missions have few departures, so that families wait longer for the next."""
    if brief.families <= FEW_DEPARTURES_BELOW:
        return Limits(max_transit_nights=3, max_wait_hours=72)
    return Limits(max_transit_nights=2, max_wait_hours=48)


def _minimums(people: People) -> tuple[Minimum, ...]:
    """A guard for wheelchair and stretcher cases, dear in seats and easily left."""
    needs = (Need.WCHC, Need.STCR)
    if not any(need in needs for m in people.members for need in m.needs):
        return ()
    where = Group(needs=needs)
    return (Minimum(name="wheelchair and stretcher", where=where, percent=25),)


def _sorted(scenario: Scenario) -> Scenario:
    """Every table in key order: the canonical form."""
    tables = {
        name: tuple(sorted(getattr(scenario, name), key=lambda row: row.key))
        for name in Scenario.TABLES
    }
    return scenario.model_copy(update=tables)
