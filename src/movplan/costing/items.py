"""How the items of charges are spelled: one place for all who write or read them.

``outbound/2/TK871-0512`` a ride, ``outbound/KBL>ISB/2026-05-12`` a transfer,
``outbound/ISB/2026-05-12`` a night; travel to and from a session starts with
``session/<session id>/`` instead of the part.
"""

from datetime import date

from movplan.domain.words import CostCategory, Part

GRANT = "grant"
FIXED = "fixed"
CANCELLED = "cancelled"


def ride_item(part: Part, leg: int, departure_id: str) -> str:
    """A ride; ``leg`` counts the rides of the part from 1."""
    return f"{part.value}/{leg}/{departure_id}"


def credit_item(family_id: str, part: Part, leg: int) -> str:
    """What a family of another line pays back to the departure's payers."""
    return f"credit/{family_id}/{part.value}/{leg}"


def transfer_item(whose: str, from_place: str, to_place: str, on: date) -> str:
    """A transfer; ``whose`` is the part, or ``session_prefix`` of a session."""
    return f"{whose}/{from_place}>{to_place}/{on.isoformat()}"


def night_item(whose: str, place_id: str, on: date) -> str:
    """A night, dated by its evening; ``whose`` as for a transfer."""
    return f"{whose}/{place_id}/{on.isoformat()}"


def session_prefix(session_id: str) -> str:
    """What the items of travel to and from a session start with."""
    return f"session/{session_id}"


def mission_item(mission_id: str, what: str) -> str:
    """A cost of a mission: ``positioning``, ``fare/<departure>``, ``days``, ``return``."""
    return f"{mission_id}/{what}"


def overhead_item(category: CostCategory, item: str) -> str:
    """The overhead on a charge."""
    return f"{category.value}/{item}"
