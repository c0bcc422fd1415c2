"""Names as they are sent in, and what is said about them."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from movplan_api.contract.answers import Answer
from movplan_api.contract.orders import Asked

MemberId = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class IdentityRow(Asked):
    """What one member is called; columns of ``identities.csv``."""

    member_id: MemberId
    name: Annotated[_Text, Field(min_length=1)]
    document_number: _Text = ""
    phone: _Text = ""


class IdentitiesAsked(Asked):
    """Names to be kept: new members are added, those known are replaced."""

    identities: Annotated[tuple[IdentityRow, ...], Field(max_length=500_000)]


class IdentitiesKept(Answer):
    """How many names were kept."""

    kept: int


class IdentitiesGone(Answer):
    """How many names were purged."""

    purged: int


class IdentitiesResealed(Answer):
    """How many names were sealed again with the newest key."""

    resealed: int
    key_number: int


class IdentityEntry(Answer):
    """That there is a name, and since when; never the name itself."""

    member_id: str
    key_number: int
    stored_at: datetime


class IdentityPage(Answer):
    """One page of members with names, by id."""

    items: tuple[IdentityEntry, ...]
    total: int
    next_cursor: str | None
