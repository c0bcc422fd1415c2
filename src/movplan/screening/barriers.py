"""What may keep a family off its ways: every rule of screening, bounds and pins."""

from collections.abc import Callable, Iterator

from movplan.domain.people import Family
from movplan.domain.words import Part, Reason
from movplan.screening.airline import Airlines
from movplan.screening.alike import Alike, Barring
from movplan.screening.arrivals import ArrivalNotice, LateArrival
from movplan.screening.bars import Bar, Bound
from movplan.screening.best_interests import BestInterests
from movplan.screening.escorting import Escorting
from movplan.screening.fitness_between import FitnessBetween
from movplan.screening.flight_size import FlightSize
from movplan.screening.help_aboard import HelpAboard
from movplan.screening.limits import PlaceLimits
from movplan.screening.manifests import ManifestsClosed
from movplan.screening.newborn import Newborns
from movplan.screening.nights import OvernightTransit, Stays
from movplan.screening.open_to import OpenTo
from movplan.screening.openings import Openings
from movplan.screening.papers import ORDER, VALIDITY, Papers
from movplan.screening.pins import Pin
from movplan.screening.pregnancy import Pregnancies
from movplan.screening.room import Room
from movplan.screening.shared import Shared
from movplan.screening.table import Table
from movplan.screening.windows import Bounds

Rule = Callable[[Shared], Barring]

OF_SIZE: tuple[Rule, ...] = (PlaceLimits, FlightSize)
OF_MEMBERS: tuple[Rule, ...] = (
    Newborns,
    BestInterests,
    Airlines,
    Pregnancies,
    HelpAboard,
    FitnessBetween,
    Papers,
)
OF_WAYS: tuple[Rule, ...] = (
    ArrivalNotice,
    LateArrival,
    ManifestsClosed,
    OvernightTransit,
    Stays,
)
"""Rules that keep a family off itineraries, one class each."""


class Barriers:
    """Finds the bars of families on tables; the rules in ``without`` are not there."""

    def __init__(
        self,
        shared: Shared,
        room: Room,
        escorting: Escorting,
        without: frozenset[str],
    ) -> None:
        self._without = without
        self._room, self._escorting = room, escorting
        self._bounds = Bounds(shared.scenario, shared.files)
        self._open_to = Alike(shared, (OpenTo,))
        self._rules = (
            Alike(shared, OF_SIZE, by_size=True),
            Alike(shared, (Openings,)),
            *(rule(shared) for rule in OF_MEMBERS),
            Alike(shared, OF_WAYS),
        )

    def bounds(self, family: Family, part: Part) -> list[Bound]:
        """The bounds of the rules that are there; the horizon is no rule."""
        bounds = self._bounds.of(family, part)
        return [bound for bound in bounds if bound.rule not in self._without]

    def bars(
        self, family: Family, table: Table, pin: Pin, bounds: list[Bound]
    ) -> list[Bar]:
        """What may keep a family off some of a table's ways, bounds last."""
        bars = self._of_rules(family, table, pin)
        kept = [bar for bar in bars if bar.rule not in self._without]
        # Bounds of documents bar nothing that ``Papers`` does not: one bar, not two.
        own = [bound for bound in bounds if bound.rule not in (VALIDITY, ORDER)]
        return [*kept, *(bound.bar(table) for bound in own if bound.bites(table))]

    def _of_rules(self, family: Family, table: Table, pin: Pin) -> Iterator[Bar]:
        yield from self._open_to.bars(family, table)
        escorts = self._escorting.seats(family, table)
        yield from self._room.bars(family, table, escorts)
        yield from self._escorting.bars(family, table)
        for rule in self._rules:
            yield from rule.bars(family, table)
        if pin.forbidden:
            fact = f"the family may not ride {', '.join(sorted(pin.forbidden))}"
            kept = pin.keeps_off(table)
            yield Bar(Reason.FORBIDDEN, fact, kept, table.first_on, rule="pins")
