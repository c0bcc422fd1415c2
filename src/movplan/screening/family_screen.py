"""Screening of one family: its tables, bars, options, pins; what is left or why not."""

from dataclasses import dataclass, field, replace

import numpy as np

from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import Part, Reason, Trip
from movplan.network import Network, Request
from movplan.screening.appointments import Appointments, Attendance
from movplan.screening.bars import Bar, most_telling, passing
from movplan.screening.escorting import Escorting
from movplan.screening.loads import family_loads, is_stretcher, is_wheelchair
from movplan.screening.no_way import NoWay
from movplan.screening.papers import Papers
from movplan.screening.pins import Pin, Pins
from movplan.screening.result import BoolArray, IntArray, Refusal, Window
from movplan.screening.room import Room
from movplan.screening.standing import Standing
from movplan.screening.table import Table
from movplan.screening.tables import Tables
from movplan.screening.windows import Bounds, closed_window, window

Why = tuple[Reason, str]


@dataclass(frozen=True, slots=True)
class PartFound:
    """Eligible itineraries of a part (indices into its table) and their options."""

    part: Part
    table: Table
    chosen: IntArray
    attendance: Attendance

    def only(self, keep: BoolArray) -> "PartFound":
        """The part with some of its chosen itineraries."""
        options = tuple(
            tuple(some for some, kept in zip(slot, keep, strict=True) if kept)
            for slot in self.attendance.options
        )
        return replace(
            self,
            chosen=self.chosen[keep],
            attendance=replace(self.attendance, options=options),
        )


@dataclass(frozen=True, slots=True)
class FamilyFound:
    """What screening found of one family: parts, or a refusal; pins that failed."""

    window: Window
    parts: tuple[PartFound, ...] = ()
    refusal: Refusal | None = None
    pin_conflicts: tuple[Refusal, ...] = field(default=())


class FamilyScreen:
    """Screens families one by one against shared tables."""

    def __init__(self, scenario: Scenario, network: Network) -> None:
        self.files = Files(scenario)
        self.loads = family_loads(scenario, self.files, network.rides)
        self.pins = Pins(scenario)
        self.tables = Tables(network)
        self._scenario = scenario
        self._standing = Standing(scenario, self.files)
        self._bounds = Bounds(scenario, self.files)
        self._papers = Papers(scenario, self.files, network, self._bounds)
        self._room = Room(scenario, network, self.loads)
        self._escorting = Escorting(scenario, self.files, network)
        self._appointments = Appointments(scenario, self.files, network, self.loads)
        self._no_way = NoWay(scenario, network)
        self._row = {name: row for row, name in enumerate(self.loads.family_ids)}

    def screen(self, family: Family) -> FamilyFound:
        """The family's eligible itineraries per part, or why it has none."""
        dates = window(self._bounds.of(family, Part.OUTBOUND))
        refusal = self._standing.refusal(family)
        if refusal is not None:
            return FamilyFound(dates, refusal=refusal)
        parts, conflicts = [], []
        for part in self._parts(family):
            found, conflict = self._screen_part(family, part)
            if isinstance(found, Refusal):
                return FamilyFound(dates, refusal=found)
            parts.append(found)
            conflicts.extend([conflict] if conflict else [])
        return FamilyFound(dates, tuple(parts), pin_conflicts=tuple(conflicts))

    def refuse(self, family: Family, why: Why) -> Refusal:
        """A refusal with the date the family's window lapses on."""
        closes = self.files.closes(family.family_id)
        return Refusal(
            family_id=family.family_id,
            reason=why[0],
            fact=why[1],
            lapses_on=closes[0] if closes else None,
        )

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
        self, family: Family, part: Part
    ) -> tuple[PartFound | Refusal, Refusal | None]:
        bounds = self._bounds.of(family, part)
        closed = closed_window(bounds)
        if closed is not None:
            return self.refuse(family, closed), None
        request = self._request(family, part)
        table = self.tables.of(request)
        if not len(table):
            return self.refuse(family, self._no_way.why(request)), None
        pin = self.pins.of(family.family_id, part)
        bars = [*self._bars(family, table, pin), *(b.bar(table) for b in bounds)]
        allowed = passing(bars, table)
        if not allowed.any():
            return self.refuse(family, most_telling(bars, table)), None
        found = self._attend(family, part, table, allowed, pin=Pin())
        if not len(found.chosen):
            why = (Reason.NO_APPOINTMENT, self._lack(found, table, allowed))
            return self.refuse(family, why), None
        if not pin.rides and not pin.sessions:
            return found, None
        return self._hold(family, found, pin, bars)

    def _bars(self, family: Family, table: Table, pin: Pin) -> list[Bar]:
        programme = self.files.programmes[family.programme]
        row = self._row[family.family_id]
        escorts = self._escorting.seats(family)
        name = programme.programme_id
        bars = [
            self._bar(
                Reason.NO_ROUTE,
                f"no departure is open to programme {name}",
                table.whole(self.tables.open_rides(name)),
                table,
            ),
            self._bar(
                Reason.NO_SPECIAL_PLACE,
                "too few wheelchair or stretcher places for the family",
                table.whole(self._room.has_special_places(row)),
                table,
            ),
            self._bar(
                Reason.SEATS_FULL,
                f"no flight or vehicle seats all {family.persons} of the family",
                table.whole(self._room.fits(row, escorts)),
                table,
            ),
            self._bar(
                Reason.PLACE_FULL,
                f"a place on the way takes fewer than {family.persons} persons",
                table.room(self._scenario, name) >= family.persons,
                table,
            ),
            *self._escorting.bars(family, table),
            *self._papers.bars(family, table),
        ]
        if not programme.overnight_transit:
            fact = f"programme {name} allows no night in transit"
            alone = self._bar(
                Reason.NO_OVERNIGHT_TRANSIT, fact, table.nights == 0, table
            )
            bars.append(alone)
        if pin.forbidden:
            fact = f"the family may not ride {', '.join(sorted(pin.forbidden))}"
            kept = pin.keeps_off(table)
            bars.append(self._bar(Reason.FORBIDDEN, fact, kept, table))
        return bars

    def _bar(self, reason: Reason, fact: str, passes: BoolArray, table: Table) -> Bar:
        return Bar(reason=reason, fact=fact, passes=passes, dates=table.first_on)

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
            return found, self.refuse(family, (Reason.NO_APPOINTMENT, fact))
        within = [_within(bar, holds) for bar in bars]
        reason, fact = most_telling(within, table.only(holds))
        fact = f"pinned to {names}, but {fact}"
        return found, self.refuse(family, (reason, fact))


def _within(bar: Bar, kept: BoolArray) -> Bar:
    return replace(bar, passes=bar.passes[kept], dates=bar.dates[kept])
