"""A kind of job: its queue, how many run at once, and how the engine is told of it."""

from collections.abc import Callable
from dataclasses import dataclass

from movplan_api.settings import Settings
from movplan_api.store import Store


@dataclass(frozen=True, slots=True)
class Bench:
    """What jobs work with: the worker they run in, its database and settings."""

    settings: Settings
    store: Store
    worker_id: str


@dataclass(frozen=True, slots=True)
class Job:
    """``at_once``: how many of this queue one worker runs side by side."""

    queue: str
    at_once: int
    register: Callable[[Bench], None]
