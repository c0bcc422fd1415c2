"""Mission columns: one escort of a pool on a chain of rides, out, back and rest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from movplan.domain.escorts import Escort
from movplan.domain.words import DepartureKind, EscortRole, EscortShare, SubjectKind
from movplan.formulation.context import Context
from movplan.formulation.escorts import Chain, Cover, Need, cover_name, serving_chains
from movplan.formulation.model import PlantName
from movplan.formulation.plant import PlantBook
from movplan.formulation.roster import add_roster
from movplan.formulation.rowbook import RowName
from movplan.formulation.split_costs import split_draws
from movplan.formulation.transport_rows import TransportRows


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission ``headcount`` escorts of a pool could make."""

    pool: "Pool"
    chain: Chain
    share: EscortShare
    leaves_base: datetime
    back_at_base: datetime
    free_from: datetime
    headcount: int

    @property
    def escort(self) -> Escort:
        """An escort of the pool: all cost the same."""
        return self.pool.like


def possible_mission(
    context: Context, pool: "Pool", chain: Chain, share: EscortShare
) -> Mission | None:
    """The mission's times, or ``None`` when nobody of the pool is to be had then."""
    escort = pool.like
    mission = mission_of(context, pool, chain, share)
    lead = timedelta(days=escort.lead_days if escort.unnamed else 0)
    too_soon = mission.leaves_base < context.scenario.as_of + lead
    return None if mission.headcount == 0 or too_soon else mission


def mission_of(
    context: Context, pool: "Pool", chain: Chain, share: EscortShare
) -> Mission:
    """A mission along a chain, whether anybody is to be had then or not."""
    escort = pool.like
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
    return Mission(
        pool=pool,
        chain=chain,
        share=share,
        leaves_base=leaves,
        back_at_base=back,
        free_from=back + timedelta(hours=escort.rest_hours),
        headcount=pool.headcount_on(leaves.date(), back.date()),
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
    duties = {
        (chain, need.role, need.share)
        for need, run in runs
        for chain in serving_chains(context, run)
    }
    order = sorted(duties, key=lambda d: (_chain_key(d[0]), d[1], d[2]))
    asked = {n.role for n, _ in runs if n.sex is not None or n.language is not None}
    for pool in escort_pools(context, asked):
        own: dict[int, Mission] = {}
        for chain, role, share in order:
            if role is not pool.like.role:
                continue
            mission = possible_mission(context, pool, chain, share)
            if mission is not None and _payable(context, mission):
                own[_add_column(context, plant, rows, cover, mission)] = mission
        add_roster(context, plant, pool, own)
        missions |= own
    return missions


@dataclass(frozen=True, slots=True)
class Pool:
    """Escorts alike in what a mission costs and whom it suits; who goes comes last.

    ``like`` is the first of them; sex and languages count only where a patient asks.
    """

    like: Escort
    members: tuple[Escort, ...]

    def who_is_there(self, leaves: date, back: date) -> tuple[str, ...]:
        """Ids of those to be had from one local date to another."""
        there = (e for e in self.members if _is_there(e, leaves, back))
        return tuple(escort.escort_id for escort in there)

    def headcount_on(self, leaves: date, back: date) -> int:
        """How many of them are to be had from one local date to another."""
        return sum(e.headcount for e in self.members if _is_there(e, leaves, back))


def escort_pools(context: Context, asked: set[EscortRole]) -> list[Pool]:
    """Group escorts; ``asked`` are the roles some patient has a wish about."""
    alike: dict[tuple[object, ...], list[Escort]] = defaultdict(list)
    for escort in sorted(context.scenario.escorts, key=lambda e: e.escort_id):
        wish = (escort.sex, escort.languages) if escort.role in asked else ()
        payers = context.tariffs.payers(SubjectKind.ESCORT, escort.escort_id)
        terms = (
            escort.role,
            escort.base,
            context.scenario.patients_at_a_time(escort),
            escort.rest_hours,
            escort.day_rate_cents,
            escort.currency,
            escort.lead_days if escort.unnamed else 0,
        )
        alike[(*terms, wish, payers)].append(escort)
    return [Pool(like=group[0], members=tuple(group)) for group in alike.values()]


def _is_there(escort: Escort, leaves: date, back: date) -> bool:
    """Whether the escort is available, with valid documents, over these dates."""
    ends = [day for day in (escort.available_until, escort.documents_until) if day]
    starts = escort.available_from
    return (starts is None or leaves >= starts) and all(back <= end for end in ends)


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
    column = plant.column(name, upper=mission.headcount)
    own = mission.share is EscortShare.OWN
    serves = 1 if own else context.scenario.patients_at_a_time(escort)
    for ride in mission.chain:
        seats = int(rows.seats[rows.index[ride.departure_id]])
        for segment in range(ride.board, ride.alight):
            plant.use(column, seats + segment, 1)
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


def _covered(
    cover: Cover, key: tuple[EscortRole, EscortShare, str, int], escort: Escort
) -> set[RowName]:
    """Cover rows an escort helps with on a segment."""
    needs = cover.needs.get(key, set())
    names = {cover_name(need, key, wish=False) for need in needs}
    wished = (n for n in needs if n.sex is not None or n.language is not None)
    names |= {cover_name(n, key, wish=True) for n in wished if n.met_by(escort)}
    return names


def _mission_detail(mission: Mission) -> str:
    rides = "+".join(f"{r.departure_id}:{r.board}-{r.alight}" for r in mission.chain)
    return f"{mission.share.value}/{rides}"
