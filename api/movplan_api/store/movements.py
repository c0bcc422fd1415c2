"""What happened on the ground, of one workspace. Events are only ever added."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.store.pages import Page, id_of, page_of
from movplan_api.store.tables import MovementEvent


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as it was told. ``detail`` names the plan, a member, a date."""

    kind: str
    happened_at: datetime
    family_id: str | None
    departure_id: str | None
    detail: dict[str, Any] = field(default_factory=dict)


class Movements:
    """The events of a workspace. Every look-up names the workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def keep(self, draft: EventDraft, *, by: str | None) -> tuple[MovementEvent, bool]:
        """The event, and whether it is new: told twice, it is kept once."""
        known = self._same(draft)
        if known is not None:
            return known, False
        event = MovementEvent(
            id=new_id("evt"),
            workspace_id=self._workspace_id,
            kind=draft.kind,
            happened_at=draft.happened_at,
            recorded_at=now(),
            recorded_by=by,
            family_id=draft.family_id,
            departure_id=draft.departure_id,
            detail=draft.detail,
        )
        self._session.add(event)
        self._session.flush()
        return event, True

    def since(self, moment: datetime) -> tuple[MovementEvent, ...]:
        """Everything recorded after a moment, in the order in which it happened."""
        query = (
            self._own()
            .where(MovementEvent.recorded_at > moment)
            .order_by(MovementEvent.happened_at, MovementEvent.id)
        )
        return tuple(self._session.scalars(query))

    def page(
        self,
        *,
        limit: int,
        cursor: str | None = None,
        family_id: str | None = None,
        departure_id: str | None = None,
    ) -> Page[MovementEvent]:
        """Events, newest first."""
        query = self._own().order_by(MovementEvent.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(MovementEvent.id < id_of(cursor))
        if family_id is not None:
            query = query.where(MovementEvent.family_id == family_id)
        if departure_id is not None:
            query = query.where(MovementEvent.departure_id == departure_id)
        rows = self._session.scalars(query).all()
        return page_of(rows, [row.id for row in rows], limit)

    def _same(self, draft: EventDraft) -> MovementEvent | None:
        query = self._own().where(
            MovementEvent.kind == draft.kind,
            MovementEvent.happened_at == draft.happened_at,
            _is(MovementEvent.family_id, draft.family_id),
            _is(MovementEvent.departure_id, draft.departure_id),
        )
        found = self._session.scalars(query)
        return next((row for row in found if row.detail == draft.detail), None)

    def _own(self) -> Select[MovementEvent]:
        return select(MovementEvent).where(
            MovementEvent.workspace_id == self._workspace_id
        )


def _is(column: Any, value: str | None) -> Any:  # noqa: ANN401
    return column.is_(None) if value is None else column == value
