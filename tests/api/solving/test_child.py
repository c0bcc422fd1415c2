"""The real solver process: a plan out, stopped, orphaned, contradicted."""

import json
import os
import sys
import time

from movplan.application.documents import plan_of_text
from movplan.application.loading import Loaded
from movplan.application.planning import Limits, plan
from movplan_api.solving.child import keeper
from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import LAST, Kind
from movplan_api.solving.process import SolverProcess, solver_command
from movplan_api.solving.tiny import tiny_scenario


def run(folder, scenario, limits, *, stop=False):
    errand = Errand(folder)
    errand.write(scenario=scenario, limits=limits)
    heard = []
    with SolverProcess(errand, solver_command(folder, 1)) as process:
        if stop:
            process.ask_to_stop()
        while not heard or heard[-1].kind not in LAST:
            message = process.next_message(60)
            assert message is not None, "silent for a minute"
            heard.append(message)
    return errand, heard


def test_a_plan_comes_out_and_progress_is_told(tmp_path, first_convoy_text):
    errand, heard = run(tmp_path, first_convoy_text, {"effort": 1, "seed": 1})
    assert heard[-1].kind is Kind.RESULT, heard[-1]
    plan = plan_of_text(errand.plan_path.read_text("utf-8"))
    assert heard[-1].body["outcome"] == plan.outcome.value
    assert [row["value"] for row in heard[-1].body["levels"]] == [
        row.value for row in plan.certificate.levels
    ]
    progress = [message for message in heard if message.kind is Kind.PROGRESS]
    stages = [message.body["stage"] for message in progress]
    assert stages[0] == "screen"
    assert stages[-1] == "check"


def test_a_plan_handed_over_on_the_way_is_whole_before_it_is_told(tmp_path):
    """What the library hands over is saved, numbered, and then named to the parent."""
    told = []
    errand = Errand(tmp_path)
    keep = keeper(errand, lambda kind, body: told.append((kind, body)))
    result = plan(Loaded(tiny_scenario(), ()), Limits(effort=1, seed=1))
    keep(result)
    keep(result)
    names = [body["plan_file"] for _, body in told]
    assert names == ["incumbent-1.json", "incumbent-2.json"]
    assert {kind for kind, _ in told} == {Kind.INCUMBENT}
    for name in names:
        assert plan_of_text((tmp_path / name).read_text("utf-8")) == result.plan
    assert (tmp_path / told[0][1]["run_file"]).exists()


def test_a_wrong_scenario_is_a_fault_with_issues(tmp_path):
    _, heard = run(tmp_path, json.dumps({"scenario_id": "x"}), {})
    assert heard[-1].kind is Kind.FAULT
    assert heard[-1].body["fault"] == "InputError"
    assert heard[-1].body["issues"]


def test_a_child_ends_with_its_parent(tmp_path):
    """Its parent starts it and is killed hard; soon it is gone, and its folder too."""
    folder = tmp_path / "errand"
    folder.mkdir()
    Errand(folder).write(scenario="", limits={})
    (folder / "scenario.json").unlink()
    os.mkfifo(folder / "scenario.json")  # the child waits here for ever
    parent = (
        "import sys, os, signal, pathlib\n"
        "from movplan_api.solving.errand import Errand\n"
        "from movplan_api.solving.process import SolverProcess, solver_command\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "p = SolverProcess(Errand(folder), solver_command(folder, 1))\n"
        "(folder.parent / 'pid').write_text(str(p._process.pid))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", parent, str(folder)])
    pid = int((tmp_path / "pid").read_text())
    until = time.monotonic() + 20
    while time.monotonic() < until and _runs(pid):
        time.sleep(0.1)
    assert not _runs(pid)
    assert not folder.exists()


def _runs(pid: int) -> bool:
    """Whether it runs; one that ended and was not yet collected does not."""
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
