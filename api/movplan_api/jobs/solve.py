"""Solve one plan: start a solver process, listen, store what it finds."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from movplan_api.jobs.listening import Listener, Stream
from movplan_api.jobs.outcomes import fail, store_outcome
from movplan_api.settings import Settings
from movplan_api.solving.errand import Errand
from movplan_api.solving.process import SolverProcess, solver_command
from movplan_api.store import Store
from movplan_api.store.attempts import Attempt, Attempts, SupersededError

log = structlog.get_logger()

Command = Callable[[Path, int], list[str]]


@dataclass(frozen=True, slots=True)
class Solver:
    """Solves plans for one worker. ``command`` starts the solver process."""

    store: Store
    settings: Settings
    worker_id: str
    stream: Stream
    command: Command = solver_command

    def solve(self, plan_id: str) -> str:
        """Run the plan's next attempt to its end; says how that was."""
        attempt = self.store.patiently(
            lambda session: Attempts(session).begin(plan_id, self.worker_id)
        )
        if attempt is None:
            return "nothing to do"
        log.info("solve begun", plan_id=plan_id, attempt=attempt.number)
        try:
            self._run(attempt)
        except SupersededError:
            log.warning("solve superseded", plan_id=plan_id, attempt=attempt.number)
            return "superseded"
        log.info("solve ended", plan_id=plan_id, attempt=attempt.number)
        return "done"

    def _run(self, attempt: Attempt) -> None:
        if attempt.number > self.settings.max_attempts:
            said = {"code": "ATTEMPTS_EXHAUSTED", "attempts": attempt.number - 1}
            fail(self.store, attempt, said)
            return
        with tempfile.TemporaryDirectory(prefix="movplan-") as name:
            errand = Errand(Path(name))
            self._write(errand, attempt)
            command = self.command(errand.folder, self.settings.solver_niceness)
            with SolverProcess(errand, command) as process:
                listener = Listener(
                    self.store,
                    attempt,
                    errand,
                    process,
                    self.stream,
                    self.settings.cancel_grace_s,
                )
                last = listener.last_word()
            store_outcome(self.store, attempt, errand, last)

    def _write(self, errand: Errand, attempt: Attempt) -> None:
        todo = self.store.patiently(
            lambda session: Attempts(session).assignment(attempt)
        )
        errand.write(
            scenario=todo.scenario,
            limits=todo.limits,
            set_aside=todo.set_aside,
            start=todo.start,
        )
