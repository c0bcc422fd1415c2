"""Scenarios of one workspace."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, undefer

from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.problems import NotFoundError
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.tables import StoredScenario


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """A scenario read and found good, not yet stored. ``document`` is canonical."""

    name: str
    digest: str
    families: int
    persons: int
    document: str
    warnings: tuple[dict[str, Any], ...] = ()
    set_aside: tuple[dict[str, Any], ...] = ()
    aside_sha256: str = ""
    changes: tuple[dict[str, Any], ...] = field(default=())


class Scenarios:
    """The scenarios a workspace has. Every look-up names the workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def keep(
        self,
        draft: ScenarioDraft,
        *,
        by: str | None = None,
        parent_id: str | None = None,
    ) -> StoredScenario:
        """Store it as the next version of its name, unless it is stored already."""
        known = self.same(draft)
        if known is not None:
            return known
        stored = StoredScenario(
            id=new_id("scn"),
            workspace_id=self._workspace_id,
            name=draft.name,
            version=self._next_version(draft.name),
            parent_id=parent_id,
            digest=draft.digest,
            aside_sha256=draft.aside_sha256,
            families=draft.families,
            persons=draft.persons,
            warnings=list(draft.warnings),
            set_aside=list(draft.set_aside),
            changes=list(draft.changes),
            created_at=now(),
            created_by=by,
            document=draft.document,
        )
        self._session.add(stored)
        self._session.flush()
        return stored

    def get(self, scenario_id: str) -> StoredScenario:
        """The scenario of that id, without its document."""
        found = self._session.scalar(
            self._own().where(StoredScenario.id == scenario_id)
        )
        return _found(found, scenario_id)

    def with_document(self, scenario_id: str) -> StoredScenario:
        """The same with its document."""
        query = self._own().where(StoredScenario.id == scenario_id)
        found = self._session.scalar(query.options(undefer(StoredScenario.document)))
        return _found(found, scenario_id)

    def page(
        self, *, limit: int, cursor: str | None = None, name: str | None = None
    ) -> Page[StoredScenario]:
        """Scenarios, newest first; of one name: its versions."""
        query = self._own().order_by(StoredScenario.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(StoredScenario.id < id_of(cursor))
        if name is not None:
            query = query.where(StoredScenario.name == name)
        rows = self._session.scalars(query).all()
        return page_of(rows, [row.id for row in rows], limit)

    def _own(self) -> Select[StoredScenario]:
        return select(StoredScenario).where(
            StoredScenario.workspace_id == self._workspace_id
        )

    def same(self, draft: ScenarioDraft) -> StoredScenario | None:
        """The stored one with the same content, if there is one."""
        query = self._own().where(
            StoredScenario.digest == draft.digest,
            StoredScenario.aside_sha256 == draft.aside_sha256,
        )
        return self._session.scalar(query)

    def _next_version(self, name: str) -> int:
        latest = select(func.max(StoredScenario.version)).where(
            StoredScenario.workspace_id == self._workspace_id,
            StoredScenario.name == name,
        )
        return (self._session.scalar(latest) or 0) + 1


def _found(row: StoredScenario | None, scenario_id: str) -> StoredScenario:
    if row is None:
        raise NotFoundError(
            "NO_SUCH_SCENARIO", f"There is no scenario {scenario_id!r}."
        )
    return row
