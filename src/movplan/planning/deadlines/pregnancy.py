"""Fit-to-fly certificates of pregnant members."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from movplan.domain.people import Member
from movplan.domain.plan import Deadline
from movplan.domain.windows import Files
from movplan.planning.deadlines.trips import Trip, TripRide

DAYS_A_WEEK = 7


def certificates(files: Files, trips: Sequence[Trip]) -> Iterator[Deadline]:
    """Per pregnant member and part: the first flight that asks for a certificate."""
    for trip in trips:
        for member in files.members[trip.family.family_id]:
            week = week_on(member, trip.rides[-1].boards_on)
            if week is None:
                continue
            asking = (
                f for f in trip.flights if week >= _from_week(files, member, trip, f)
            )
            first = next(asking, None)
            if first is not None:
                yield _deadline(files, trip, member, first, week)


def week_on(member: Member, on: date) -> int | None:
    """The week of pregnancy on a date: weeks + floor(days since / 7)."""
    if member.pregnancy_weeks is None or member.pregnancy_as_of is None:
        return None
    return member.pregnancy_weeks + (on - member.pregnancy_as_of).days // DAYS_A_WEEK


def _from_week(files: Files, member: Member, trip: Trip, flight: TripRide) -> int:
    """The week from which the flight's airline asks for a certificate."""
    family, carrier = trip.family, flight.departure.carrier
    week = files.values.ride("pregnancy_certificate_week", family, carrier)
    if member.pregnancy_multiple:
        name = "pregnancy_multiple_weeks_earlier"
        week -= files.values.ride(name, family, carrier)
    if member.pregnancy_first:
        week += files.values.ride("pregnancy_first_weeks_later", family, carrier)
    return week


def _deadline(
    files: Files, trip: Trip, member: Member, flight: TripRide, week: int
) -> Deadline:
    carrier = flight.departure.carrier
    days = files.values.ride("pregnancy_certificate_days", trip.family, carrier)
    return trip.deadline(
        flight.boards_on - timedelta(days=days),
        what="get fit-to-fly certificate",
        detail=(
            f"member {member.member_id}, week {week}: not older than {days} days on "
            f"boarding {flight.departure.departure_id} on {flight.boards_on}"
        ),
    )
