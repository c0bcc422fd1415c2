"""Solve one plan: start a solver process, listen, store what it finds."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from movplan_api.jobs.folders import solve_folder
from movplan_api.jobs.listening import Listener, Stream
from movplan_api.jobs.outcomes import fail, store_outcome
from movplan_api.jobs.slots import a_slot, cores, slots_folder
from movplan_api.jobs.time_left import limits_left
from movplan_api.settings import Settings
from movplan_api.solving.errand import Errand
from movplan_api.solving.process import SolverProcess, Spare, solver_command
from movplan_api.store import Store
from movplan_api.store.attempts import (
    Assignment,
    Attempt,
    Attempts,
    SupersededError,
)

log = structlog.get_logger()

Command = Callable[[Path, int], list[str]]
Wait = Callable[[float], None]

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0


@dataclass(frozen=True, slots=True)
class Solver:
    """Solves plans for one worker. ``command`` starts the solver process."""

    store: Store
    settings: Settings
    worker_id: str
    stream: Stream
    command: Command = solver_command
    wait: Wait = time.sleep
    spare: Spare | None = None

    def solve(self, plan_id: str) -> str:
        """Run the plan's attempts to its end; says how that was.

        What falls over is begun anew, a little later: attempts are counted, so that it
        ends, and a job never ends before its plan does.
        """
        pause_s = _FIRST_PAUSE_S
        folder = slots_folder(self.settings.slots_dir)
        while True:
            try:
                with a_slot(folder, self.settings.max_solves or cores()):
                    return self._attempt(plan_id)
            except Exception:
                log.exception("solve fell over", plan_id=plan_id)
            self.wait(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _attempt(self, plan_id: str) -> str:
        attempt = self.store.patiently(
            lambda session: Attempts(session).begin(plan_id, self.worker_id)
        )
        if attempt is None:
            return "nothing to do"
        with structlog.contextvars.bound_contextvars(
            plan_id=plan_id, attempt=attempt.number, worker_id=self.worker_id
        ):
            return self._run_watched(attempt)

    def _run_watched(self, attempt: Attempt) -> str:
        began = time.monotonic()
        log.info("solve begun")
        try:
            self._run(attempt)
        except SupersededError:
            log.warning("solve superseded")
            return "superseded"
        log.info("solve ended", seconds=round(time.monotonic() - began, 2))
        return "done"

    def _run(self, attempt: Attempt) -> None:
        if attempt.number > self.settings.max_attempts:
            said = {"code": "ATTEMPTS_EXHAUSTED", "attempts": attempt.number - 1}
            fail(self.store, attempt, said)
            return
        with solve_folder() as folder:
            errand = Errand(folder)
            todo = self._assignment(attempt)
            self._write(errand, todo)
            with self._process(errand) as process:
                listener = Listener(
                    self.store,
                    attempt,
                    errand,
                    process,
                    self.stream,
                    self.settings.cancel_grace_s,
                    spent_s=todo.spent_s,
                )
                last = listener.last_word()
            store_outcome(self.store, attempt, errand, last)

    def _process(self, errand: Errand) -> SolverProcess:
        """One that was started ahead if there is one; then the next is started."""
        warm = None
        if self.spare is not None:
            warm = self.spare.take(errand)
            self.spare.prepare()
        if warm is not None:
            return warm
        command = self.command(errand.folder, self.settings.solver_niceness)
        return SolverProcess(errand, command)

    def _assignment(self, attempt: Attempt) -> Assignment:
        return self.store.patiently(
            lambda session: Attempts(session).assignment(attempt)
        )

    def _write(self, errand: Errand, todo: Assignment) -> None:
        least_s = self.settings.least_time_s
        errand.write(
            scenario=todo.scenario,
            limits=limits_left(todo.limits, spent_s=todo.spent_s, least_s=least_s),
            set_aside=todo.set_aside,
            start=todo.start,
            before=todo.before,
        )
