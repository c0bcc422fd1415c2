"""A solver process: ``python -m movplan_api.solving.child FOLDER NICENESS``.

Plans what the folder says, tells its parent how far it is, leaves the plan in the
folder, and ends. It knows no database and no network.
"""

import inspect
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from fractions import Fraction
from functools import partial
from io import FileIO
from itertools import count
from pathlib import Path
from typing import Any

from movplan.application.documents import plan_of_text
from movplan.application.loading import load
from movplan.application.planning import Limits, PlanningResult, Progress, plan, save
from movplan.domain.errors import ConflictError, InputError, MovplanError, StoppedError
from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import STOP, WAITING, Kind, Message

Tell = Callable[[Kind, dict[str, Any]], None]
_PARENT_GONE = 70


def main() -> None:
    """Do the errand of the folder named on the command line."""
    serve(sys.argv[1], int(sys.argv[2]))


def serve(named: str, niceness: int) -> None:
    """Do the errand of a folder, or of one that is yet to be named (``WAITING``)."""
    os.nice(niceness)
    tell, down = _own_line_up(), _own_line_down()
    folder = _wait_for_folder(down) if named == WAITING else Path(named)
    asked = threading.Event()
    listener = threading.Thread(target=_listen, args=(down, asked, folder), daemon=True)
    listener.start()
    try:
        run_errand(Errand(folder), tell, asked.is_set)
    except BrokenPipeError:
        _leave(folder)


def _wait_for_folder(down: FileIO) -> Path:
    """Started ahead: everything is loaded, and the first line says where to go."""
    line = down.readline().decode("utf-8")
    if not line:
        os._exit(_PARENT_GONE)
    folder = Path(line.rstrip("\n"))
    os.chdir(folder)
    with Errand(folder).log_path.open("wb") as log:
        for number in (1, 2):
            os.dup2(log.fileno(), number)
    return folder


def run_errand(errand: Errand, tell: Tell, stop: Callable[[], bool]) -> None:
    """Plan, and tell how it ended."""
    try:
        result = _plan(errand, tell, stop)
    except ConflictError as error:
        tell(Kind.CONFLICT, {"conflict": list(error.conflict)})
    except StoppedError:
        tell(Kind.STOPPED, {})
    except InputError as error:
        listed = [issue.model_dump(mode="json") for issue in error.issues]
        tell(Kind.FAULT, {"fault": "InputError", "issues": listed})
    except MovplanError as error:
        tell(Kind.FAULT, {"fault": type(error).__name__, "detail": str(error)})
    else:
        save(result, errand.plan_path)
        files = {"plan_file": errand.plan_path.name, "run_file": errand.run_path.name}
        tell(Kind.RESULT, {**summary(result), **files})


def _plan(errand: Errand, tell: Tell, stop: Callable[[], bool]) -> PlanningResult:
    loaded = replace(load(errand.scenario_path), set_aside=errand.set_aside())
    before = errand.before()
    start = errand.start() or before
    return _planner(errand, tell)(
        loaded,
        limits_of(errand.limits()),
        watch=lambda step: tell(Kind.PROGRESS, progress_of(step)),
        stop=stop,
        start=None if start is None else plan_of_text(start),
        before=None if before is None else plan_of_text(before),
    )


def _planner(errand: Errand, tell: Tell) -> Callable[..., PlanningResult]:
    """``plan``, told to hand over checked plans on the way where the library can."""
    planner: Callable[..., PlanningResult] = plan
    if "on_plan" not in inspect.signature(plan).parameters:
        return planner
    return partial(planner, on_plan=keeper(errand, tell))


def keeper(errand: Errand, tell: Tell) -> Callable[[PlanningResult], None]:
    """Leaves each plan found on the way in the folder, whole, and tells of it."""
    numbers = count(1)

    def keep(result: PlanningResult) -> None:
        path = errand.incumbent_path(next(numbers))
        run_file = save(result, path).name
        files = {"plan_file": path.name, "run_file": run_file}
        tell(Kind.INCUMBENT, {**summary(result), **files})

    return keep


def limits_of(said: dict[str, Any]) -> Limits:
    """The library's limits from what the caller asked for."""
    gap = said.get("gap")
    return Limits(
        time_limit_s=said.get("time_limit_s"),
        effort=said.get("effort"),
        seed=said.get("seed", 0),
        gap=None if gap is None else Fraction(str(gap)),
    )


def progress_of(step: Progress) -> dict[str, Any]:
    """A progress report as it is stored and streamed."""
    return {**asdict(step), "elapsed_s": round(step.elapsed_s, 2)}


def summary(result: PlanningResult) -> dict[str, Any]:
    """What cheap polls show of a plan."""
    found = result.plan
    levels = [row.model_dump(mode="json") for row in found.certificate.levels]
    return {
        "outcome": found.outcome.value,
        "stop_reason": found.stop_reason.value,
        "levels": levels,
    }


def _own_line_up() -> Tell:
    """Keep the way to the parent for messages alone: solvers print what they like."""
    up = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    one_at_a_time = threading.Lock()

    def tell(kind: Kind, body: dict[str, Any]) -> None:
        with one_at_a_time:
            up.write(Message(kind, body).as_line())
            up.flush()

    return tell


def _own_line_down() -> FileIO:
    """The way from the parent, without a buffer, and nothing left on standard input.

    A buffer has a lock, which a thread that waits for a line holds; a copy of this
    process (the optimiser makes them) would wait for that lock for ever.
    """
    down = FileIO(os.dup(0), "rb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    return down


def _listen(down: FileIO, asked: threading.Event, folder: Path) -> None:
    for line in down:
        if line.decode("utf-8") == STOP:
            asked.set()
    _leave(folder)


def _leave(folder: Path) -> None:
    """The parent is gone, and with it whoever could use the plan or would clear the
    folder, which holds data of people. Processes that this one started go with it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(_PARENT_GONE)


if __name__ == "__main__":
    main()
