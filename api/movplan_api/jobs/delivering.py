"""The postman of a worker: sends notices that are due, again and again until taken.

What is due stands in the database (``webhook_delivery.next_at``), so nothing is lost
with a worker, and no workflow sleeps for hours. A worker that dies while it sends has
held the delivery for a minute; then another sends it. So a notice may come twice:
receivers know it by its ``webhook-id``.
"""

import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.exc import IntegrityError

from movplan_api.clock import now
from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.store.notices import DeliveryState
from movplan_api.store.outbox import Due, Outbox, Taken
from movplan_api.store.tables import DeliveryAttempt
from movplan_api.vault.sealing import UnopenableError
from movplan_api.webhooks.endpoints import secret_for
from movplan_api.webhooks.secrets import Secrets
from movplan_api.webhooks.sending import Letter, Reply, body_of, send

log = structlog.get_logger()

BACK_OFF_S = (5, 300, 1_800, 7_200, 18_000, 36_000)
_HOLD = timedelta(seconds=60)
_THREADS, _OF_ONE_URL = 16, 4
_LOOK_S, _REST_S = 1.0, 10.0
_GONE = 410


@dataclass(slots=True)
class Postman:
    """Threads that send. ``back_off_s``: pauses between tries; then it is given up."""

    store: Store
    settings: Settings
    back_off_s: tuple[float, ...] = BACK_OFF_S
    _ended: threading.Event = field(default_factory=threading.Event)
    _back: threading.Event = field(default_factory=threading.Event)
    _out: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> threading.Thread:
        """Send from now on."""
        thread = threading.Thread(target=self._go_on, name="postman", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Not any more."""
        self._ended.set()
        self._back.set()

    def _go_on(self) -> None:
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="postman") as pool:
            while not self._ended.is_set():
                try:
                    self._hand_out(pool)
                except Exception:
                    log.exception("looking for notices failed")
                    self._ended.wait(_REST_S)
                self._back.wait(_LOOK_S)
                self._back.clear()

    def _hand_out(self, pool: ThreadPoolExecutor) -> None:
        with self._lock:
            free = _THREADS - self._out.total()
        if free <= 0:
            return
        with self.store.transaction() as session:
            found = Outbox(session).due(most_of_one_url=_OF_ONE_URL, most=free)
        for due in found:
            with self._lock:
                if self._out[due.url] >= _OF_ONE_URL:
                    continue
                self._out[due.url] += 1
            pool.submit(self.deliver, due).add_done_callback(self._is_back(due.url))

    def _is_back(self, url: str) -> "_Done":
        return _Done(self, url)

    def came_back(self, url: str) -> None:
        """A thread is free again."""
        with self._lock:
            self._out[url] -= 1
            if not self._out[url]:
                del self._out[url]
        self._back.set()

    def deliver(self, due: Due) -> None:
        """Send one, unless another has it, and keep how it went."""
        with self.store.transaction() as session:
            taken = Outbox(session).take(due.delivery_id, hold=_HOLD)
        if taken is None:
            return
        reply = self._send(taken)
        state, pause_s = self._what_next(taken.number, reply)
        self.store.patiently(
            lambda session: Outbox(session).note(
                _attempt(taken, reply),
                state,
                next_at=None if pause_s is None else now() + timedelta(seconds=pause_s),
            )
        )
        endpoint_id = taken.delivery.endpoint_id
        if reply.status == _GONE and endpoint_id is not None:
            self.store.patiently(lambda session: Outbox(session).disable(endpoint_id))
        log.info(
            "notice sent",
            delivery_id=due.delivery_id,
            attempt=taken.number,
            status=reply.status,
            state=state.value,
        )

    def _send(self, taken: Taken) -> Reply:
        delivery, notice = taken.delivery, taken.notice
        try:
            secret = self._secret(notice.workspace_id, delivery.endpoint_id)
        except UnopenableError:
            return Reply(now(), 0, error="The signing secret does not open.")
        data = {"id": notice.subject_id, **notice.detail}
        letter = Letter(
            delivery_id=delivery.id,
            url=delivery.url,
            secret=secret,
            body=body_of(notice.kind, notice.at, data),
        )
        allowed = self.settings.webhooks_may_reach_private
        return send(letter, may_reach_private=allowed)

    def _secret(self, workspace_id: str, endpoint_id: str | None) -> str:
        secrets = Secrets.of(self.settings)
        try:
            with self.store.transaction() as session:
                return secret_for(session, secrets, workspace_id, endpoint_id)
        except IntegrityError:
            # Another made the secret of plans' own addresses at the same moment.
            with self.store.transaction() as session:
                return secret_for(session, secrets, workspace_id, endpoint_id)

    def _what_next(
        self, number: int, reply: Reply
    ) -> tuple[DeliveryState, float | None]:
        """The state after a try, and the pause before the next one."""
        if reply.arrived:
            return DeliveryState.ARRIVED, None
        if reply.status == _GONE or number > len(self.back_off_s):
            return DeliveryState.GIVEN_UP, None
        return DeliveryState.WAITING, self.back_off_s[number - 1]


@dataclass(frozen=True, slots=True)
class _Done:
    """Tells the postman that a thread is back, and the log what went wrong in it."""

    postman: Postman
    url: str

    def __call__(self, future: "Future[None]") -> None:
        self.postman.came_back(self.url)
        if (fault := future.exception()) is not None:
            log.error("sending a notice failed", exc_info=fault)


def _attempt(taken: Taken, reply: Reply) -> DeliveryAttempt:
    return DeliveryAttempt(
        delivery_id=taken.delivery.id,
        number=taken.number,
        at=reply.at,
        http_status=reply.status,
        took_ms=reply.took_ms,
        error=reply.error,
    )
