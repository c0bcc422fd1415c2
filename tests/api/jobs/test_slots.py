"""As many solves at once as there are slots, and a dead holder's slot is free."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from movplan_api.jobs.slots import a_slot, cores, slots_folder


def test_no_more_hold_a_slot_than_there_are(tmp_path):
    """Six threads, two slots, 0.05 s each: never three at once, all get one."""
    now, most, got = [0], [0], []
    lock = threading.Lock()

    def hold():
        with a_slot(tmp_path, 2, wait=lambda _: time.sleep(0.005)) as number:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.05)
            with lock:
                now[0] -= 1
                got.append(number)

    threads = [threading.Thread(target=hold) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], len(got), set(got)) == (2, 6, {0, 1})


def test_the_slot_of_a_killed_process_is_free(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(TimeoutError), a_slot(tmp_path, 1, wait=give_up):
            pass
        os.kill(other.pid, signal.SIGKILL)
    with a_slot(tmp_path, 1, wait=give_up) as number:
        assert number == 0


HOLD = (
    "import sys, time, pathlib\n"
    "from movplan_api.jobs.slots import a_slot\n"
    "with a_slot(pathlib.Path(sys.argv[1]), 1):\n"
    "    print('held', flush=True); time.sleep(60)\n"
)


def test_a_worker_that_stands_still_keeps_nobody_waiting(tmp_path):
    """One slot; its holder is stopped, not dead: two seconds later another solves, and
    a third one waits for that one.
    """
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as stalled:
        assert stalled.stdout.readline() == b"held\n"
        os.kill(stalled.pid, signal.SIGSTOP)
        with a_slot(tmp_path, 1, stalled_s=2) as number:
            assert number == 0
            with pytest.raises(TimeoutError), a_slot(tmp_path, 1, wait=give_up):
                pass
        stalled.kill()


def test_a_holder_that_is_at_work_is_waited_for(tmp_path):
    """It touches its slot more often than one may stand still."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        until = time.monotonic() + 6

        def look(_: float) -> None:
            time.sleep(0.2)
            if time.monotonic() > until:
                raise TimeoutError

        with (
            pytest.raises(TimeoutError),
            a_slot(tmp_path, 1, wait=look, stalled_s=5),
        ):
            pass
        other.kill()


def test_slots_are_where_they_are_said_to_be(tmp_path):
    assert slots_folder(tmp_path / "slots") == tmp_path / "slots"
    assert (tmp_path / "slots").stat().st_mode & 0o077 == 0


def give_up(_: float) -> None:
    raise TimeoutError


def test_slots_are_nobody_elses_business():
    assert cores() >= 1
    assert slots_folder().stat().st_mode & 0o077 == 0
