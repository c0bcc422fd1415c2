"""``rules-steps``: documents and sessions in their order, places, beds, a loan."""

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Session
from movplan.domain.people import Document, Family, Member
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Capacity
from movplan.domain.words import (
    CapacityKind,
    DocumentState,
    LineKind,
    Moment,
    Period,
    SessionKind,
)
from scenarios.builders.money import line
from scenarios.builders.people import adults, family, held, members
from scenarios.builders.transport import fares, flight, place, session, transfer
from scenarios.builders.world import scenario

WAY = "tehran>frankfurt"
DOC, CO, PEC = (
    SessionKind.DOCUMENT_STEP,
    SessionKind.CULTURAL_ORIENTATION,
    SessionKind.PRE_EMBARKATION_CHECK,
)
PERMIT, TRANSIT, CARD, PASSPORT = "exit-permit", "transit", "card-returned", "passport"


def rules_steps() -> Scenario:
    """Nine families who fly to Frankfurt on 17 and 24 April and 1 May."""
    every = _families()
    people = [m for row, born in every for m in members(row.family_id, *born)]
    flights = [
        flight(f"LH-{on}", "ika>fra", "07:00", "11:00")
        for on in ("0417", "0424", "0501")
    ]
    return scenario(
        "rules-steps",
        "Steps before departure: in order, with places and beds",
        "05-10",
        programmes=_programmes(),
        document_types=_document_types(),
        families=[row for row, _ in every],
        members=people,
        documents=_documents(people),
        places=[
            place("tehran", night_price_cents=3000),
            *(place(p) for p in ("mashhad", "ika", "fra", "frankfurt")),
        ],
        transfers=[
            transfer("mashhad", "tehran", 600, 200),
            transfer("tehran", "ika", 55, 30),
            transfer("mashhad", "ika", 660, 230),
            transfer("fra", "frankfurt", 25, 40),
        ],
        departures=flights,
        fares=fares(flights, {"LH": 600}),
        sessions=_sessions(),
        capacities=[
            Capacity(
                capacity_id="tehran-beds",
                place_id="tehran",
                kind=CapacityKind.BEDS,
                period=Period.DAY,
                limit=5,
                source="invented centre",
            ),
            Capacity(
                capacity_id="clinic",
                place_id="tehran",
                kind=CapacityKind.APPOINTMENT,
                limit=6,
                programme="check",
                source="invented clinic",
            ),
        ],
        budget_lines=_lines(),
    )


def _programmes() -> list[Programme]:
    rows: dict[str, dict[str, object]] = {
        "order": {"required_steps": (DOC, CO)},
        "check": {"required_steps": (PEC,)},
        "stay": {"required_steps": (PEC,)},
        "papers": {"required_documents": (PERMIT, TRANSIT, CARD)},
        "passport": {"required_documents": (PASSPORT,)},
        "loan": {},
    }
    return [
        Programme.model_validate(
            {"programme_id": name, "name": f"Admission ({name})", "source": "invented"}
            | columns
        )
        for name, columns in rows.items()
    ]


def _document_types() -> list[DocumentType]:
    return [
        DocumentType(
            document_type=PERMIT,
            name="Exit permit",
            moment=Moment.DEPARTURE,
            lead_days=10,
            needed_to_book=True,
            source="needed before booking (D7)",
        ),
        DocumentType(
            document_type=TRANSIT,
            name="Transit permission",
            moment=Moment.DEPARTURE,
            lead_days=8,
            after=(PERMIT,),
            source="invented",
        ),
        DocumentType(
            document_type=CARD,
            name="Receipt for the refugee card given back",
            moment=Moment.DEPARTURE,
            lead_days=5,
            irreversible=True,
            source="never before everything else is certain (D3)",
        ),
        DocumentType(
            document_type=PASSPORT,
            name="Passport",
            moment=Moment.JOURNEY,
            source="common practice",
        ),
    ]


def _families() -> list[tuple[Family, tuple[str, ...]]]:
    rows = [
        ("ORDER", "order", 3, None),
        ("CHECK-A", "check", 4, None),
        ("CHECK-B", "check", 3, None),
        ("STAY-A", "stay", 4, None),
        ("STAY-B", "stay", 3, None),
        ("PAPERS", "papers", 2, None),
        ("PASSPORT", "passport", 2, None),
        ("NOTE", "loan", 3, DocumentState.TO_OBTAIN),
        ("NO-NOTE", "loan", 2, None),
    ]
    found = []
    for name, programme, persons, note in rows:
        way = WAY.replace("tehran", "mashhad") if programme == "stay" else WAY
        row = family(
            name, programme, way, "04-07", persons=persons, promissory_note=note
        )
        found.append((row, adults(persons)))
    return found


def _documents(people: list[Member]) -> list[Document]:
    rows = [
        Document(
            member_id=member.member_id,
            document_type=name,
            state=DocumentState.TO_OBTAIN,
        )
        for member in people
        if member.family_id == "PAPERS"
        for name in (PERMIT, TRANSIT, CARD)
    ]
    return [*rows, held("PASSPORT-1", PASSPORT), held("PASSPORT-2", PASSPORT, "04-20")]


def _sessions() -> list[Session]:
    order, check, stay = ("order",), ("check",), ("stay",)
    return [
        session("DOC-0413", DOC, "tehran", "09:00-11:00", programmes=order),
        session("CO-0409", CO, "tehran", "09:00-11:00", programmes=order),
        session("CO-0422", CO, "tehran", "09:00-11:00", programmes=order),
        session("PEC-A-0415", PEC, "tehran", "09:00-11:00", programmes=check, places=5),
        session("PEC-P-0415", PEC, "tehran", "13:00-15:00", programmes=check, places=5),
        session("PEC-A-0422", PEC, "tehran", "09:00-11:00", programmes=check),
        session("PEC-B-0415", PEC, "tehran", "09:00-11:00", programmes=stay),
        session("PEC-B-0422", PEC, "tehran", "09:00-11:00", programmes=stay),
    ]


def _lines() -> list[BudgetLine]:
    others = ("order", "check", "stay", "papers", "passport")
    return [
        line(programmes=others),
        line("loan", kind=LineKind.LOAN, programmes=("loan",)),
    ]
