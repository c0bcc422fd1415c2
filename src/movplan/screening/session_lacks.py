"""What sessions a family lacks, in an officer's words, and which would do."""

from collections.abc import Sequence
from datetime import datetime

from movplan.domain.words import SessionKind
from movplan.network import Itinerary
from movplan.network.local_time import LocalTime
from movplan.screening.nights import StayLimit
from movplan.screening.result import AppointmentOption
from movplan.screening.sessions import Group


class SessionLacks:
    """Says what there is none of for an itinerary."""

    def __init__(self, clock: LocalTime, stays: StayLimit) -> None:
        self._clock, self._stays = clock, stays

    def session(
        self, group: Group, start: str, times: tuple[datetime, datetime]
    ) -> str:
        """A session that ends within ``times``, both included, told as at ``start``.

        Only a check before embarkation may end too early.
        """
        language = f" in {group.language}" if group.language else ""
        where = f" at {start} (no adult speaks it)" if group.only_here else ""
        since, until = (f"{self._clock.at(start, at):%Y-%m-%d %H:%M}" for at in times)
        ends = f"by {until}"
        if group.kind is SessionKind.PRE_EMBARKATION_CHECK:
            ends = f"from {since} to {until}"
        return (
            f"no {group.kind} session{language}{where} for {group.persons} in time; one"
            f" that ends {ends} would do"
        )

    def short_stay(
        self, slots: Sequence[Sequence[AppointmentOption]], itinerary: Itinerary
    ) -> str:
        """Sessions of which no choice keeps the stay at some place short."""
        nights = [night for some in slots for night in some[0].nights]
        place = self._stays.too_long((*nights, *itinerary.nights)) or ""
        return (
            f"all sessions in time mean more than the {self._stays.most[place]} nights"
            f" in a row that {place} allows; one nearer to the departure or elsewhere,"
            " or more nights there (max_nights), would do"
        )
