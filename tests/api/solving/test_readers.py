"""Processes that read: ended when they take too long, replaced when they die."""

import os
import threading
import time

import pytest

from movplan_api.problems import InvalidError, TooLargeError, UnavailableError
from movplan_api.solving import readers as module
from movplan_api.solving.intake import read_order
from movplan_api.solving.readers import Readers
from movplan_api.solving.tiny import solve_tiny

# What the process need not load a test for.
PID = "__import__('os').getpid()"


@pytest.fixture
def readers():
    opened = Readers(1, patience_s=0.2, deadline_s=1)
    opened.do(abs, -1)
    yield opened
    opened.close()


def test_one_that_dies_is_replaced(readers):
    with pytest.raises(UnavailableError, match="READER_DIED"):
        readers.do(os._exit, 1)
    assert readers.do(abs, -1) == 1


def test_one_that_takes_too_long_is_ended(readers):
    pid = readers.do(eval, PID)
    with pytest.raises(TooLargeError, match="READING_TOOK_TOO_LONG"):
        readers.do(time.sleep, 60)
    assert readers.do(eval, PID) != pid
    with pytest.raises(ProcessLookupError):
        _wait_gone(pid)


def test_who_finds_none_free_is_told_to_come_again(readers):
    other = threading.Thread(target=readers.do, args=(time.sleep, 0.8))
    other.start()
    time.sleep(0.2)
    with pytest.raises(UnavailableError, match="READER_BUSY") as caught:
        readers.do(abs, -1)
    assert caught.value.headers["Retry-After"] == "5"
    other.join()
    assert readers.do(abs, -1) == 1


def test_only_so_many_wait(readers, monkeypatch):
    monkeypatch.setattr(readers, "_waiting", threading.Semaphore(0))
    with pytest.raises(UnavailableError, match="READER_BUSY"):
        readers.do(abs, -1)


def test_memory_has_an_end(readers):
    with pytest.raises(TooLargeError, match="READING_TOO_BIG"):
        readers.do(bytearray, module._MOST_MEMORY)


def test_refusals_come_back_whole_from_the_other_process(readers):
    with pytest.raises(InvalidError) as caught:
        readers.do(read_order, b"{}")
    assert (caught.value.code, caught.value.issues_total) == ("INVALID_REQUEST", 1)
    assert caught.value.issues[0].path == "/"


def test_there_is_memory_enough_to_solve_a_tiny_case():
    opened = Readers()
    assert opened.do(solve_tiny, 1) == 1
    opened.close()


def _wait_gone(pid: int) -> None:
    for _ in range(50):
        os.kill(pid, 0)
        time.sleep(0.1)
