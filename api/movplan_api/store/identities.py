"""Sealed names of one workspace. Nothing here can open them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Insert, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.tables import Identity

T = TypeVar("T")

# SQLite takes 32,766 values in a statement; rows have five.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """A member's sealed name."""

    member_id: str
    key_number: int
    sealed: bytes


class Identities:
    """The names a workspace has. Every look-up names the workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def put(self, rows: Iterable[SealedIdentity]) -> int:
        """Keep them; a member known already gets the new name."""
        at, kept = now(), 0
        for some in _some_at_once(rows):
            values = [
                {
                    "workspace_id": self._workspace_id,
                    "member_id": row.member_id,
                    "key_number": row.key_number,
                    "sealed": row.sealed,
                    "stored_at": at,
                }
                for row in some
            ]
            self._session.execute(self._upsert(), values)
            kept += len(values)
        return kept

    def of(self, member_ids: Sequence[str]) -> dict[str, SealedIdentity]:
        """The sealed names of these members, as far as there are any."""
        found: dict[str, SealedIdentity] = {}
        for some in _some_at_once(member_ids):
            rows = self._session.scalars(
                select(Identity)
                .where(Identity.workspace_id == self._workspace_id)
                .where(Identity.member_id.in_(some))
            )
            found.update((row.member_id, _sealed(row)) for row in rows)
        return found

    def sealed_before(self, key_number: int) -> Iterator[SealedIdentity]:
        """Those sealed with an older key."""
        rows = self._session.scalars(
            select(Identity)
            .where(Identity.workspace_id == self._workspace_id)
            .where(Identity.key_number < key_number)
        )
        return (_sealed(row) for row in rows.all())

    def page(self, *, limit: int, cursor: str | None = None) -> Page[Identity]:
        """Members with names, by id."""
        query = (
            select(Identity)
            .where(Identity.workspace_id == self._workspace_id)
            .order_by(Identity.member_id)
            .limit(limit + 1)
        )
        if cursor is not None:
            query = query.where(Identity.member_id > id_of(cursor))
        rows = self._session.scalars(query).all()
        return page_of(rows, [row.member_id for row in rows], limit)

    def count(self) -> int:
        """How many members have names."""
        query = select(func.count()).where(Identity.workspace_id == self._workspace_id)
        return self._session.scalar(query) or 0

    def purge(self, member_id: str | None = None) -> int:
        """Forget one member's name, or all names; says how many went."""
        query = delete(Identity).where(Identity.workspace_id == self._workspace_id)
        if member_id is not None:
            query = query.where(Identity.member_id == member_id)
        gone = self._session.execute(query.returning(Identity.member_id)).all()
        return len(gone)

    def _upsert(self) -> Insert:
        name = self._session.get_bind().dialect.name
        insert: Any = (sqlite if name == "sqlite" else postgresql).insert(Identity)
        new = insert.excluded
        upsert: Insert = insert.on_conflict_do_update(
            index_elements=["workspace_id", "member_id"],
            set_={
                "key_number": new.key_number,
                "sealed": new.sealed,
                "stored_at": new.stored_at,
            },
        )
        return upsert


def _sealed(row: Identity) -> SealedIdentity:
    return SealedIdentity(row.member_id, row.key_number, row.sealed)


def _some_at_once(rows: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """The rows in portions that one statement can carry."""
    rest = iter(rows)
    while some := tuple(islice(rest, _AT_ONCE)):
        yield some
