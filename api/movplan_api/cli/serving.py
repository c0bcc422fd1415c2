"""Serve the API."""

import gc
import os
import signal
import sys
import threading

import uvicorn

from movplan_api.http.app import create_app
from movplan_api.settings import Settings

_KEEP_ALIVE_S, _LAST_WORDS_S = 30, 5
# New objects between two looks for cycles; of the youngest, the next, and of all. A big
# plan is a million objects without any cycle: looking at them all, as usual each time
# there are a quarter more, keeps every caller waiting for half a second.
_BETWEEN_LOOKS = (50_000, 50, 100)


def serve_api(settings: Settings, *, with_parent: bool) -> None:
    """Serve until told to end. ``with_parent``: or until who started it does."""
    if with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(*_BETWEEN_LOOKS)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_LAST_WORDS_S,
    )


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
