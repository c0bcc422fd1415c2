"""Families and members of the scenarios written by hand; what they hold."""

from typing import Unpack

from movplan.domain.people import Document, Family, Medical, Member
from scenarios.builders.columns import FamilyColumns, MedicalColumns, MemberColumns
from scenarios.builders.days import dated, day


def members(
    family_id: str,
    *born: str,
    relations: tuple[str, ...] = (),
    first: MemberColumns | None = None,
) -> list[Member]:
    """A member per birth date; ``first`` are columns of the first one."""
    named = (*relations, *["child"] * len(born))
    return [
        Member.model_validate(
            {
                "member_id": f"{family_id}-{number}",
                "family_id": family_id,
                "birth_date": day(birth),
                "relation": named[number - 1]
                if relations
                else ("principal" if number == 1 else "relative"),
                **(first if first and number == 1 else {}),
            }
        )
        for number, birth in enumerate(born, start=1)
    ]


def family(
    family_id: str,
    programme: str,
    route: str,
    ready: str,
    **rest: Unpack[FamilyColumns],
) -> Family:
    """A family on a route ``tehran>kabul``, ready on a day; it consents."""
    start, end = route.split(">")
    values: dict[str, object] = {
        "family_id": family_id,
        "case_ids": (f"MP-{family_id}",),
        "programme": programme,
        "origin": start,
        "destination": end,
        "ready_from": day(ready),
        "consent_signed": day("03-20"),
    }
    return Family.model_validate(values | dated(rest))


def adults(count: int) -> tuple[str, ...]:
    """Birth dates of adults of different ages."""
    return tuple(f"{1980 + 3 * k}-10-02" for k in range(count))


def fit(member_id: str, **rest: Unpack[MedicalColumns]) -> Medical:
    """A clearance after an examination on 1 March."""
    row = {"member_id": member_id, "exam_date": day("03-01")}
    return Medical.model_validate(row | dated(rest))


def held(
    member_id: str, name: str, first: str = "2025-01-01", last: str = "2030-01-01"
) -> Document:
    """A document in hand."""
    return Document(
        member_id=member_id,
        document_type=name,
        valid_from=day(first),
        valid_until=day(last),
    )
