"""Read what a worker streamed about a plan, without waiting for more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dbos import error

from movplan_api.jobs.queueing import Queueing
from movplan_api.jobs.words import PROGRESS_STREAM


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: ``offset`` counts from 0, through all attempts of the plan."""

    offset: int
    body: dict[str, Any]


def said_since(queueing: Queueing, plan_id: str, offset: int) -> tuple[Said, ...]:
    """What was said from an offset on, up to now."""
    return tuple(_said(queueing, plan_id, offset))


def _said(queueing: Queueing, plan_id: str, offset: int) -> Iterator[Said]:
    values = queueing.client.read_stream(
        plan_id, PROGRESS_STREAM, offset=offset, timeout_seconds=0
    )
    try:
        for number, body in enumerate(values, start=offset):
            yield Said(number, body)
    except error.DBOSStreamTimeoutError:
        # No more for now.
        return
    except error.DBOSNonExistentWorkflowError:
        # The job was cleared away some time after the plan was final.
        return
