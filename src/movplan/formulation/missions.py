"""A mission: one escort of a pool on a chain of rides, out, back and rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from movplan.domain.escorts import Escort
from movplan.domain.words import DepartureKind, EscortShare
from movplan.formulation.context import Context
from movplan.formulation.escort_spans import Chain
from movplan.formulation.pools import Pool
from movplan.network.itinerary import Ride


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission ``headcount`` escorts of a pool could make, ``may_go`` by id."""

    pool: Pool
    chain: Chain
    share: EscortShare
    leaves_base: datetime
    back_at_base: datetime
    free_from: datetime
    headcount: int
    may_go: tuple[str, ...]

    @property
    def escort(self) -> Escort:
        """An escort of the pool: all cost the same."""
        return self.pool.like


def possible_mission(
    context: Context, pool: Pool, chain: Chain, share: EscortShare
) -> Mission | None:
    """The mission's times, or ``None`` when nobody of the pool may make it."""
    escort = pool.like
    mission = mission_of(context, pool, chain, share)
    lead = timedelta(days=escort.lead_days if escort.unnamed else 0)
    gone = chain[0].departure_id in context.set_out.departures
    too_soon = not gone and mission.leaves_base < context.scenario.as_of + lead
    if not context.keeps("escort_mission"):
        return mission
    if mission.headcount == 0 or too_soon:
        return None
    return mission if may_enter(context, escort, chain) else None


def may_enter(context: Context, escort: Escort, chain: Chain) -> bool:
    """Whether the escort may be in every country a ride of the chain alights in."""
    places = context.files.places
    own = {*escort.countries, places[escort.base].country}
    entered = {places[ride.to_place].country for ride in chain}
    return not escort.countries or entered <= own


def mission_of(
    context: Context, pool: Pool, chain: Chain, share: EscortShare
) -> Mission:
    """A mission along a chain, whether anybody is to be had then or not."""
    escort = pool.like
    first, last = chain[0], chain[-1]
    travel = context.tariffs.connections.escort_travel
    before = connection_min(context, first)
    out = travel(escort.base, first.from_place).minutes
    home = travel(last.to_place, escort.base).minutes
    zone = ZoneInfo(context.files.places[escort.base].timezone)
    leaves = (first.departs - timedelta(minutes=before + out)).astimezone(zone)
    back = (last.arrives + timedelta(minutes=home)).astimezone(zone)
    there = pool.members
    if context.keeps("escort_mission"):
        there = pool.who_is_there(leaves.date(), back.date())
    return Mission(
        pool=pool,
        chain=chain,
        share=share,
        leaves_base=leaves,
        back_at_base=back,
        free_from=back + timedelta(hours=context.scenario.rest_hours(escort)),
        headcount=sum(escort.headcount for escort in there),
        may_go=tuple(escort.escort_id for escort in there),
    )


def connection_min(context: Context, ride: Ride) -> int:
    """Minutes before a ride departs by which who boards it has to be there."""
    departure = context.departures[ride.departure_id]
    if ride.kind is DepartureKind.CONVOY:
        return context.values.departure("connection_convoy_min", departure)
    of_place = context.files.places[ride.from_place].connection_min
    if of_place is not None:
        return of_place
    most_km = context.values.departure("regional_flight_km", departure)
    is_regional = context.tariffs.connections.is_regional(departure, most_km)
    kind = "regional" if is_regional else "flight"
    return context.values.departure(f"connection_{kind}_min", departure)


def whole_ride(context: Context, departure_id: str) -> Ride:
    """A departure from its first to its last place."""
    row = context.departures[departure_id]
    places = context.files.places
    departs = row.departs.astimezone(ZoneInfo(places[row.from_place].timezone))
    return Ride(
        departure_id=departure_id,
        kind=row.kind,
        board=0,
        alight=context.num_segments(departure_id),
        from_place=row.from_place,
        to_place=row.to_place,
        departs=departs,
        arrives=row.arrives.astimezone(ZoneInfo(places[row.to_place].timezone)),
        on=departs.date(),
    )
