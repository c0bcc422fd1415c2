"""One run in its own process: ``python -m benchmarks.one SPEC`` prints a record."""

import json
import os
import resource
import sys
import time
from pathlib import Path

STARTED = time.monotonic()

# Imports are part of the command's time, so the clock starts before them.
from benchmarks.specs import GREEDY, OURS, Spec  # noqa: E402
from benchmarks.stages import Stages  # noqa: E402
from benchmarks.timing import (  # noqa: E402
    changes,
    stage_times,
    time_to_gap,
    watch_itineraries,
)

Json = dict[str, object]
CONTRADICTS = "contradicts itself"


def main() -> None:
    """Run what the argument asks for."""
    given = json.loads(sys.argv[1])
    given["held"] = tuple((name, value) for name, value in given["held"])
    spec = Spec(**given)
    result = run_ours(spec) if spec.method == OURS else run_other(spec)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({**result, "memory_mb": round(peak_kb / 1024)}), flush=True)
    # As the command does; and a process that heard of bounds from CP-SAT may never come
    # to its end.
    os._exit(0)


def elapsed() -> float:
    """Seconds since the process began."""
    return time.monotonic() - STARTED


def run_ours(spec: Spec) -> Json:
    """The command as a user gives it: read, plan, write."""
    from movplan.application import loading, planning
    from movplan.domain.errors import ConflictError
    from movplan.planning import Limits

    stages = Stages({"import": round(elapsed(), 3)})
    itineraries = watch_itineraries()
    with stages.stage("read"):
        loaded = loading.load(Path(spec.folder))
    limits = Limits(time_limit_s=spec.limit_s, seed=spec.seed, began=STARTED)
    try:
        result = planning.plan(loaded, limits)
    except ConflictError as conflict:
        # A mission of few families may be given pins that its money does not allow.
        said = {"value": None, "bound": None, "error": str(conflict)}
        return {"level": "", "status": CONTRADICTS, **said}
    plan_path = Path(spec.folder) / f"plan-{spec.limit_s:g}.json"
    with stages.stage("write"):
        planning.save(result, plan_path)
    levels = [
        {
            "name": row.name,
            "value": row.value,
            "bound": row.bound,
            "gap": str(row.gap_fraction),
            "held_at": row.held_at,
            "maximise": row.maximise,
        }
        for row in result.plan.certificate.levels
    ]
    target = next((row for row in levels if row["maximise"]), levels[-1])
    trace = changes(
        (p.elapsed_s, p.value, p.bound)
        for p in result.run.trace
        if p.level == target["name"]
    )
    return {
        "level": target["name"],
        "value": target["value"],
        "bound": target["bound"],
        "levels": levels,
        "status": result.plan.stop_reason.value,
        "stages": stage_times(stages.seconds, result.run, itineraries()),
        "time_to": time_to_gap(trace, target["value"], target["bound"]),
        "trace": trace,
    }


def run_other(spec: Spec) -> Json:
    """First come, first served, or a peer on the model written whole."""
    from benchmarks.mission import read_mission

    stages = Stages({"import": round(elapsed(), 3)})
    mission = read_mission(Path(spec.folder), stages.stage)
    if spec.method == GREEDY:
        with stages.stage("search"):
            found = mission.first_come()
    else:
        found = mission.peer(spec, elapsed, stages.stage)
    if found.solution is None or found.pool is None:
        return {**found.record(), "value": None, "stages": stages.seconds}
    with stages.stage("finish"):
        value = mission.finished_value(found)
    return {
        **found.record(),
        "value": value,
        "stages": stages.seconds,
        "time_to": time_to_gap(found.trace, value, found.bound),
    }


if __name__ == "__main__":
    main()
