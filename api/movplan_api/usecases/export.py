"""Everything of a workspace as one zip, made while it is sent."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from movplan_api.auth.caller import Caller
from movplan_api.auth.medical import masked
from movplan_api.clock import now
from movplan_api.store.audit import record
from movplan_api.store.everything import LINES, Everything, Row
from movplan_api.store.identities import Identities
from movplan_api.store.tables import StoredPlan, StoredScenario
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.looking import document_of
from movplan_api.views import gently
from movplan_api.views.table import as_csv
from movplan_api.words import Role, Scope

T = TypeVar("T")

_NAMES = ("member_id", "name", "document_number", "phone")
_AT_ONCE = 2_000


def export(desk: Desk, caller: Caller) -> Iterator[bytes]:
    """The zip, piece by piece. Refused before the first piece, never after it.

    Without ``medical`` health is a hold and a date, and what the solver printed stays
    behind; without ``names`` so do the names. Secrets never go out.
    """
    caller.must_be(Role.ADMIN)
    with desk.store.transaction() as session:
        detail = {"scopes": sorted(scope.value for scope in caller.scopes)}
        actor, subject = caller.actor, caller.workspace_id
        record(session, actor, "workspace.exported", subject, detail)
    return _Export(desk, caller).pieces()


@dataclass(slots=True)
class _Sink:
    """Where the zip is written to, and taken from at once."""

    parts: list[bytes] = field(default_factory=list)

    def write(self, part: bytes, /) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        taken = b"".join(self.parts)
        self.parts.clear()
        return taken


@dataclass(frozen=True, slots=True)
class _Export:
    desk: Desk
    caller: Caller

    def pieces(self) -> Iterator[bytes]:
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self._files():
                archive.writestr(name, text)
                yield sink.take()
        yield sink.take()

    def _files(self) -> Iterator[tuple[str, str]]:
        yield "about.json", self._about()
        for name, table in LINES.items():
            yield f"{name}.jsonl", self._lines(table)
        for scenario_id in self._read(lambda all_: all_.ids(StoredScenario)):
            yield from self._scenario(scenario_id)
        for plan_id in self._read(lambda all_: all_.ids(StoredPlan)):
            yield from self._plan(plan_id)
        if Scope.NAMES in self.caller.scopes and not self.desk.vault.closed:
            yield "identities.csv", as_csv(list(self._names()), _NAMES)

    def _about(self) -> str:
        closed = self.desk.vault.closed
        said = {
            "workspace_id": self.caller.workspace_id,
            "at": now().isoformat(),
            "health": Scope.MEDICAL in self.caller.scopes,
            "names": Scope.NAMES in self.caller.scopes and not closed,
        }
        return json.dumps(said)

    def _lines(self, table: type[Any]) -> str:
        def read(all_: Everything) -> str:
            rows = (self._shown(row) for row in all_.lines(table))
            return "".join(f"{json.dumps(row, default=str)}\n" for row in rows)

        return self._read(read)

    def _scenario(self, scenario_id: str) -> Iterator[tuple[str, str]]:
        text = self._read(lambda all_: all_.scenario_text(scenario_id))
        if text is not None:
            yield f"scenarios/{scenario_id}.json", self._hidden(text)

    def _plan(self, plan_id: str) -> Iterator[tuple[str, str]]:
        found = self._read(lambda all_: all_.plan_texts(plan_id))
        if found is None:
            return
        yield f"plans/{plan_id}/plan.json", self._hidden(found.document)
        yield f"plans/{plan_id}/run.json", self._hidden(found.run)
        if Scope.MEDICAL in self.caller.scopes:
            yield f"plans/{plan_id}/solver.log", found.log

    def _names(self) -> Iterator[Row]:
        workspace_id = self.caller.workspace_id
        member_ids = self._read(lambda all_: all_.member_ids())
        for at in range(0, len(member_ids), _AT_ONCE):
            with self.desk.store.transaction() as session:
                some = member_ids[at : at + _AT_ONCE]
                sealed = Identities(session, workspace_id).of(some)
            for row in sealed.values():
                yield self.desk.vault.open(workspace_id, row).model_dump()

    def _shown(self, row: Row) -> Row:
        shown: Row = masked(row, self.caller.scopes)
        return shown

    def _hidden(self, text: str) -> str:
        if Scope.MEDICAL in self.caller.scopes:
            return text
        return gently.dumps(document_of(text, self.caller.scopes)).decode()

    def _read(self, look: Callable[[Everything], T]) -> T:
        """Each look is a transaction of its own: an export may take long."""
        with self.desk.store.transaction() as session:
            return look(Everything(session, self.caller.workspace_id))
