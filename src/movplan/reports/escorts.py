"""Mission by mission: which escort goes where, for whom."""

from collections import Counter, defaultdict

from movplan.costing.attribution import what_it_pays
from movplan.domain.plan import EscortMission, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import SubjectKind
from movplan.reports.places import PlaceNames
from movplan.reports.table import Table, left, right
from movplan.reports.text import counted, moment, money


def escorts_table(plan: Plan, scenario: Scenario | None = None) -> Table:
    """One row per mission: who goes where, for whom, and is free again when."""
    names = PlaceNames(scenario)
    ordered = sorted(plan.missions, key=lambda m: (m.leaves_base, m.mission_id))
    costs, currency = _costs(plan), plan.reporting_currency
    rows = tuple(
        (*_mission_row(mission, names), money(costs[mission.mission_id], currency))
        for mission in ordered
    )
    columns = (
        *left("Mission", "Escort", "Role", "Way", "Families"),
        *left("Leaves base", "Back", "Free"),
        *right("Cost"),
    )
    return Table("Escort missions", columns, rows, _busiest(plan))


def _costs(plan: Plan) -> Counter[str]:
    """What each mission costs, in the reporting currency: items start with its id."""
    costs: Counter[str] = Counter()
    for charge in plan.ledger:
        if charge.subject_kind is SubjectKind.ESCORT:
            _, item = what_it_pays(charge)
            for mission in plan.missions:
                if item.startswith(f"{mission.mission_id}/"):
                    costs[mission.mission_id] += charge.reporting_cents
    return costs


def _mission_row(mission: EscortMission, names: PlaceNames) -> tuple[str, ...]:
    first, *_ = mission.rides
    return (
        mission.mission_id,
        mission.escort_id,
        f"{mission.role.value} ({mission.share.value})",
        names.way((first.from_place, *(ride.to_place for ride in mission.rides))),
        ", ".join(mission.family_ids),
        moment(mission.leaves_base),
        moment(mission.back_at_base),
        moment(mission.free_from),
    )


def _busiest(plan: Plan) -> str:
    count: dict[str, int] = defaultdict(int)
    for mission in plan.missions:
        count[mission.escort_id] += 1
    if not count:
        return "Nobody needs an escort, or none could be given."
    escort = min(count, key=lambda name: (-count[name], name))
    often = counted(count[escort], "mission")
    return f"{counted(len(count), 'escort')} out; {escort} most often ({often})."
