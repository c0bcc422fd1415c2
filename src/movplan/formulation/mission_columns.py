"""Mission columns: what each may do, what it gives to which row, what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass

from movplan.costing.prices import Price
from movplan.domain.escorts import Escort
from movplan.domain.words import EscortRole, EscortShare, SubjectKind
from movplan.formulation.context import Context
from movplan.formulation.convoy_rows import ConvoyRows
from movplan.formulation.escort_cover import Cover, cover_name, together_name
from movplan.formulation.escort_spans import Chain, chain_text, serving_chains
from movplan.formulation.escorts import Care
from movplan.formulation.missions import Mission, possible_mission, whole_ride
from movplan.formulation.model import PlantName
from movplan.formulation.pinned import PinRows
from movplan.formulation.plant import PlantBook
from movplan.formulation.pools import Pool, escort_pools
from movplan.formulation.roster import add_roster
from movplan.formulation.rowbook import RowName
from movplan.formulation.transport_rows import TransportRows
from movplan.screening.escort_need import Limited


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows missions give to: patients', pinned families', whole convoys'."""

    care: Care
    pins: PinRows
    convoys: ConvoyRows


Duty = tuple[Chain, EscortShare]


def add_missions(
    context: Context, plant: PlantBook, rows: TransportRows, asked: Asked
) -> dict[int, Mission]:
    """Add a column per escort pool and servable chain; returns them by column."""
    missions: dict[int, Mission] = {}
    duties = _duties(context, asked)
    pinned = frozenset(asked.pins.chains)
    for pool in escort_pools(context, asked.care.asked, pinned):
        own: dict[int, Mission] = {}
        for chain, share in _of_pool(duties, asked, pool):
            for going in _by_number(asked.care, pool, chain, share):
                mission = possible_mission(context, going, chain, share)
                if mission is None:
                    continue
                prices = _prices(context, mission)
                if _payable(context, mission, prices):
                    column = _add_column(context, plant, rows, asked, mission)
                    _charge(context, plant, column, mission, prices)
                    own[column] = mission
        if context.keeps("escort_roster"):
            add_roster(context, plant, pool, own)
        missions |= own
    return missions


def _duties(context: Context, asked: Asked) -> dict[EscortRole, list[Duty]]:
    """Chains to be served by role: parts of patients' runs, and whole convoys.

    In time order.
    """
    found = {
        (need.role, chain, need.share)
        for need, run in asked.care.runs
        for chain in serving_chains(context, run)
    }
    for departure_id, roles in asked.convoys.staff.items():
        whole: Chain = (whole_ride(context, departure_id),)
        found |= {(role, whole, EscortShare.CONVOY) for role in roles}
    duties: dict[EscortRole, set[Duty]] = {role: set() for role in EscortRole}
    for role, chain, share in found:
        duties[role].add((chain, share))
    return {role: _in_time_order(some) for role, some in duties.items()}


def _of_pool(
    duties: dict[EscortRole, list[Duty]], asked: Asked, pool: Pool
) -> list[Duty]:
    """What escorts of a pool may be asked to do, in time order."""
    pinned = asked.pins.chains.get(pool.like.escort_id, set())
    more = {(chain, EscortShare.SHARED) for chain in pinned}
    known = duties[pool.like.role]
    return _in_time_order({*known, *more}) if more else known


def _in_time_order(duties: set[Duty]) -> list[Duty]:
    return sorted(duties, key=lambda duty: (_chain_key(duty[0]), duty[1]))


def _by_number(
    care: Care, pool: Pool, chain: Chain, share: EscortShare
) -> Iterator[Pool]:
    """The pool for each number of patients at a time, where the rules say how many."""
    by_rule = share is EscortShare.SHARED and pool.like.patients_at_a_time is None
    numbers = care.numbers_on(pool.like.role, chain) if by_rule else []
    yield from (pool.taking(n) for n in numbers) if numbers else (pool,)


def _chain_key(chain: Chain) -> tuple[object, ...]:
    return tuple(
        (r.departs.timestamp(), r.departure_id, r.board, r.alight) for r in chain
    )


def _prices(context: Context, mission: Mission) -> list[Price]:
    """What the mission costs, item by item."""
    times = mission.leaves_base, mission.back_at_base
    items = context.tariffs.mission_prices(mission.escort, mission.chain, *times)
    return [price for _, price in items]


