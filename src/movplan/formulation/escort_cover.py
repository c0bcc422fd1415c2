"""Rows that ask for escorts: per departure segment, role, share, wish and number."""

from collections.abc import Iterator

from movplan.domain.words import EscortRole, EscortShare
from movplan.formulation.context import Context
from movplan.formulation.rowbook import RowName
from movplan.network.itinerary import Ride
from movplan.screening.escort_need import EscortKind

Key = tuple[EscortRole, EscortShare, str, int]


class Cover:
    """Rows asking for escorts: per departure segment, role, share and wish."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.needs: dict[Key, set[EscortKind]] = {}
        self.together: dict[Key, set[str]] = {}
        self.numbers = _numbers(context)

    def rows(self, need: EscortKind, ride: Ride) -> Iterator[int]:
        """Rows a patient counts in on a ride: everybody's, and that of its own wish."""
        for segment in range(ride.board, ride.alight):
            key = (need.role, need.share, ride.departure_id, segment)
            self.needs.setdefault(key, set()).add(need)
            for limit in self.limits(need.role, need.share, need.at_a_time):
                yield self._context.rows.row(cover_name(need, key, limit, wish=False))
                if need.wished:
                    row = cover_name(need, key, limit, wish=True)
                    yield self._context.rows.row(row)

    def limits(
        self, role: EscortRole, share: EscortShare, at_a_time: int
    ) -> Iterator[int | None]:
        """Numbers at a time, from one up, that have a row; ``None``: everybody's."""
        yield None
        if share is EscortShare.SHARED:
            yield from (n for n in self.numbers[role][:-1] if n >= at_a_time)

    def together_rows(self, need: EscortKind, ride: Ride, unit: int) -> Iterator[int]:
        """Rows that ask for several shared escorts at once, for one family."""
        for segment in range(ride.board, ride.alight):
            key = (need.role, need.share, ride.departure_id, segment)
            self.together.setdefault(key, set()).add(str(unit))
            yield self._context.rows.row(together_name(key, str(unit)))


def _numbers(context: Context) -> dict[EscortRole, list[int]]:
    """How many at a time some patient's shared escort of a role may have, in order."""
    kinds = {
        need.kind for part in context.parts for needs in part.needs for need in needs
    }
    found: dict[EscortRole, set[int]] = {role: set() for role in EscortRole}
    for kind in kinds:
        if kind.share is EscortShare.SHARED:
            found[kind.role].add(kind.at_a_time)
    return {role: sorted(numbers) for role, numbers in found.items()}


def cover_name(need: EscortKind, key: Key, limit: int | None, *, wish: bool) -> RowName:
    """Name of a cover row; with ``wish``, of those asking for the same.

    With a ``limit``, of those whose escort may have no more than so many at a time.
    """
    role, share, departure_id, segment = key
    detail = f"{role.value}/{share.value}/{segment}"
    if wish:
        detail += f"/{need.sex or ''}/{need.language or ''}/{'+'.join(need.skills)}"
    if limit is not None:
        detail += f"/at most {limit}"
    return RowName("escort_cover", departure_id, detail)


def together_name(key: Key, unit: str) -> RowName:
    """Name of the row that asks for several escorts of a kind at once."""
    role, share, departure_id, segment = key
    detail = f"{role.value}/{share.value}/{segment}/together/{unit}"
    return RowName("escort_cover", departure_id, detail)
