"""A solver process goes with all that it started, and is niced beside its service."""

import os
import subprocess
import sys
import time
from pathlib import Path

from movplan_api.solving.errand import Errand
from movplan_api.solving.messages import STOP
from movplan_api.solving.process import SolverProcess
from tests.api.solving.fakes import solver

# It starts one that sleeps, as the optimiser starts one that bounds, and names it.
STARTS_ANOTHER = (
    "import os\n"
    "other = os.fork()\n"
    "if other:\n"
    "    say('progress', other=other)\n"
    "time.sleep(60)\n"
)


def test_killed_it_takes_along_what_it_started(tmp_path):
    errand = Errand(tmp_path)
    with SolverProcess(errand, solver(STARTS_ANOTHER)(tmp_path, 1)) as process:
        said = process.next_message(30)
        assert said is not None
        other = said.body["other"]
        assert runs(other)
        began = time.monotonic()
    assert time.monotonic() - began < 5, "nobody waits for what holds its output open"
    wait_until_gone(other)


# What the solver process does at its start, and then what the optimiser does in it.
IS_COPIED = (
    "import multiprocessing, sys, threading, time\n"
    "from pathlib import Path\n"
    "from movplan_api.solving import child\n"
    "down = child._own_line_down()\n"
    "asked = threading.Event()\n"
    "told = (down, asked, Path('nowhere'))\n"
    "threading.Thread(target=child._listen, args=told, daemon=True).start()\n"
    "time.sleep(0.5)\n"
    "copy = multiprocessing.get_context('fork').Process(target=int)\n"
    "copy.start(); copy.join(20)\n"
    "print(copy.exitcode, flush=True)\n"
    "print(asked.wait(20), flush=True)\n"
)


def test_a_copy_of_it_works_while_it_listens_to_its_parent():
    """The optimiser bounds in a copy: it must not wait for a lock of the listener's."""
    command = [sys.executable, "-c", IS_COPIED]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout.readline() == "0\n"
        process.stdin.write(STOP)
        process.stdin.flush()
        assert process.stdout.readline() == "True\n"


def test_it_stays_in_the_session_of_its_worker(tmp_path):
    """Niceness counts among processes of one session, where Linux shares by session."""
    script = "import os; say('progress', session=os.getsid(0)); time.sleep(60)"
    with SolverProcess(Errand(tmp_path), solver(script)(tmp_path, 1)) as process:
        said = process.next_message(30)
    assert said is not None
    assert said.body["session"] == os.getsid(0)


def wait_until_gone(pid, within_s=10):
    end = time.monotonic() + within_s
    while runs(pid):
        assert time.monotonic() < end, f"{pid} is still there"
        time.sleep(0.05)


def runs(pid):
    """Whether it runs; one that ended and was not yet collected does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"
