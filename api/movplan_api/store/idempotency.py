"""The same request under the same key is done once."""

from sqlalchemy.orm import Session

from movplan_api.clock import now
from movplan_api.problems import InvalidError
from movplan_api.store.tables import IdempotencyKey


class IdempotencyKeys:
    """What callers of one workspace called their requests."""

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session, self._workspace_id = session, workspace_id

    def plan_of(self, key: str, request_sha256: str) -> str | None:
        """The plan made under that key; refuses another request under the same key."""
        found = self._same(key, request_sha256)
        return None if found is None else found.plan_id

    def study_of(self, key: str, request_sha256: str) -> str | None:
        """The study made under that key; refuses another request likewise."""
        found = self._same(key, request_sha256)
        return None if found is None else found.study_id

    def keep(
        self,
        key: str,
        request_sha256: str,
        *,
        plan_id: str | None = None,
        study_id: str | None = None,
    ) -> None:
        """Remember; raises ``IntegrityError`` if somebody was faster."""
        self._session.add(
            IdempotencyKey(
                workspace_id=self._workspace_id,
                key=key,
                request_sha256=request_sha256,
                plan_id=plan_id,
                study_id=study_id,
                created_at=now(),
            )
        )
        self._session.flush()

    def _same(self, key: str, request_sha256: str) -> IdempotencyKey | None:
        found = self._session.get(IdempotencyKey, (self._workspace_id, key))
        if found is not None and found.request_sha256 != request_sha256:
            words = "This Idempotency-Key was used for another request."
            raise InvalidError("KEY_REUSED", words)
        return found
