"""The manifest of a departure; the only place where names meet a plan."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from movplan_api.auth.caller import Caller
from movplan_api.contract.views import Names
from movplan_api.problems import NotFoundError
from movplan_api.store.audit import record
from movplan_api.store.identities import Identities, SealedIdentity
from movplan_api.store.plans import Known
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.looking import seen
from movplan_api.views.manifest import (
    escorts_aboard,
    manifest_rows,
    members_aboard,
    riders,
)
from movplan_api.views.seen import Row, Seen
from movplan_api.words import Scope


@dataclass(frozen=True)
class ManifestAsked:
    """A departure of a plan, and the sealed names of those aboard."""

    desk: Desk
    caller: Caller
    known: Known
    seen: Seen
    departure_id: str
    sealed: dict[str, SealedIdentity]

    @property
    def names(self) -> Names:
        """Whether names can be joined."""
        if Scope.NAMES not in self.caller.scopes:
            return Names.NOT_IN_SCOPE
        return Names.VAULT_CLOSED if self.desk.vault.closed else Names.JOINED

    @cached_property
    def tag(self) -> list[str]:
        """What the manifest depends on: each sealing of a name is another one."""
        digest = hashlib.sha256()
        for member_id in sorted(self.sealed):
            digest.update(member_id.encode() + b"\0" + self.sealed[member_id].sealed)
        plan = [self.known.plan.id, self.known.sha256 or ""]
        return [*plan, self.departure_id, self.names, digest.hexdigest()]

    def make(self) -> Row:
        """The manifest. That names were read is noted in the audit log."""
        rides = riders(self.seen, self.departure_id)
        opened = self._opened()
        load = next(
            row
            for row in self.seen.plan["departures"]
            if row["departure_id"] == self.departure_id
        )
        return {
            "plan_id": self.known.plan.id,
            "departure_id": self.departure_id,
            "runs": load["runs"],
            "persons": load["persons"],
            "names": self.names,
            "named": len(opened),
            "items": list(manifest_rows(self.seen, rides, opened)),
            "escorts": escorts_aboard(self.seen, self.departure_id),
        }

    def _opened(self) -> dict[str, Row]:
        if not self.sealed:
            return {}
        workspace_id = self.caller.workspace_id
        opened = {
            member_id: self.desk.vault.open(workspace_id, row).model_dump()
            for member_id, row in self.sealed.items()
        }
        with self.desk.store.transaction() as session:
            detail = {"departure_id": self.departure_id, "count": len(opened)}
            actor, plan_id = self.caller.actor, self.known.plan.id
            record(session, actor, "manifest.names_read", plan_id, detail)
        return opened


def manifest_of(
    desk: Desk, caller: Caller, known: Known, departure_id: str
) -> ManifestAsked:
    """The manifest, not yet made: names are opened only when somebody gets them."""
    found = seen(desk, caller, known)
    if departure_id not in found.departures:
        raise NotFoundError("NO_SUCH_DEPARTURE", f"The plan has no {departure_id!r}.")
    sealed: dict[str, SealedIdentity] = {}
    if Scope.NAMES in caller.scopes and not desk.vault.closed:
        members = members_aboard(found, riders(found, departure_id))
        with desk.store.transaction() as session:
            sealed = Identities(session, caller.workspace_id).of(members)
    return ManifestAsked(desk, caller, known, found, departure_id, sealed)
