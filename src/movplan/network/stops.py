"""What stops a movement at a place or a convoy as a whole: rule, fact, whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """A rule that forbids an event or a convoy; ``programmes`` empty: to all."""

    rule: str
    fact: str
    place_id: str = ""
    programmes: tuple[str, ...] = ()
