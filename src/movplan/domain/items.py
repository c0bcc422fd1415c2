"""What a charge's ``item`` says: one spelling for whoever writes or reads a ledger."""

from datetime import date

from movplan.domain.words import Part

GRANT = "grant"


def fare_item(part: Part, leg: int, departure_id: str) -> str:
    """The fare of a family's ride, the ``leg``-th of the part."""
    return f"{part.value}/{leg}/{departure_id}"


def transfer_item(part: Part, from_place: str, to_place: str, on: date) -> str:
    """A transfer of the journey, dated by leaving."""
    return f"{part.value}/{from_place}>{to_place}/{on.isoformat()}"


def night_item(part: Part, place_id: str, on: date) -> str:
    """A night of the journey, dated by its evening."""
    return f"{part.value}/{place_id}/{on.isoformat()}"


def session_item(session_id: str) -> str:
    """The price of attending a session."""
    return f"session/{session_id}"


def session_transfer_item(
    session_id: str, from_place: str, to_place: str, on: date
) -> str:
    """A transfer to, from or (replacing the access) on from a session."""
    return f"session/{session_id}/{from_place}>{to_place}/{on.isoformat()}"


def session_night_item(session_id: str, place_id: str, on: date) -> str:
    """A night spent for a session."""
    return f"session/{session_id}/{place_id}/{on.isoformat()}"


def credit_item(family_id: str, fare: str) -> str:
    """A payer's credit for a family of another line on its departure."""
    return f"credit/{family_id}/{fare}"
