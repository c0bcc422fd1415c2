"""When the command began: its time limit counts what a user waits for, imports too."""

import time

IMPORTED_AT = time.monotonic()
_marked: list[float] = []


def mark_command() -> None:
    """Say that the process is one command, begun when this module was imported."""
    _marked[:] = [IMPORTED_AT]


def command_began() -> float | None:
    """When the command began (``time.monotonic()``); ``None`` inside other programs."""
    return _marked[0] if _marked else None
