"""A child process that takes too much memory or time is ended, and it is said which."""

import os
import sys
import time
from pathlib import Path

import pytest

from benchmarks.child import (
    ENDS_NOT,
    FAILED,
    FITS_NOT,
    NO_BYTECODE,
    held_mb,
    run_watched,
)

HOLDS_MB = "import time; held = bytearray({mb} * 2**20); print('held', flush=True); "


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_child_that_ends_well_is_heard() -> None:
    ended = run_watched(python("print(3 * 4)"), seconds=30)
    assert (ended.text, ended.code, ended.trouble) == ("12\n", 0, "")


def test_what_a_child_computes_is_counted_and_what_it_waits_is_not() -> None:
    ended = run_watched(python("import time; time.sleep(1.5)"), seconds=30)
    assert ended.seconds > 1.5 > ended.cpu_s > 0


def test_a_child_that_fails_says_why() -> None:
    ended = run_watched(python("raise SystemExit('no data')"), seconds=30)
    assert (ended.trouble, ended.errors) == (FAILED, "no data\n")


def test_a_child_that_holds_more_than_it_may_did_not_fit() -> None:
    code = HOLDS_MB.format(mb=200) + "time.sleep(60)"
    started = time.monotonic()
    ended = run_watched(python(code), seconds=60, most_mb=100)
    assert ended.trouble == FITS_NOT
    assert ended.peak_mb > 100
    assert time.monotonic() - started < 30


def test_what_the_child_of_a_child_holds_counts() -> None:
    # 60 MB, and another 60 MB in a process that a child starts.
    inner = HOLDS_MB.format(mb=60) + "time.sleep(60)"
    outer = HOLDS_MB.format(mb=60) + (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    )
    assert run_watched(python(outer), seconds=60, most_mb=110).trouble == FITS_NOT


def test_a_child_that_does_not_end_is_ended() -> None:
    ended = run_watched(python("import time; time.sleep(60)"), seconds=0.5)
    assert ended.trouble == ENDS_NOT


def test_pages_that_copies_share_count_once() -> None:
    # 300 MB shared by four processes are 300 MB, not 1,200.
    held = bytearray(os.urandom(1) * (300 * 2**20))
    children = []
    for _ in range(3):
        pid = os.fork()
        if not pid:
            time.sleep(60)
            os._exit(0)
        children.append(pid)
    try:
        assert 300 < held_mb(os.getpid()) < 1000
        assert len(held) == 300 * 2**20
    finally:
        for pid in children:
            os.kill(pid, 9)
            os.waitpid(pid, 0)


def test_a_command_runs_where_it_is_told(tmp_path: Path) -> None:
    ended = run_watched(
        python("import os; print(os.getcwd())"), seconds=30, folder=tmp_path
    )
    assert ended.text.strip() == str(tmp_path.resolve())


def test_a_command_keeps_bytecode_and_is_told_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(NO_BYTECODE, "1")
    code = "import os, sys; print(sys.dont_write_bytecode, os.environ['MORE'])"
    ended = run_watched(python(code), seconds=30, environment={"MORE": "yes"})
    assert ended.text.split() == ["False", "yes"]
