"""What a solver process and its parent say to each other: JSON, one message a line.

Down: the line ``stop`` (end with the best plan so far). The end of the stream means the
parent is gone: the child ends at once. Up: ``Message``.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

STOP = "stop\n"
# In place of a folder: the first line says which.
WAITING = "-"


class Kind(StrEnum):
    """What a message of the child is about."""

    PROGRESS = "progress"
    INCUMBENT = "incumbent"
    RESULT = "result"
    CONFLICT = "conflict"
    STOPPED = "stopped"
    FAULT = "fault"


# After one of these the child has nothing more to say.
LAST = frozenset({Kind.RESULT, Kind.CONFLICT, Kind.STOPPED, Kind.FAULT})


@dataclass(frozen=True, slots=True)
class Message:
    """One line. Plans do not travel in it: ``body`` names their files in the folder."""

    kind: Kind
    body: dict[str, Any]

    def as_line(self) -> str:
        """As it is sent."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def of_line(cls, line: str) -> "Message":
        """As it was sent."""
        found = json.loads(line)
        return cls(Kind(found["kind"]), found["body"])
