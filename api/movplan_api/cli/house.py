"""The house: one API process and some workers, started again when they die."""

import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

import structlog
import typer

from movplan_api.jobs.slots import cores
from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.store.access import Access

log = structlog.get_logger()

_LOOK_S, _REST_S, _LAST_WORDS_S = 0.5, 1.0, 10


@dataclass(slots=True)
class Inmate:
    """One process of the house: what it is, and the process it is just now."""

    command: str
    process: subprocess.Popen[bytes]
    began: float


def refuse_open_door(settings: Settings, store: Store) -> None:
    """Nobody else's machine gets in before there are keys."""
    with store.transaction() as session:
        if settings.listens_to_loopback or Access(session).any_key():
            return
    typer.echo(
        f"Refusing to listen on {settings.host} without keys: "
        "make one with 'movplan-server keys create' first.",
        err=True,
    )
    raise typer.Exit(2)


def run_house(settings: Settings, workers: int) -> int:
    """Keep everything running until told to end."""
    if workers > cores():
        workers = cores()
        typer.echo(f"Workers: {workers}, as many as there are cores.")
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    inmates = [_move_in(settings, word) for word in ("serve", *["worker"] * workers)]
    typer.echo(f"movplan serves http://{settings.host}:{settings.port}")
    while not ended.wait(_LOOK_S):
        inmates = [_see_to(settings, inmate) for inmate in inmates]
    _move_out(inmates)
    return 0


def _move_in(settings: Settings, command: str) -> Inmate:
    process = subprocess.Popen(
        [sys.executable, "-m", "movplan_api", command, "--with-parent"],
        stdin=subprocess.PIPE,
        env=settings.as_environment(),
        # Ctrl-C is for the house; it tells its inmates. They stay in its session: Linux
        # may share out time by session first, and then a solver that is niced in
        # another session than the API's is as strong as the API.
        process_group=0,
    )
    return Inmate(command, process, time.monotonic())


def _see_to(settings: Settings, inmate: Inmate) -> Inmate:
    code = inmate.process.poll()
    if code is None:
        return inmate
    log.error("process died", command=inmate.command, exit_code=code)
    if time.monotonic() - inmate.began < _REST_S:
        time.sleep(_REST_S)
    return _move_in(settings, inmate.command)


def _move_out(inmates: list[Inmate]) -> None:
    for inmate in inmates:
        inmate.process.terminate()
    until = time.monotonic() + _LAST_WORDS_S
    for inmate in inmates:
        try:
            inmate.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            inmate.process.kill()
