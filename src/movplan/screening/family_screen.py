"""Screening of one family: its tables, bars, options, pins; what is left or why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.words import Part, Reason, Trip
from movplan.network import Network, Request
from movplan.screening.airline import Airlines
from movplan.screening.appointments import Appointments, Attendance
from movplan.screening.arrivals import ArrivalNotice, LateArrival
from movplan.screening.bars import Bar, Bound, Why, most_telling, passing
from movplan.screening.best_interests import BestInterests
from movplan.screening.escorting import Escorting
from movplan.screening.fitness_between import FitnessBetween
from movplan.screening.help_aboard import HelpAboard
from movplan.screening.limits import PlaceLimits
from movplan.screening.loads import family_loads, is_stretcher, is_wheelchair
from movplan.screening.manifests import ManifestsClosed
from movplan.screening.needs import Needs
from movplan.screening.newborn import Newborns
from movplan.screening.nights import OvernightTransit, Stays
from movplan.screening.no_way import NoWay
from movplan.screening.openings import Openings
from movplan.screening.papers import Papers
from movplan.screening.pins import Pin, Pins
from movplan.screening.pregnancy import Pregnancies
from movplan.screening.result import BoolArray, IntArray, Refusal, Window
from movplan.screening.room import Room
from movplan.screening.shared import Shared, share
from movplan.screening.standing import Standing
from movplan.screening.table import Table
from movplan.screening.tables import Tables
from movplan.screening.windows import Bounds, closed_window, window


class Barring(Protocol):
    """A rule of screening."""

    def bars(self, family: Family, table: Table, /) -> Iterator[Bar]:
        """What keeps the family off some of the itineraries."""


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


RULES: tuple[Callable[[Shared], Barring], ...] = (
    PlaceLimits,
    Openings,
    Newborns,
    BestInterests,
    Airlines,
    Pregnancies,
    HelpAboard,
    FitnessBetween,
    Papers,
    ArrivalNotice,
    LateArrival,
    ManifestsClosed,
    OvernightTransit,
    Stays,
)
"""Rules that keep a family off itineraries, one class each."""


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
        self.pins = Pins(() if "pins" in without else scenario.assignments)
        self.tables = Tables(network)
        self._without = without
        self._standing = Standing(scenario, self.files)
        self._bounds = Bounds(scenario, self.files)
        self._room = Room(scenario, network, self.loads)
        self._escorting = Escorting(shared)
        self._rules = tuple(rule(shared) for rule in RULES)
        self._appointments = Appointments(
            scenario, self.files, network, self.loads, without=without
        )
        self._no_way = NoWay(scenario, network)
        self._open_to_all = Aside(scenario, "open_to_programme")

    def screen(self, family: Family) -> FamilyFound:
        """The family's eligible itineraries per part, or why it has none."""
        dates = window(self._kept_bounds(family, Part.OUTBOUND))
        why = self._standing.why(family, without=self._without)
        if why is not None:
            return FamilyFound(dates, refusal=self.refuse(family, why))
        parts, conflicts = [], []
        for part in self._parts(family):
            found, conflict = self._screen_part(family, part)
            if isinstance(found, Refusal):
                return FamilyFound(dates, refusal=found)
            parts.append(found)
            conflicts.extend([conflict] if conflict else [])
        return FamilyFound(dates, tuple(parts), pin_conflicts=tuple(conflicts))

    def binding_alone(self, family: Family) -> set[str]:
        """Rules that keep the family off something every other rule lets it take."""
        standing = self._standing.rules(family)
        if len(standing) > 1:
            return set()
        found = [rule for p in self._parts(family) for rule in self._alone(family, p)]
        if standing:
            # the one rule that refuses it binds, if the family had a way otherwise
            return standing if "" in found else set()
        return set(found) - {""}

    def _alone(self, family: Family, part: Part) -> set[str]:
        """The rules that alone forbid some itinerary; "": some is allowed."""
        table = self.tables.of(self._request(family, part))
        if not len(table):
            return set()
        pin = self.pins.of(family.family_id, part)
        bounds = (b for b in self._bounds.of(family, part) if b.bites(table))
        bars = [*self._bars(family, table, pin), *(b.bar(table) for b in bounds)]
        forbids: dict[str, BoolArray] = {}
        for bar in bars:
            none = np.zeros(len(table), dtype=np.bool_)
            forbids[bar.rule] = forbids.get(bar.rule, none) | ~bar.passes
        count = sum(forbids.values(), np.zeros(len(table), dtype=np.int64))
        nearly = count <= 1
        found = self._attend(family, part, table, nearly, pin=Pin())
        possible = np.zeros(len(table), dtype=np.bool_)
        possible[found.chosen] = True
        alone = {r for r, no in forbids.items() if r and (no & nearly & possible).any()}
        if ((count == 0) & ~possible).any():
            alone.add(found.attendance.rule)
        return alone | ({""} if ((count == 0) & possible).any() else set())

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
        self, family: Family, part: Part
    ) -> tuple[PartFound | Refusal, Refusal | None]:
        bounds = self._kept_bounds(family, part)
        closed = closed_window(bounds)
        if closed is not None:
            return self.refuse(family, closed), None
        request = self._request(family, part)
        table = self.tables.of(request)
        if not len(table):
            return self.refuse(family, self._no_way.why(request)), None
        pin = self.pins.of(family.family_id, part)
        bars = self._all_bars(family, table, pin, bounds)
        allowed = passing(bars, table)
        if not allowed.any():
            return self.refuse(family, most_telling(bars, table)), None
        found = self._attend(family, part, table, allowed, pin=Pin())
        if not len(found.chosen):
            fact = self._lack(found, table, allowed)
            rule = found.attendance.rule
            stays = rule == "stay_limit"
            reason = Reason.STAY_TOO_LONG if stays else Reason.NO_APPOINTMENT
            why = Why(reason, fact, rule)
            return self.refuse(family, why), None
        if not pin.rides and not pin.sessions:
            return found, None
        return self._hold(family, found, pin, bars)

    def barred(self, family: Family, part: Part) -> tuple[Table, list[Bar]]:
        """All ways of a family, and what may keep it off some of them."""
        table = self.tables.of(self._request(family, part))
        pin = self.pins.of(family.family_id, part)
        bounds = self._kept_bounds(family, part)
        return table, self._all_bars(family, table, pin, bounds)

    def _all_bars(
        self, family: Family, table: Table, pin: Pin, bounds: list[Bound]
    ) -> list[Bar]:
        bars = self._bars(family, table, pin)
        kept = [bar for bar in bars if bar.rule not in self._without]
        return [*kept, *(bound.bar(table) for bound in bounds)]

    def _kept_bounds(self, family: Family, part: Part) -> list[Bound]:
        """The bounds of the rules that are there; the horizon is no rule."""
        bounds = self._bounds.of(family, part)
        return [bound for bound in bounds if bound.rule not in self._without]

    def _bars(self, family: Family, table: Table, pin: Pin) -> Iterator[Bar]:
        name = family.programme
        if not self._open_to_all.family(family):
            yield self._bar(
                Reason.NO_ROUTE,
                f"no departure is open to programme {name}",
                table.whole(self.tables.open_rides(name)),
                table,
                "open_to_programme",
            )
        escorts = self._escorting.seats(family, table)
        yield from self._room.bars(family, table, escorts)
        yield from self._escorting.bars(family, table)
        for rule in self._rules:
            yield from rule.bars(family, table)
        if pin.forbidden:
            fact = f"the family may not ride {', '.join(sorted(pin.forbidden))}"
            kept = pin.keeps_off(table)
            yield self._bar(Reason.FORBIDDEN, fact, kept, table, "pins")

    def _bar(
        self, reason: Reason, fact: str, passes: BoolArray, table: Table, rule: str
    ) -> Bar:
        return Bar(reason, fact, passes, dates=table.first_on, rule=rule)

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
