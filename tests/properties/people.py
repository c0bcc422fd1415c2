"""The rows of a drawn family: itself, members, clearances, papers, who goes with it."""

from datetime import timedelta

from movplan.domain.escorts import Escort
from movplan.domain.people import Document, Family, Medical, Member
from movplan.domain.words import DocumentState
from scenarios.builders.columns import MedicalColumns
from scenarios.builders.days import day
from scenarios.builders.money import escort
from scenarios.builders.people import family, fit, held, members
from tests.properties.drawn import EVENT, HUB, ROAD, TO_EXAMINE, Drawn

ROAD_PAPER, PASSPORT, VISA = "laissez-passer", "passport", "entry-visa"
BORN = {"adult": "1985-05-05", "child": "2016-05-05", "infant": "2025-09-05"}


def family_row(name: str, each: Drawn, tie: tuple[str, ...]) -> Family:
    """Ready some days before its first ride, until some days after its last."""
    ready = each.first - timedelta(days=each.early)
    row = family(
        name,
        each.programme,
        each.way,
        ready.isoformat(),
        persons=each.persons,
        latest=each.arrives + timedelta(days=each.late),
        priority=each.priority,
        waiting_since=day("01-01"),
        travels_with=tie,
    )
    columns: dict[str, object] = {}
    if each.is_unaccompanied:
        columns["best_interests"] = day("03-25")
    if each.counted:
        columns |= {"children": each.children, "infants": each.infants}
    if each.programme == EVENT:
        columns["return_latest"] = each.ends + timedelta(days=each.late)
    return row.model_copy(update=columns)


def member_rows(name: str, each: Drawn) -> list[Member]:
    """Adults, children, infants; the first one may need help. None if only counted."""
    if each.counted:
        return []
    kinds = ("adult", "child", "infant")
    counts = (each.adults, each.children, each.infants)
    born = [BORN[kind] for kind, n in zip(kinds, counts, strict=True) for _ in range(n)]
    needs = (each.need,) if each.need else ()
    rows = members(name, *born, first={"needs": needs})
    return [row.model_copy(update={"language": each.language}) for row in rows]


def medical_rows(name: str, each: Drawn) -> list[Medical]:
    """Whoever goes on by Istanbul is examined, and every patient."""
    until = each.arrives + timedelta(days=each.late)
    first: MedicalColumns = {"valid_until": until}
    if each.care:
        role, share = each.care
        first |= {"escort_role": role, "escort_share": share}
    if each.need in TO_EXAMINE:
        first |= {"airline_clearance_until": until}
    asked = each.persons if each.programme == HUB else int(len(first) > 1)
    return [
        fit(f"{name}-{k}", **first) if k == 1 else fit(f"{name}-{k}", valid_until=until)
        for k in range(1, asked + 1)
    ]


def document_rows(name: str, each: Drawn) -> list[Document]:
    """A paper for the road or a passport; for Frankfurt a visa; some to be obtained.

    The road paper is in hand on 15 April, for the second convoy only, the visa on the
    9th.
    """
    who = [f"{name}-{k}" for k in range(1, each.persons + 1) if not each.counted]
    last = (each.ends + timedelta(days=each.late)).isoformat()
    if each.programme == ROAD:
        if each.to_obtain and each.rides == ("MH-0421",):
            return [_to_obtain(member, ROAD_PAPER) for member in who]
        return [held(member, ROAD_PAPER, "2026-01-01", last) for member in who]
    rows = [held(member, PASSPORT, "2026-01-01", last) for member in who]
    if each.programme == HUB and each.to_obtain:
        rows += [_to_obtain(member, VISA) for member in who]
    elif each.programme == HUB:
        rows += [held(member, VISA, "2026-01-01", last) for member in who]
    return rows


def escort_rows(name: str, each: Drawn) -> list[Escort]:
    """Somebody from Tehran for each who has to go with a family."""
    return [escort(f"{role.value}-{name}", role) for role in each.escort_roles]


def _to_obtain(member: str, paper: str) -> Document:
    return Document(
        member_id=member, document_type=paper, state=DocumentState.TO_OBTAIN
    )
