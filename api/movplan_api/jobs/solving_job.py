"""The job that solves a plan, as the engine knows it."""

from dbos import DBOS

from movplan_api.jobs.job import Bench, Job
from movplan_api.jobs.solve import Solver
from movplan_api.jobs.words import PROGRESS_STREAM, SOLVE_PLAN, SOLVE_QUEUE
from movplan_api.solving.process import Spare


def _register(bench: Bench) -> None:
    spare = Spare(bench.settings.solver_niceness)
    spare.prepare()
    solver = Solver(bench.store, bench.settings, bench.worker_id, _stream, spare=spare)

    @DBOS.step(name="solve")
    def solve(plan_id: str) -> str:
        return solver.solve(plan_id)

    @DBOS.workflow(name=SOLVE_PLAN, max_recovery_attempts=None)
    def solve_plan(plan_id: str) -> str:
        return solve(plan_id)

    # The engine keeps them under their names.
    _ = solve_plan


def _stream(progress: dict[str, object]) -> None:
    DBOS.write_stream(PROGRESS_STREAM, progress)


# One at a time: a solve takes every core it gets.
SOLVING = Job(SOLVE_QUEUE, at_once=1, register=_register)
