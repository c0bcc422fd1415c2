"""Screening of one family: its tables, bars, options, pins; what is left or why not."""

from dataclasses import replace

import numpy as np

from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.set_out import OF_SETTING_OUT, SetOut
from movplan.domain.words import Part, Reason, Trip
from movplan.network import Network, Request
from movplan.screening.appointments import Appointments, Attendance
from movplan.screening.barriers import Barriers
from movplan.screening.bars import Bar, Bound, Why, passing
from movplan.screening.escorting import Escorting
from movplan.screening.found import FamilyFound, PartFound
from movplan.screening.loads import family_loads, is_stretcher, is_wheelchair
from movplan.screening.needs import Needs
from movplan.screening.no_way import NoWay
from movplan.screening.pins import Pin, Pins
from movplan.screening.result import BoolArray, Refusal
from movplan.screening.room import Room
from movplan.screening.shared import share
from movplan.screening.standing import Standing
from movplan.screening.table import Table
from movplan.screening.tables import Tables
from movplan.screening.telling import (
    beyond_window,
    joined,
    most_telling,
    untold,
    with_changes,
)
from movplan.screening.windows import closed_window, window


class FamilyScreen:
    """Screens families one by one against shared tables."""

    def __init__(
        self,
        scenario: Scenario,
        network: Network,
        *,
        without: frozenset[str] = frozenset(),
    ) -> None:
        shared = share(scenario, network)
        self.files = shared.files
        self.loads = family_loads(scenario, self.files, network.rides)
        assignments = () if "pins" in without else scenario.assignments
        self.pins, self._set_out = Pins(assignments), SetOut(assignments)
        self.tables = Tables(network)
        self._without = without
        self._standing = Standing(scenario, self.files)
        self._escorting = Escorting(shared)
        room = Room(scenario, network, self.loads)
        self._barriers = Barriers(shared, room, self._escorting, without)
        self._appointments = Appointments(
            scenario, self.files, network, self.loads, without=without
        )
        self._no_way = NoWay(scenario, network)

    def screen(self, family: Family) -> FamilyFound:
        """The family's eligible itineraries per part, or why it has none."""
        outbound = self._barriers.bounds(family, Part.OUTBOUND)
        dates = window(outbound)
        whys = self._standing.whys(family, without=self._without)
        if whys and not whys[0].rule:  # an officer's word: no rule would let it travel
            return FamilyFound(dates, refusal=self.refuse(family, whys[0]))
        if family.family_id in self._set_out.families:
            whys = [why for why in whys if why.rule not in OF_SETTING_OUT]
        parts, conflicts = [], []
        for part in self._parts(family):
            told = [fact for why in whys for fact in (why.told or (why.fact,))]
            bounds = outbound
            if part is Part.RETURN:
                bounds = self._barriers.bounds(family, part)
            if told:
                bounds = [bound for bound in bounds if bound.said not in told]
            found, conflict = self._screen_part(family, part, bounds, told)
            if isinstance(found, Why):
                whys.append(found)
                continue
            parts.append(found)
            conflicts.extend([conflict] if conflict else [])
        if whys:
            first = _first(parts[0]) if len(whys) == 1 and parts else ""
            why = joined(with_changes(whys, first))
            return FamilyFound(dates, refusal=self.refuse(family, why))
        return FamilyFound(dates, tuple(parts), pin_conflicts=tuple(conflicts))

    def refuse(self, family: Family, why: Why) -> Refusal:
        """A refusal with the date the family's window lapses on."""
        closes = self.files.closes(family.family_id)
        return Refusal(
            family_id=family.family_id,
            reason=why.reason,
            fact=why.fact,
            lapses_on=closes[0] if closes else None,
            rule=why.rule,
        )

    def escort_needs(self, family: Family, found: PartFound) -> tuple[Needs, ...]:
        """Needs on each chosen itinerary; nothing if nobody ever has any."""
        if "escort_cover" in self._without:
            return ()
        return self._escorting.needs(family, found.table, found.chosen)

    def _parts(self, family: Family) -> tuple[Part, ...]:
        trip = self.files.programmes[family.programme].trip
        if trip is Trip.ROUND_TRIP:
            return (Part.OUTBOUND, Part.RETURN)
        return (Part.OUTBOUND,)

    def _request(self, family: Family, part: Part) -> Request:
        members = self.files.members[family.family_id]
        special = any(is_wheelchair(m) or is_stretcher(m) for m in members)
        there, back = (
            (family.starts_at, family.destination),
            (
                family.destination,
                family.origin,
            ),
        )
        origin, destination = there if part is Part.OUTBOUND else back
        return Request(origin, destination, part, wheelchair=special)

    def _screen_part(
        self, family: Family, part: Part, bounds: list[Bound], told: list[str]
    ) -> tuple[PartFound | Why, Refusal | None]:
        """What is left, or why nothing is, apart from what is told already."""
        closed = closed_window(bounds)
        request = self._request(family, part)
        table = self.tables.of(request)
        if not len(table):
            no_way = self._no_way.why(request)
            return joined([closed.why, no_way] if closed else [no_way]), None
        pin = self.pins.of(family.family_id, part)
        settled = self._settled(family, part, table)
        if settled.any():
            return self._attend_pinned(family, part, table, settled, pin)
        if closed is not None:
            others = [bound for bound in bounds if bound not in closed]
            bars = self._barriers.bars(family, table, pin, others)
            return beyond_window(closed, untold(bars, told), table), None
        bars = untold(self._barriers.bars(family, table, pin, bounds), told)
        allowed = passing(bars, table)
        if not allowed.any():
            return most_telling(bars, table), None
        found = self._attend(family, part, table, allowed, pin=Pin())
        if not len(found.chosen):
            fact = self._lack(found, table, allowed)
            rule = found.attendance.rule
            stays = rule == "stay_limit"
            reason = Reason.STAY_TOO_LONG if stays else Reason.NO_APPOINTMENT
            return Why(reason, fact, rule), None
        if not pin.rides and not pin.sessions:
            return found, None
        return self._hold(family, found, pin, bars)

    def barred(self, family: Family, part: Part) -> tuple[Table, list[Bar]]:
        """All ways of a family, and what may keep it off some of them."""
        table = self.tables.of(self._request(family, part))
        if not len(table):
            return table, []
        if self._settled(family, part, table).any():
            return table, []
        pin = self.pins.of(family.family_id, part)
        bounds = self._barriers.bounds(family, part)
        return table, self._barriers.bars(family, table, pin, bounds)

    def _settled(self, family: Family, part: Part, table: Table) -> BoolArray:
        """Itineraries that set out as they stand: nothing bars them any more."""
        name, is_settled = family.family_id, self._set_out.is_settled
        if name not in self._set_out.families:
            return np.zeros(len(table), dtype=np.bool_)
        found = [is_settled(name, part, ridden) for ridden in table.departures]
        return np.array(found, dtype=np.bool_)

    def _attend_pinned(
        self, family: Family, part: Part, table: Table, settled: BoolArray, pin: Pin
    ) -> tuple[PartFound, Refusal | None]:
        """A journey that has set out, with the sessions it was to attend."""
        chosen = np.flatnonzero(settled).astype(np.int64)
        found = self._appointments.attendance(
            family, table, chosen, pin.sessions, set_out=True
        )
        part_found = PartFound(part, table, chosen, found)
        if found.possible.any():
            return part_found.only(found.possible), None
        names = ", ".join(sorted(pin.sessions))
        fact = f"set out on {names}, but it cannot attend them in time"
        why = Why(Reason.NO_APPOINTMENT, fact, "appointments")
        return part_found, self.refuse(family, why)

    def _attend(
        self, family: Family, part: Part, table: Table, allowed: BoolArray, *, pin: Pin
    ) -> PartFound:
        chosen = np.flatnonzero(allowed).astype(np.int64)
        if part is Part.RETURN:
            nothing = Attendance((), (), np.ones(len(chosen), dtype=np.bool_), "")
            return PartFound(part, table, chosen, nothing)
        found = self._appointments.attendance(family, table, chosen, pin.sessions)
        return PartFound(part, table, chosen, found).only(found.possible)

    def _lack(self, found: PartFound, table: Table, allowed: BoolArray) -> str:
        last = table.itineraries[int(np.flatnonzero(allowed)[-1])].rides[0]
        return (
            f"{found.attendance.lacking}, last departure otherwise possible {last.on}"
            f" ({last.departure_id})"
        )

    def _hold(
        self, family: Family, found: PartFound, pin: Pin, bars: list[Bar]
    ) -> tuple[PartFound, Refusal | None]:
        """Only what the pin allows; if that is nothing, all of it and the conflict."""
        table, holds = found.table, pin.holds(found.table)
        allowed = np.zeros(len(table), dtype=np.bool_)
        allowed[found.chosen] = True
        held = self._attend(family, found.part, table, allowed & holds, pin=pin)
        if len(held.chosen):
            return held, None
        names = ", ".join(sorted(pin.rides | pin.sessions))
        if not holds.any():
            why = self._no_way.why_not(self._request(family, found.part), pin.rides)
            return found, self.refuse(family, why)
        if (passing(bars, table) & holds).any():
            fact = f"pinned to {names}, but it cannot attend its sessions in time"
            why = Why(Reason.NO_APPOINTMENT, fact, "appointments")
            return found, self.refuse(family, why)
        why = most_telling([bar.within(holds) for bar in bars], table.only(holds))
        why = replace(why, fact=f"pinned to {names}, but {why.fact}")
        return found, self.refuse(family, why)


def _first(found: PartFound) -> str:
    """The first departure of the ways left, in words."""
    ways = (found.table.itineraries[i].rides[0] for i in found.chosen.tolist())
    ride = min(ways, key=lambda ride: (ride.departs, ride.departure_id))
    return f"{ride.on} ({ride.departure_id})"