def _payable(context: Context, mission: Mission, prices: list[Price]) -> bool:
    """Whether there is somebody to pay, and nobody has to be asked first."""
    kind, escort_id = SubjectKind.ESCORT, mission.escort.escort_id
    if context.tariffs.approvals.waiting_for(kind, escort_id) is not None:
        return False
    paid = bool(context.tariffs.payers(kind, escort_id)) or not prices
    return paid or not context.keeps("payers")


def _add_column(
    context: Context,
    plant: PlantBook,
    rows: TransportRows,
    asked: Asked,
    mission: Mission,
) -> int:
    escort = mission.escort
    upper = _most_at_once(context, asked, mission)
    detail = _mission_detail(asked.care.cover, mission)
    name = PlantName("mission", escort.escort_id, detail)
    column = plant.column(name, upper=upper)
    for ride in mission.chain:
        seats = int(rows.seats[rows.index[ride.departure_id]])
        for segment in range(ride.board, ride.alight):
            plant.use(column, seats + segment, 1)
    for row, amount in _gives(context, asked, mission):
        plant.use(column, row, -amount)
    return column


def _charge(
    context: Context,
    plant: PlantBook,
    column: int,
    mission: Mission,
    prices: list[Price],
) -> None:
    """Let the escort's payers pay for the mission, on the date it leaves."""
    escort_id, on = mission.escort.escort_id, mission.leaves_base.date()
    payers = context.tariffs.payers(SubjectKind.ESCORT, escort_id)
    for price in prices:
        plant.charge(column, context.splits.of(price, payers, on))


def _most_at_once(context: Context, asked: Asked, mission: Mission) -> int:
    """How many escorts of the pool may make the mission."""
    most = mission.headcount
    if not context.keeps("escort_roster"):
        most = max(most, len(context.parts))
    if mission.share is not EscortShare.CONVOY:
        return most
    staffed = mission.chain[0].departure_id, mission.escort.role
    return min(most, asked.convoys.most_staff[staffed])


def _gives(
    context: Context, asked: Asked, mission: Mission
) -> Iterator[tuple[int, int]]:
    """What the mission gives to which row."""
    escort = mission.escort
    if mission.share is EscortShare.CONVOY:
        staff = asked.convoys.staff[mission.chain[0].departure_id]
        yield from ((give.row, give.amount) for give in staff[escort.role])
        return
    own = mission.share is EscortShare.OWN
    serves = 1 if own else context.scenario.patients_at_a_time(escort)
    free = mission.chain in asked.pins.chains.get(escort.escort_id, ())
    kind = escort.role, mission.share
    yield from asked.care.spans.given(kind, mission.chain, serves, free=free)
    for ride in mission.chain:
        for segment in range(ride.board, ride.alight):
            key = (escort.role, mission.share, ride.departure_id, segment)
            found = (
                (context.rows.find(name), amount)
                for name, amount in _covered(asked.care.cover, key, escort, serves)
            )
            yield from ((row, amount) for row, amount in found if row is not None)
            pinned = escort.escort_id, ride.departure_id, segment
            yield from ((row, 1) for row in sorted(asked.pins.rows.get(pinned, ())))


def _covered(
    cover: Cover,
    key: tuple[EscortRole, EscortShare, str, int],
    escort: Escort,
    serves: int,
) -> Iterator[tuple[RowName, int]]:
    """Cover rows an escort helps with on a segment, and how much."""
    needs = cover.needs.get(key, set())
    least = serves if isinstance(escort, Limited) else 0
    limits = list(cover.limits(escort.role, key[1], least))
    names = {cover_name(n, key, m, wish=False) for n in needs for m in limits}
    met = [n for n in needs if n.wished and n.met_by(escort)]
    names |= {cover_name(n, key, m, wish=True) for n in met for m in limits}
    yield from ((name, serves) for name in sorted(names))
    together = sorted(cover.together.get(key, ()))
    yield from ((together_name(key, unit), 1) for unit in together)


def _mission_detail(cover: Cover, mission: Mission) -> str:
    escort = mission.escort
    detail = f"{mission.share.value}/{chain_text(mission.chain)}"
    if isinstance(escort, Limited) and len(cover.numbers[escort.role]) > 1:
        detail += f"/at most {escort.patients_at_a_time}"
    return detail
