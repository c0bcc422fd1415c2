"""Put plans and studies on their queues, in the transaction of the HTTP process."""

from dbos import DBOS, DBOSClient
from sqlalchemy.orm import Session

from movplan_api.jobs.words import (
    APPLICATION,
    RUN_STUDY,
    SOLVE_PLAN,
    SOLVE_QUEUE,
    STUDY_QUEUE,
)
from movplan_api.store import Store


class Queueing:
    """The way to the job engine for those who only hand in work."""

    def __init__(self, store: Store) -> None:
        self.client = DBOSClient(
            system_database_url=store.url_with_password,
            system_database_engine=store.engine,
            application_name=APPLICATION,
            lazy=True,
            retry_connection_errors=False,
        )

    def put(self, session: Session, plan_id: str) -> None:
        """Queue a plan; it is there when the transaction is, or not at all."""
        self._put(session, SOLVE_PLAN, SOLVE_QUEUE, plan_id)

    def put_study(self, session: Session, study_id: str) -> None:
        """Queue a study, likewise."""
        self._put(session, RUN_STUDY, STUDY_QUEUE, study_id)

    def _put(self, session: Session, name: str, queue: str, its_id: str) -> None:
        self.client.enqueue_in_transaction(
            session,
            {"workflow_name": name, "queue_name": queue, "workflow_id": its_id},
            its_id,
        )

    def close(self) -> None:
        """Let go."""
        self.client.destroy()


def prepare_engine_tables(store: Store) -> None:
    """Make the job engine's tables, or bring them up to date."""
    DBOS.migrate(store.url_with_password)
