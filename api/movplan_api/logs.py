"""Logs: one JSON object a line on the error stream, without personal data.

Faults are logged as their kinds and the lines they came from. Their messages are left
out, except of faults of machines and networks: other libraries quote the values that
they stumble over, and those may be of people.
"""

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

Event = MutableMapping[str, Any]

_FRAMES = 12
_SPEAKING = (OSError, OperationalError)


def configure_logs(process: str, level: str = "INFO") -> None:
    """Log from now on; ``process`` names this one (api, worker, run)."""

    def say_process(_logger: object, _method: str, event: Event) -> Event:
        # Not a context variable: threads would not have it.
        return {"process": process, **event}

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        say_process,
        tell_fault,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up at each line: whoever runs us may put another stream there.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    _take_over_libraries(shared)


def tell_fault(_logger: object, _method: str, event: Event) -> Event:
    """Replace ``exc_info`` by kinds and lines."""
    said = event.pop("exc_info", None)
    error = sys.exc_info()[1] if said is True else said
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["faults"] = [_fault(one) for one in _chain(error)]
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The fault, then what it came from."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        silent = None if found.__suppress_context__ else found.__context__
        found = found.__cause__ or silent


def _fault(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    lines = [f"{f.filename}:{f.lineno} {f.name}" for f in frames]
    kind = f"{type(error).__module__}.{type(error).__name__}"
    if not isinstance(error, _SPEAKING):
        return {"kind": kind, "lines": lines}
    words = str(error.orig if isinstance(error, OperationalError) else error)
    return {"kind": kind, "message": words.strip(), "lines": lines}


class _ErrorStream(logging.Handler):
    """Writes to whatever the error stream is when there is something to write."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        sys.stderr.write(self.format(record) + "\n")
        sys.stderr.flush()


def _take_over_libraries(shared: list[structlog.typing.Processor]) -> None:
    """Warnings of other libraries in the same form."""
    handler = _ErrorStream()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(),
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    # The job engine puts a handler of its own where there is none.
    engine = logging.getLogger("dbos")
    engine.handlers, engine.propagate = [handler], False
