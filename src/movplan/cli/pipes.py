"""A pipe that nobody reads any more (``movplan validate S | head``) is no failure.

What is written into it is dropped; the command goes on and ends with its own exit code.
This module loads before everything else does, so it imports nothing that takes long.
"""

import io
import sys
from typing import Any


class Unheard(io.FileIO):
    """A file descriptor to which one may go on writing when nobody reads."""

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever has bytes
        """Write, or drop what nobody reads."""
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)


def go_on_unheard() -> None:
    """Let this process write to closed pipes from now on."""
    sys.stdout = _unheard(sys.stdout)
    sys.stderr = _unheard(sys.stderr)


def _unheard(stream: Any) -> Any:  # noqa: ANN401 - a text stream, or none
    if not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    stream.flush()
    raw = Unheard(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
    )
