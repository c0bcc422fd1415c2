"""Work done in a copy of the process: what it finds, what becomes of its failures."""

import os
import signal
import threading
import time

import pytest

from movplan.optimiser.beside import can_copy_processes
from movplan.planning import alongside
from movplan.planning.alongside import MANY, Alongside, meanwhile

copied = pytest.mark.skipif(
    not can_copy_processes(), reason="processes are copied on Linux only"
)


@copied
def test_it_is_done_in_another_process_while_this_one_goes_on() -> None:
    began = time.monotonic()
    work = Alongside(lambda: (time.sleep(0.5), os.getpid())[1])
    assert time.monotonic() - began < 0.4
    assert work.result() != os.getpid()


def test_where_processes_cannot_be_copied_it_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alongside, "can_copy_processes", lambda: False)
    assert Alongside(os.getpid).result() == os.getpid()


def test_for_a_few_families_it_is_done_here_when_asked_for() -> None:
    assert meanwhile(os.getpid, MANY - 1)() == os.getpid()


@copied
def test_an_error_is_raised_here() -> None:
    def fails() -> int:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        Alongside(fails).result()


@copied
def test_what_a_killed_copy_has_not_done_is_done_here() -> None:
    here = os.getpid()

    def killed() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert Alongside(killed).result() == here


@copied
def test_a_copy_that_waits_for_ever_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was made while another thread held a lock, which nobody gives back there."""
    monkeypatch.setattr(alongside, "PATIENCE_S", 0.2)
    lock, here = threading.Lock(), os.getpid()

    def work() -> int:
        with lock:
            return os.getpid()

    with lock:
        begun = Alongside(work)
    assert begun.result() == here
