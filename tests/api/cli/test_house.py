"""One command starts everything, keeps it running, and ends it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, SIGTERM

import httpx
import pytest
from typer.testing import CliRunner

from movplan_api.cli import house
from movplan_api.cli.commands import app
from movplan_api.settings import Settings, is_loopback


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)],
)
def test_only_this_machine(host, loopback):
    assert is_loopback(host) is loopback


def test_an_open_door_without_keys_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("MOVPLAN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MOVPLAN_HOST", "0.0.0.0")
    for command in ("run", "serve"):
        refused = CliRunner().invoke(app, [command])
        assert refused.exit_code == 2
        assert "keys create" in refused.output


def test_a_key_is_made_and_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("MOVPLAN_DATA_DIR", str(tmp_path))
    words = ["keys", "create", "--workspace", "mission", "--role", "planner"]
    made = CliRunner().invoke(app, words)
    assert made.exit_code == 0
    assert made.output.startswith("mvp.key_")


def test_more_workers_than_cores_are_not_started_and_it_says_so(
    tmp_path, monkeypatch, capsys
):
    """Asked for five on two cores: one API process, two workers."""
    started = []
    monkeypatch.setattr(house, "cores", lambda: 2)
    monkeypatch.setattr(house, "_move_in", lambda _, word: started.append(word))
    monkeypatch.setattr(house, "_see_to", lambda *_: signal.raise_signal(SIGTERM))
    monkeypatch.setattr(house, "_move_out", lambda _: None)
    with signals_as_before():
        assert house.run_house(Settings(data_dir=tmp_path), 5) == 0
    assert started == ["serve", "worker", "worker"]
    assert "Workers: 2, as many as there are cores." in capsys.readouterr().out


@contextmanager
def signals_as_before():
    before = [(number, signal.getsignal(number)) for number in (SIGTERM, SIGINT)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@pytest.mark.slow
def test_the_house_runs_a_plan_and_survives_its_api(tmp_path, first_convoy_text):
    """Killed hard, the API is there again and the plan with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(data_dir=tmp_path, port=port, beat_s=0.5, lost_after_s=5)
    command = [sys.executable, "-m", "movplan_api", "run"]
    run = subprocess.Popen(
        command, env=settings.as_environment(), stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    run.stdout.readline()
    me = {"Authorization": f"Bearer {run.stdout.readline().strip()}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=me) as client:
        _until(lambda: client.get("/health/ready", timeout=30).status_code == 200)
        order = {"scenario": json.loads(first_convoy_text), "limits": {"effort": 1}}
        at = client.post("/v1/plans", json=order, timeout=30).headers["Location"]
        os.kill(_child(run.pid, "serve"), signal.SIGKILL)
        _until(lambda: client.get(at).json()["metadata"]["status"] == "COMPLETED")
        assert client.get(at).json()["metadata"]["attempt"] == 1
        children = [_child(run.pid, word) for word in ("serve", "worker")]
    run.terminate()
    assert run.wait(30) == 0
    run.stdout.close()
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def _until(true, within_s: float = 60) -> None:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            if true():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail("it did not come true")


def _child(parent: int, word: str) -> int:
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        if word in Path(f"/proc/{pid}/cmdline").read_text().split("\0"):
            return int(pid)
    raise AssertionError(f"no {word}")
