"""escort_mission: out with the families, back alone, rest, within availability."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView, Ride
from movplan.checks.view.clock import minutes, utc
from movplan.checks.view.missions import MissionView
from movplan.domain.escorts import Escort
from movplan.domain.plan import EscortMission
from movplan.domain.words import EscortShare, Part

RULE = "escort_mission"


def check(view: PlanView) -> Outcome:
    """Rides, families served, times from base to rest, and when the escort may work."""
    tally = Tally(RULE)
    for mission in view.missions:
        row = mission.mission
        facts = (f"mission {row.mission_id}: {fact}" for fact in _facts(view, mission))
        tally.judge(facts, row.mission_id, row.escort_id)
    _named_on_legs(tally, view)
    return tally.outcome()


def _facts(view: PlanView, mission: MissionView) -> Iterator[str]:
    row = mission.mission
    for ride in mission.lost:
        yield (
            f"{ride.departure_id} does not go from {ride.from_place} to {ride.to_place}"
        )
    if not mission.rides:
        yield "it has no ride"
        return
    escort = view.escorts.get(row.escort_id)
    if escort is not None and escort.role is not row.role:
        yield f"{row.escort_id} is a {escort.role.value}, not a {row.role.value}"
    if row.share is EscortShare.CONVOY:
        yield from _convoy(mission)
    else:
        yield from _together(view, mission)
    if escort is not None:
        yield from _times(view, mission, escort)
        yield from _availability(view, row, escort)
        yield from _countries(view, mission, escort)


def _convoy(mission: MissionView) -> Iterator[str]:
    """Staff of a convoy rides it once, first to last place, and serves no family."""
    if mission.mission.family_ids:
        yield f"staff of a convoy serves {', '.join(mission.mission.family_ids)}"
    if len(mission.rides) != 1:
        yield f"staff of a convoy has {len(mission.rides)} rides"
        return
    ride = mission.rides[0]
    if ride.service.is_flight:
        yield f"{ride.departure_id} is a flight, not a convoy"
    if (ride.board, ride.alight) != (0, ride.service.segments):
        yield (
            f"staff of {ride.departure_id} rides {ride.from_place}-{ride.to_place}, "
            f"not all of it"
        )


def _together(view: PlanView, mission: MissionView) -> Iterator[str]:
    """Each family rides a contiguous part, one of them all of it."""
    own, served = mission.mission.share is EscortShare.OWN, mission.mission.family_ids
    if own and len(served) != 1:
        yield f"an escort of one's own serves {len(served)} families"
    if not served:
        yield "it serves no family"
        return
    whole = False
    for family_id in served:
        journeys = [view.journeys.get((family_id, part)) for part in Part]
        runs = [_shared(mission, journey) for journey in journeys if journey]
        if not any(runs):
            yield f"{family_id} rides no part of it"
        elif not any(_is_contiguous(run) for run in runs):
            yield f"{family_id} rides it with gaps"
        whole |= any(_rides_all(mission, journey) for journey in journeys if journey)
    if not whole:
        names = ", ".join(ride.departure_id for ride in mission.rides)
        yield f"no family served rides all of it ({names})"


def _shared(mission: MissionView, journey: Journey) -> list[tuple[int, int]]:
    """Rides of the journey that lie within rides of the mission: their numbers."""
    return [
        (i, k)
        for i, ride in enumerate(journey.rides)
        for k, aboard in enumerate(mission.rides)
        if ride.segments <= aboard.segments
    ]


def _is_contiguous(run: list[tuple[int, int]]) -> bool:
    return bool(run) and all(
        (i + 1, k + 1) == following for (i, k), following in pairwise(run)
    )


def _rides_all(mission: MissionView, journey: Journey) -> bool:
    wanted = mission.stretches
    ridden = tuple(ride.stretch for ride in journey.rides)
    starts = range(len(ridden) - len(wanted) + 1)
    return any(ridden[k : k + len(wanted)] == wanted for k in starts)


def _times(view: PlanView, mission: MissionView, escort: Escort) -> Iterator[str]:
    row, first, last = mission.mission, mission.rides[0], mission.rides[-1]
    out = view.connections.escort_travel(escort.base, first.stretch[1])
    home = view.connections.escort_travel(last.stretch[2], escort.base)
    ahead = view.roads.connection(first)
    leaves = first.departs - ahead - minutes(out.minutes)
    back = last.arrives + minutes(home.minutes)
    wanted = (
        ("leaves its base", row.leaves_base, leaves),
        ("starts", row.starts, first.departs),
        ("ends", row.ends, last.arrives),
        ("is back at its base", row.back_at_base, back),
        ("is free again", row.free_from, back + _rest(view, escort)),
    )
    for what, stated, right in wanted:
        if utc(stated) != right:
            at, not_at = _at(view, escort, right), _at(view, escort, stated)
            yield f"it {what} {at}, not {not_at}"


def _rest(view: PlanView, escort: Escort) -> timedelta:
    hours = escort.rest_hours
    if hours is None:
        hours = view.scenario.rule_int("escort_rest_hours")
    return timedelta(hours=hours)


def _at(view: PlanView, escort: Escort, at: datetime) -> str:
    return view.clock.text(escort.base, at)


def _availability(view: PlanView, row: EscortMission, escort: Escort) -> Iterator[str]:
    leaves = view.clock.date(escort.base, row.leaves_base)
    back = view.clock.date(escort.base, row.back_at_base)
    name = escort.escort_id
    if escort.available_from and leaves < escort.available_from:
        yield f"{name} leaves on {leaves}, is available from {escort.available_from}"
    if escort.available_until and back > escort.available_until:
        yield f"{name} is back on {back}, is available until {escort.available_until}"
    if escort.documents_until and back > escort.documents_until:
        yield f"{name} is back on {back}, its documents end {escort.documents_until}"
    earliest = utc(view.scenario.as_of) + timedelta(days=escort.lead_days)
    gone = row.rides and row.rides[0].departure_id in view.set_out.departures
    if escort.unnamed and not gone and utc(row.leaves_base) < earliest:
        yield (
            f"{name} leaves on {leaves}, a {escort.lead_days}-day lead time allows "
            f"{view.clock.date(escort.base, earliest)}"
        )


def _countries(view: PlanView, mission: MissionView, escort: Escort) -> Iterator[str]:
    """Countries entered: those the escort may enter, and the base's own."""
    if not escort.countries:
        return
    allowed = {*escort.countries, view.country_of(escort.base)}
    for ride in mission.rides:
        country = view.country_of(ride.to_place)
        if country not in allowed:
            yield (
                f"{escort.escort_id} may not enter {country} ({ride.departure_id} "
                f"to {ride.to_place}), only {', '.join(sorted(allowed))}"
            )


def _named_on_legs(tally: Tally, view: PlanView) -> None:
    """Rides name the escorts of the missions that serve the family on them."""
    serving: dict[str, list[MissionView]] = defaultdict(list)
    for mission in view.missions:
        for family_id in mission.mission.family_ids:
            serving[family_id].append(mission)
    for journey in view.journeys.values():
        family_id = journey.family.family_id
        missions = serving.get(family_id, ())
        for ride in journey.rides:
            wanted = {
                mission.mission.escort_id
                for mission in missions
                if ride.segments <= mission.segments
            }
            if set(ride.leg.escort_ids) != wanted:
                tally.broken(_names(family_id, ride, wanted), family_id)


def _names(family_id: str, ride: Ride, wanted: set[str]) -> str:
    stated = ", ".join(ride.leg.escort_ids) or "nobody"
    served = ", ".join(sorted(wanted)) or "nobody"
    return (
        f"{family_id} on {ride.departure_id}: the ride names "
        f"{stated} as escort, the missions say {served}"
    )
