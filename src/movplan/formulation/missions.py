"""Mission columns: one escort of a pool on a chain of rides, out, back and rest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from movplan.domain.escorts import Escort
from movplan.domain.words import DepartureKind, EscortShare, SubjectKind
from movplan.formulation.context import Context
from movplan.formulation.escorts import Chain, Cover, Need, cover_name, serving_chains
from movplan.formulation.model import PlantName
from movplan.formulation.plant import PlantBook
from movplan.formulation.rowbook import RowName
from movplan.formulation.split_costs import split_draws
from movplan.formulation.transport_rows import TransportRows


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission an escort could make; ``pool`` names its escort row."""

    escort: Escort
    chain: Chain
    share: EscortShare
    leaves_base: datetime
    back_at_base: datetime
    free_from: datetime


def possible_mission(
    context: Context, escort: Escort, chain: Chain, share: EscortShare
) -> Mission | None:
    """The mission's times, or ``None`` when the escort is not to be had then."""
    first, last = chain[0], chain[-1]
    connections = context.tariffs.connections
    rule = (
        "connection_flight_min"
        if first.kind is DepartureKind.FLIGHT
        else "connection_convoy_min"
    )
    carrier = context.departures[first.departure_id].carrier
    before = context.scenario.rule_int(rule, carrier=carrier)
    out = connections.escort_travel(escort.base, first.from_place).minutes
    home = connections.escort_travel(last.to_place, escort.base).minutes
    zone = ZoneInfo(context.files.places[escort.base].timezone)
    leaves = (first.departs - timedelta(minutes=before + out)).astimezone(zone)
    back = (last.arrives + timedelta(minutes=home)).astimezone(zone)
    mission = Mission(
        escort=escort,
        chain=chain,
        share=share,
        leaves_base=leaves,
        back_at_base=back,
        free_from=back + timedelta(hours=escort.rest_hours),
    )
    return mission if _available(context, mission) else None


def _available(context: Context, mission: Mission) -> bool:
    escort, as_of = mission.escort, context.scenario.as_of
    leaves, back = mission.leaves_base.date(), mission.back_at_base.date()
    ends = [day for day in (escort.available_until, escort.documents_until) if day]
    lead = timedelta(days=escort.lead_days) if escort.unnamed else timedelta(0)
    return (
        (escort.available_from is None or leaves >= escort.available_from)
        and all(back <= end for end in ends)
        and mission.leaves_base >= as_of + lead
    )


def add_missions(
    context: Context,
    plant: PlantBook,
    rows: TransportRows,
    cover: Cover,
    runs: set[tuple[Need, Chain]],
) -> dict[int, Mission]:
    """Add a column per escort row and servable chain; returns them by column."""
    missions: dict[int, Mission] = {}
    by_escort: dict[str, list[int]] = defaultdict(list)
    duties = {
        (chain, need.role, need.share)
        for need, run in runs
        for chain in serving_chains(context, run)
    }
    order = sorted(duties, key=lambda d: (_chain_key(d[0]), d[1], d[2]))
    for escort in sorted(context.scenario.escorts, key=lambda e: e.escort_id):
        for chain, role, share in order:
            if role is not escort.role:
                continue
            mission = possible_mission(context, escort, chain, share)
            if mission is not None and _payable(context, mission):
                column = _add_column(context, plant, rows, cover, mission)
                missions[column] = mission
                by_escort[escort.escort_id].append(column)
    for columns in by_escort.values():
        _add_roster(context, plant, [(c, missions[c]) for c in columns])
    return missions


def _chain_key(chain: Chain) -> tuple[object, ...]:
    return tuple(
        (r.departs.timestamp(), r.departure_id, r.board, r.alight) for r in chain
    )


def _payable(context: Context, mission: Mission) -> bool:
    prices = context.tariffs.mission_prices(
        mission.escort, mission.chain, mission.leaves_base, mission.back_at_base
    )
    payers = context.tariffs.payers(SubjectKind.ESCORT, mission.escort.escort_id)
    return bool(payers) or not prices


def _add_column(
    context: Context,
    plant: PlantBook,
    rows: TransportRows,
    cover: Cover,
    mission: Mission,
) -> int:
    escort = mission.escort
    name = PlantName("mission", escort.escort_id, _mission_detail(mission))
    column = plant.column(name, upper=escort.headcount)
    departures = {d: k for k, d in enumerate(rows.departure_ids)}
    serves = 1 if mission.share is EscortShare.OWN else escort.patients_at_a_time
    for ride in mission.chain:
        seats = rows.seats[departures[ride.departure_id]]
        used = np.arange(seats + ride.board, seats + ride.alight)
        plant.use_rows(column, used, 1)
        for segment in range(ride.board, ride.alight):
            key = (escort.role, mission.share, ride.departure_id, segment)
            names = _covered(cover, key, escort)
            for index in (context.rows.find(n) for n in sorted(names)):
                if index is not None:
                    plant.use(column, index, -serves)
    payers = context.tariffs.payers(SubjectKind.ESCORT, escort.escort_id)
    on = mission.leaves_base.date()
    for _, price in context.tariffs.mission_prices(
        escort, mission.chain, mission.leaves_base, mission.back_at_base
    ):
        for row, cents, cost in split_draws(context, price, payers, on):
            plant.cost[column] += cost
            if row is not None:
                plant.use(column, row, cents)
    return column


def _covered(cover: Cover, key: tuple, escort: Escort) -> set[RowName]:  # type: ignore[type-arg]
    """Cover rows an escort helps with on a segment."""
    needs = cover.needs.get(key, set())
    names = {cover_name(need, key, wish=False) for need in needs}
    wished = (n for n in needs if n.sex is not None or n.language is not None)
    names |= {cover_name(n, key, wish=True) for n in wished if n.met_by(escort)}
    return names


def _mission_detail(mission: Mission) -> str:
    rides = "+".join(f"{r.departure_id}:{r.board}-{r.alight}" for r in mission.chain)
    return f"{mission.share.value}/{rides}"


def _add_roster(
    context: Context, plant: PlantBook, columns: list[tuple[int, Mission]]
) -> None:
    """Missions of one escort row that overlap at a start: at most ``headcount``.

    Intervals overlap pairwise iff they share a point, so the cliques at starts are all
    there are.
    """
    starts = sorted({mission.leaves_base for _, mission in columns})
    seen: set[tuple[int, ...]] = set()
    for start in starts:
        active = tuple(c for c, m in columns if m.leaves_base <= start < m.free_from)
        if active in seen or len(active) == 1:
            continue
        seen.add(active)
        escort = columns[0][1].escort
        name = RowName("escort_roster", escort.escort_id, start.isoformat())
        row = context.rows.row(name, rhs=escort.headcount)
        for column in active:
            plant.use(column, row, 1)
