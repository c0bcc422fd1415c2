"""Why a family stays: reason code, fact, and the movement rule behind it."""

from typing import NamedTuple

from movplan.domain.words import Reason


class Cause(NamedTuple):
    """``rule`` is empty if no movement rule keeps the family out."""

    reason: Reason
    fact: str
    rule: str = ""
