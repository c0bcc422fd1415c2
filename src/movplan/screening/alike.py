"""Rules that read so little of a family that many families read the same to them."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Protocol

from movplan.domain.aside import counting_overrides
from movplan.domain.people import Family
from movplan.screening.bars import Bar
from movplan.screening.shared import Shared
from movplan.screening.table import Table


class Barring(Protocol):
    """A rule of screening."""

    def bars(self, family: Family, table: Table, /) -> Iterable[Bar]:
        """What keeps the family off some of the itineraries."""


class Alike:
    """Asks rules once for all families that are alike on a table.

    Alike are those of one programme and destination, on the same manifests, and of one
    size if the rules are ``by_size``. A family that some override names is like no
    other.
    """

    def __init__(
        self,
        shared: Shared,
        rules: Sequence[Callable[[Shared], Barring]],
        *,
        by_size: bool = False,
    ) -> None:
        self._rules = tuple(rule(shared) for rule in rules)
        self._by_size = by_size
        self._listed = shared.listed
        self._named = {row.scope for row in counting_overrides(shared.scenario)}
        self._known: dict[tuple[Hashable, ...], tuple[Bar, ...]] = {}

    def bars(self, family: Family, table: Table) -> Iterable[Bar]:
        """The bars of all the rules."""
        name = family.family_id
        trip = (family.programme, family.destination)
        size = family.persons if self._by_size else 0
        own = name if name in self._named else None
        key = (id(table), *trip, size, self._listed.get(name), own)
        if key not in self._known:
            found = (bar for rule in self._rules for bar in rule.bars(family, table))
            self._known[key] = tuple(found)
        return self._known[key]
