"""companion: on a long flight whoever needs help in the cabin has somebody able."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.care import Cares
from movplan.checks.view.flights import count_unchecked, members_with
from movplan.checks.view.persons import needs_companion
from movplan.domain.words import Need, Part

RULE = "companion"


def check(view: PlanView) -> Outcome:
    """Members in need of a companion <= able members of the family, per long flight."""
    tally = Tally(RULE)
    members = members_with(view, (Need.WCHC, Need.DPNA))
    for family_id in dict.fromkeys(member.family_id for member in members):
        for part in Part:
            journey = view.journeys.get((family_id, part))
            if journey is not None:
                tally.judge(_facts(view, journey), family_id)
    tally.unchecked = count_unchecked(view, lambda journey: _is_long(view, journey))
    return tally.outcome()


def _is_long(view: PlanView, journey: Journey) -> bool:
    return any(view.is_long_flight(journey.family, ride) for ride in journey.rides)


def _facts(view: PlanView, journey: Journey) -> Iterator[str]:
    family, care = journey.family, view.once(Cares).of(journey)
    for k, ride in enumerate(journey.rides):
        if not view.is_long_flight(family, ride):
            continue
        alone = [
            member.member_id
            for member in view.members_of(family)
            if needs_companion(member)
            and member.member_id not in care.stood_in_for
            and not care.is_escorted(member, k)
        ]
        able = max(0, view.persons.able(family, ride.on) - len(care.stood_in_for))
        if len(alone) > able:
            hours = view.ride_value("companion_flight_hours", family, ride)
            yield (
                f"{journey.name}: {', '.join(alone)} need{_s(alone)} a companion on "
                f"{ride.departure_id} on {ride.on} (longer than {hours} hours), "
                f"{able} able adults of the family are free"
            )


def _s(names: list[str]) -> str:
    return "s" if len(names) == 1 else ""
