"""Workspaces and their keys."""

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.ids import new_id
from movplan_api.problems import NotFoundError
from movplan_api.store.pages import Page, id_of, page_of
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

    def workspace(self, workspace_id: str) -> Workspace:
        """The workspace of that id."""
        return self._session.get_one(Workspace, workspace_id)

    def workspaces(self) -> tuple[Workspace, ...]:
        """All of them, the oldest first."""
        return tuple(self._session.scalars(select(Workspace).order_by(Workspace.id)))

    def any_key(self) -> bool:
        """Whether anybody has a way in at all."""
        return self._session.scalar(select(ApiKey.id).limit(1)) is not None


class Keys:
    """The keys of one workspace."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def get(self, key_id: str) -> ApiKey:
        """The key of that id."""
        found = self._session.scalar(self._own().where(ApiKey.id == key_id))
        if found is None:
            raise NotFoundError("NO_SUCH_KEY", "There is no key of that id.")
        return found

    def page(self, *, limit: int, cursor: str | None) -> Page[ApiKey]:
        """Keys, newest first, revoked and expired ones too."""
        query = self._own().order_by(ApiKey.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(ApiKey.id < id_of(cursor))
        rows = self._session.scalars(query).all()
        return page_of(rows, [row.id for row in rows], limit)

    def revoke(self, key_id: str) -> ApiKey:
        """It opens nothing from now on; the first time it was revoked is kept."""
        key = self.get(key_id)
        if key.revoked_at is None:
            key.revoked_at = now()
            self._session.flush()
        return key

    def valid_admins(self) -> int:
        """How many keys may make others, just now."""
        # Writing the workspace's row makes two that revoke at once wait for each other.
        own = update(Workspace).where(Workspace.id == self._workspace_id)
        self._session.execute(own.values(name=Workspace.name))
        query = self._own().where(
            ApiKey.role == Role.ADMIN.value,
            ApiKey.revoked_at.is_(None),
            or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now()),
        )
        return len(self._session.scalars(query).all())

    def _own(self) -> Select[ApiKey]:
        return select(ApiKey).where(ApiKey.workspace_id == self._workspace_id)
