"""Listen to a solver process: store how far it is, and pass on that it shall stop."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from movplan_api.jobs.outcomes import found_in
from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import LAST, Kind, Message
from movplan_api.solving.process import SolverProcess
from movplan_api.store import Store
from movplan_api.store.attempts import Attempt, Attempts

Stream = Callable[[dict[str, Any]], None]

# How often the plan's row is asked whether to stop, and how often progress is written.
LOOK_S = 0.5
# How often the time searched is written: so much a run that dies may search twice.
SPENT_S = 5.0


@dataclass(slots=True)
class Listener:
    """Follows one run. ``grace_s``: how long it may take to end once asked to.

    ``spent_s``: how long the runs before it have searched.
    """

    store: Store
    attempt: Attempt
    errand: Errand
    process: SolverProcess
    stream: Stream
    grace_s: float
    spent_s: float = 0.0
    _began_at: float = field(default_factory=time.monotonic)
    _spent_at: float = field(default_factory=time.monotonic)
    _asked_at: float | None = None
    _looked_at: float = 0.0
    _told_at: float = 0.0
    _told: tuple[object, object] | None = field(default=None)

    def last_word(self) -> Message | None:
        """How it ended; ``None``: it did not end in time, but a checked plan is kept.

        Raises ``SupersededError`` when another run has taken over.
        """
        while True:
            message = self.process.next_message(LOOK_S / 2)
            if message is not None and message.kind in LAST:
                return message
            if message is not None:
                self._note(message)
            self._look()
            if self._overdue() and self._kept_any():
                return None

    def _note(self, message: Message) -> None:
        if message.kind is Kind.INCUMBENT:
            self._keep(message)
        elif self._worth_telling(message):
            self.store.patiently(
                lambda s: Attempts(s).note_progress(self.attempt, message.body)
            )
            self.stream({"attempt": self.attempt.number, **message.body})

    def _keep(self, message: Message) -> None:
        """Store a plan found on the way, and say how good it is."""
        found = found_in(self.errand, message)
        for name in ("plan_file", "run_file"):
            (self.errand.folder / message.body[name]).unlink(missing_ok=True)
        kept = self.store.patiently(
            lambda session: Attempts(session).keep_incumbent(self.attempt, found)
        )
        if kept:
            said = {"stage": "incumbent", "levels": list(found.levels)}
            self.stream({"attempt": self.attempt.number, **said})

    def _worth_telling(self, message: Message) -> bool:
        """The first word of each stage and level, then one each half second."""
        step = (message.body.get("stage"), message.body.get("level"))
        at = time.monotonic()
        if step == self._told and at - self._told_at < LOOK_S:
            return False
        self._told, self._told_at = step, at
        return True

    def _look(self) -> None:
        """Ask the plan's row whether to go on."""
        at = time.monotonic()
        if at - self._looked_at < LOOK_S:
            return
        self._looked_at = at
        asked = self.store.patiently(
            lambda session: Attempts(session).cancel_asked(self.attempt)
        )
        if asked and self._asked_at is None:
            self._asked_at = at
            self.process.ask_to_stop()
        if at - self._spent_at >= SPENT_S:
            self._spent_at = at
            spent_s = self.spent_s + at - self._began_at
            self.store.patiently(
                lambda session: Attempts(session).note_spent(self.attempt, spent_s)
            )

    def _overdue(self) -> bool:
        if self._asked_at is None:
            return False
        return time.monotonic() - self._asked_at > self.grace_s

    def _kept_any(self) -> bool:
        return self.store.patiently(
            lambda session: Attempts(session).best(self.attempt.plan_id) is not None
        )
