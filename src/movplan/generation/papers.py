"""Documents: held with their dates, or to obtain in time."""

from datetime import timedelta

import numpy as np

from movplan.domain.people import Document, Family, Member
from movplan.domain.words import DocumentState
from movplan.generation.brief import FIRST, TODAY, Brief
from movplan.generation.figures import happens, whole
from movplan.generation.programmes import programmes

# How long a paper in hand is still good, in days from its issue: (least, most).
# A visa is set against the window of its family below.
HELD_DAYS = {
    "laissez-passer": (15, 30),
    "vrf": (30, 60),
    "exit-permit": (25, 45),
    "transit-tr": (25, 45),
    "return-permit": (50, 80),
    "passport": (400, 1800),
    "entry-visa": (28, 90),
}
ALWAYS_HELD = ("passport", "entry-visa")


def draw_documents(
    brief: Brief, families: list[Family], members: list[Member]
) -> list[Document]:
    """A row per member and paper asked for; a family's papers go together."""
    rng = brief.stream(4)
    required = {p.programme_id: p.required_documents for p in programmes()}
    by_family: dict[str, list[Member]] = {}
    for member in members:
        by_family.setdefault(member.family_id, []).append(member)
    rows: list[Document] = []
    for family in families:
        household = by_family.get(family.family_id, [])
        for document_type in required[family.programme]:
            rows += _family_papers(rng, family, household, document_type)
    return rows


def _family_papers(
    rng: np.random.Generator,
    family: Family,
    household: list[Member],
    document_type: str,
) -> list[Document]:
    paper = _paper(rng, family, document_type)
    return [
        Document.model_validate({"member_id": member.member_id, **paper})
        for member in household
    ]


def _paper(
    rng: np.random.Generator, family: Family, document_type: str
) -> dict[str, object]:
    held = document_type in ALWAYS_HELD or happens(rng, "held_paper")
    if not held:
        return {"document_type": document_type, "state": DocumentState.TO_OBTAIN}
    low, high = HELD_DAYS[document_type]
    ready = max(family.ready_from, FIRST)
    return {
        "document_type": document_type,
        "state": DocumentState.HELD,
        "valid_from": min(ready, TODAY) - timedelta(days=whole(rng, 0, 5)),
        "valid_until": ready + timedelta(days=whole(rng, low, high)),
    }
