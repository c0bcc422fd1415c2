"""Workspaces and their keys."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.store.tables import ApiKey, Workspace
from movplan_api.words import Role, Scope


class Access:
    """Who has a way in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def workspace_named(self, name: str) -> Workspace | None:
        """The workspace of that name."""
        return self._session.scalar(select(Workspace).where(Workspace.name == name))

    def add_workspace(
        self, name: str, *, retention_days: int | None = None
    ) -> Workspace:
        """A new workspace."""
        workspace = Workspace(
            id=new_id("wsp"),
            name=name,
            retention_days=retention_days,
            created_at=now(),
        )
        self._session.add(workspace)
        self._session.flush()
        return workspace

    def add_key(
        self,
        workspace: Workspace,
        *,
        key_id: str,
        secret_sha256: str,
        name: str,
        role: Role,
        scopes: tuple[Scope, ...] = (),
    ) -> ApiKey:
        """A new key of a workspace; its secret is known to its holder alone."""
        key = ApiKey(
            id=key_id,
            workspace_id=workspace.id,
            name=name,
            role=role.value,
            scopes=[scope.value for scope in scopes],
            secret_sha256=secret_sha256,
            created_at=now(),
        )
        self._session.add(key)
        self._session.flush()
        return key

    def key(self, key_id: str) -> ApiKey | None:
        """The key of that id, revoked and expired ones too."""
        return self._session.get(ApiKey, key_id)

    def any_key(self) -> bool:
        """Whether anybody has a way in at all."""
        return self._session.scalar(select(ApiKey.id).limit(1)) is not None
