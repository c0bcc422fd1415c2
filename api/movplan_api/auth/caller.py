"""Who is calling: known by a key, with a role and scopes in one workspace."""

from dataclasses import dataclass

from movplan_api.auth.keys import secret_fits, split_key
from movplan_api.clock import now
from movplan_api.problems import ForbiddenError, UnauthorisedError
from movplan_api.store import Store
from movplan_api.store.access import Access
from movplan_api.store.audit import Actor
from movplan_api.store.tables import ApiKey
from movplan_api.words import Role, Scope

# Compared with when there is no such key, so that both answers take as long.
_NOBODY = "0" * 64


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of a valid key."""

    workspace_id: str
    key_id: str
    role: Role
    scopes: frozenset[Scope]
    request_id: str | None = None

    @property
    def actor(self) -> Actor:
        """As the audit log names them."""
        return Actor(self.workspace_id, self.key_id, self.request_id)

    def must_be(self, role: Role) -> None:
        """Refuse unless the role reaches."""
        if not self.role.covers(role):
            words = f"This needs a key with the role {role}; yours is {self.role}."
            raise ForbiddenError("ROLE_TOO_LOW", words)

    def must_see(self, scope: Scope) -> None:
        """Refuse unless the key has the scope."""
        if scope not in self.scopes:
            words = f"This needs a key with the scope {scope}."
            raise ForbiddenError("SCOPE_MISSING", words)


def caller_of(store: Store, key_text: str | None, request_id: str | None) -> Caller:
    """The caller who shows this key; unknown, revoked and expired are refused alike."""
    parts = None if key_text is None else split_key(key_text)
    if parts is None:
        raise _refusal()
    with store.transaction() as session:
        key = Access(session).key(parts[0])
    fits = secret_fits(parts[1], _NOBODY if key is None else key.secret_sha256)
    if key is None or not fits or not _valid(key):
        raise _refusal()
    scopes = frozenset(Scope(word) for word in key.scopes)
    return Caller(key.workspace_id, key.id, Role(key.role), scopes, request_id)


def _valid(key: ApiKey) -> bool:
    if key.revoked_at is not None:
        return False
    return key.expires_at is None or key.expires_at > now()


def _refusal() -> UnauthorisedError:
    words = "Send a valid key: Authorization: Bearer mvp..."
    headers = {"WWW-Authenticate": "Bearer"}
    return UnauthorisedError("NO_VALID_KEY", words, headers=headers)
