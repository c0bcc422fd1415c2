"""Escort needs: on which rides somebody of the role could be aboard."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from movplan.domain.escorts import Escort
from movplan.domain.people import Family
from movplan.domain.words import EscortRole, EscortShare, Reason, Sex
from movplan.screening.bars import Bar
from movplan.screening.escort_need import EscortKind
from movplan.screening.needs import Needs
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table

CALLED = {
    EscortRole.DOCTOR: "a doctor",
    EscortRole.NURSE: "a nurse",
    EscortRole.OPERATIONAL: "an operational escort",
}

TELLS = 3
"""How many escorts of a role a fact tells of."""

Wish = tuple[EscortRole, Sex | None, str | None, tuple[str, ...]]


class Escorting:
    """Which rides an escort with the wished role, sex, language, skills could serve.

    A bound, not a roster: the mission leaves base before the ride departs and is back
    after it arrives, so the ride's own dates must lie within the escort's.
    """

    def __init__(self, shared: Shared) -> None:
        self._scenario = shared.scenario
        self._places = shared.files.places
        self._network = shared.network
        self._needs = shared.needs
        self._facts = shared.facts
        self._sorter = shared.sorter
        self._masks: dict[Wish, BoolArray] = {}
        self._booked: dict[int, BoolArray] = {}
        self._dates: dict[str, tuple[IntArray, IntArray]] = {}

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar for all members who lack the same escort on the same ways."""
        if not self._needs.ever(family):
            return
        classes = self._sorter.sort(family, table)
        width = table.rides.shape[1]
        wanted: dict[tuple[str, Wish], BoolArray] = {}
        for number, found in enumerate(classes.found):
            for need in found.needs:
                key = (need.member_id, _wish(need.kind))
                empty = np.zeros((len(classes.found), width), dtype=np.bool_)
                at_once = np.array(need.at_once) > 0
                wanted.setdefault(key, empty)[number, : len(at_once)] = at_once
        alike: dict[tuple[Wish, bytes], tuple[BoolArray, list[str]]] = {}
        for (member, wish), by_class in wanted.items():
            served = np.append(self._served(wish), True)[table.rides]
            passes = np.all(served | ~by_class[classes.of], axis=1)
            if not passes.all():
                same = (wish, passes.tobytes())
                alike.setdefault(same, (passes, []))[1].append(member)
        for (wish, _), (passes, members) in alike.items():
            yield Bar(
                reason=Reason.NO_ESCORT,
                fact=self._fact(members, wish),
                passes=passes,
                dates=table.first_on,
                rule="escort_cover",
                change=lambda _: "such an escort along",
            )

    def seats(self, family: Family, table: Table) -> IntArray | None:
        """Seats escorts take on each ride of each itinerary at least; absent: none.

        Own escorts ride in the family's vehicle, shared ones fly too; one shared escort
        of a role may serve all who share.
        """
        if not self._needs.ever(family):
            return None
        classes = self._sorter.sort(family, table)
        seats = np.zeros((len(classes.found), table.rides.shape[1], 2), dtype=np.int64)
        for number, found in enumerate(classes.found):
            for column in range(_most_rides(found.needs)):
                seats[number, column] = _fewest(found.needs, column)
        if not seats.any():
            return None
        flight = np.append(self._facts.flight, False)[table.rides]
        by_kind = seats[classes.of]
        return np.where(flight, by_kind[..., 0], by_kind[..., 1])

    def needs(
        self, family: Family, table: Table, chosen: IntArray
    ) -> tuple[Needs, ...]:
        """Needs on each chosen itinerary; nothing if nobody has any on one of them."""
        if not self._needs.ever(family):
            return ()
        classes = self._sorter.sort(family, table)
        needs = tuple(classes.found[i].needs for i in classes.of[chosen].tolist())
        return needs if any(needs) else ()

    def _candidates(self, wish: Wish) -> list[Escort]:
        role, sex, language, skills = wish
        return [
            escort
            for escort in self._scenario.escorts
            if escort.role is role
            and sex in (None, escort.sex)
            and (language is None or language in escort.languages)
            and set(skills) <= set(escort.skills)
        ]

    def _fact(self, members: list[str], wish: Wish) -> str:
        role, sex, language, skills = wish
        wished = [sex, language, *skills]
        wishes = "".join(f", {wish}" for wish in wished if wish is not None)
        who = f"member {members[0]} needs"
        if len(members) > 1:
            who = f"members {', '.join(members[:-1])} and {members[-1]} need"
        need = f"{who} {CALLED[role]}{wishes}"
        candidates = self._candidates(wish)
        if not candidates:
            return f"{need} and there is none"
        told = [f"{escort.escort_id} {self._limits(escort)}" for escort in candidates]
        more = f" and {len(told) - TELLS} more" if len(told) > TELLS else ""
        return f"{need} and none is available: {', '.join(told[:TELLS])}{more}"

    def _limits(self, escort: Escort) -> str:
        """When and where it may go, as far as its row limits that."""
        booked = self._scenario.as_of.date() + timedelta(days=escort.lead_days)
        limits = {
            "from": booked if escort.unnamed else None,
            "available from": escort.available_from,
            "available until": escort.available_until,
            "with documents until": escort.documents_until,
            "may enter": " and ".join(escort.countries) or None,
        }
        told = [f"{what} {limit}" for what, limit in limits.items() if limit]
        return f"({', '.join(told)})"

    def _served(self, wish: Wish) -> BoolArray:
        if wish not in self._masks:
            found = np.zeros(len(self._network.rides), dtype=np.bool_)
            for escort in self._candidates(wish):
                found |= self._serves(escort)
            self._masks[wish] = found
        return self._masks[wish]

    def _serves(self, escort: Escort) -> BoolArray:
        """Rides an escort could serve."""
        leaves, back = self._away(escort.base)
        serves = self._may_enter(escort)
        if escort.unnamed:
            serves &= self._booked_in_time(escort.lead_days)
        if escort.available_from is not None:
            serves &= leaves >= escort.available_from.toordinal()
        for end in (escort.available_until, escort.documents_until):
            if end is not None:
                serves &= back <= end.toordinal()
        return serves

    def _away(self, base: str) -> tuple[IntArray, IntArray]:
        """Dates (ordinals) at a base on which each ride departs and arrives."""
        if base not in self._dates:
            on, rides = self._network.clock.date, self._network.rides
            leaves = [on(base, ride.departs).toordinal() for ride in rides]
            back = [on(base, ride.arrives).toordinal() for ride in rides]
            self._dates[base] = np.array(leaves, np.int64), np.array(back, np.int64)
        return self._dates[base]

    def _booked_in_time(self, lead_days: int) -> BoolArray:
        """Rides for which an unnamed escort can still be booked, or that have gone."""
        if lead_days not in self._booked:
            booked = self._scenario.as_of + timedelta(days=lead_days)
            gone = self._network.set_out.departures
            self._booked[lead_days] = np.array(
                [
                    ride.departs >= booked or ride.departure_id in gone
                    for ride in self._network.rides
                ],
                dtype=np.bool_,
            )
        return self._booked[lead_days]

    def _may_enter(self, escort: Escort) -> BoolArray:
        """Rides that alight in a country it may enter."""
        rides = self._network.rides
        if not escort.countries:
            return np.ones(len(rides), dtype=np.bool_)
        allowed = {*escort.countries, self._places[escort.base].country}
        return np.array(
            [self._places[ride.to_place].country in allowed for ride in rides],
            dtype=np.bool_,
        )


def _wish(kind: EscortKind) -> Wish:
    return (kind.role, kind.sex, kind.language, kind.skills)


def _most_rides(needs: Needs) -> int:
    return max((len(need.at_once) for need in needs), default=0)


def _fewest(needs: Needs, column: int) -> tuple[int, int]:
    """Seats of escorts on a ride: on a flight, in the family's vehicle of a convoy."""
    own, shared = 0, Counter[EscortRole]()
    for need in needs:
        at_once = need.at_once[column]
        if need.kind.share is EscortShare.OWN:
            own += at_once
        else:
            shared[need.kind.role] = max(shared[need.kind.role], at_once)
    return own + sum(shared.values()), own
