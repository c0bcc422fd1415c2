"""``rules-family``: ties, consent, the newborn, minors alone, laps by carrier."""

from movplan.domain.people import Document, Family, Member
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.scenario import Scenario
from movplan.domain.words import DocumentState, EscortRole, Holders, Moment
from scenarios.builders.days import day
from scenarios.builders.money import escort, line, paid, positioning
from scenarios.builders.people import adults, family, held, members
from scenarios.builders.transport import fares, flight, place, transfer
from scenarios.builders.world import rule, scenario

WAY = "tehran>kabul"
AUTHORISATION = "authorisation"
RELATIONS = {
    "PARENT": ("principal", "child", "child"),
    "PARENTS": ("principal", "spouse", "child"),
}


def rules_family() -> Scenario:
    """Eleven families who fly from Tehran to Kabul on 10, 15 and 22 April."""
    every, people = _families()
    flights = [
        flight("W5-0410", "ika>kbl", "09:00", "12:30"),
        flight("W5-0415", "ika>kbl", "09:00", "12:30"),
        flight("W5-0422", "ika>kbl", "09:00", "12:30"),
        # Three seats left; the carrier takes no infants on laps.
        flight(
            "RQ-0411", "ika>kbl", "15:00", "18:30", seats=3, programmes=("reunion",)
        ),
    ]
    escorts = [escort("operational-1", EscortRole.OPERATIONAL)]
    return scenario(
        "rules-family",
        "Families and children: who may fly, with whom, in which seat",
        "04-30",
        programmes=_programmes(),
        document_types=[
            DocumentType(
                document_type=AUTHORISATION,
                name="Authorisation of the other parent",
                moment=Moment.DEPARTURE,
                holders=Holders.MINORS_ONE_PARENT,
                source="may be demanded (F11)",
            )
        ],
        families=every,
        members=people,
        documents=_documents(),
        places=[place(p) for p in ("tehran", "ika", "kbl", "kabul")],
        transfers=[transfer("tehran", "ika", 55, 30), transfer("kbl", "kabul", 15, 20)],
        departures=flights,
        fares=fares(flights, {"W5": 200, "RQ": 180}),
        escorts=escorts,
        escort_travel=[
            positioning("tehran", "ika", 55, 30),
            positioning("kbl", "tehran", 300, 250),
        ],
        payers=paid(escorts=escorts),
        budget_lines=[line()],
        rules=[rule("lap_infants_per_adult", None, "no infants on laps", RQ=0)],
    )


def _programmes() -> list[Programme]:
    return [
        Programme(programme_id="air", name="Return by air", source="invented"),
        Programme(programme_id="reunion", name="Family reunion", source="invented"),
        Programme(
            programme_id="children",
            name="Return of families with children",
            required_documents=(AUTHORISATION,),
            source="invented",
        ),
    ]


def _families() -> tuple[list[Family], list[Member]]:
    every = [
        (family("NEWBORN", "air", WAY, "04-07", persons=3), (*adults(2), "2026-04-05")),
        (
            family("UNSIGNED", "air", WAY, "04-07", persons=2, consent_signed=None),
            adults(2),
        ),
        (
            family("TIE-A", "air", WAY, "04-07", persons=2, travels_with=("TIE-B",)),
            adults(2),
        ),
        (
            family("TIE-B", "air", WAY, "04-14", persons=2, travels_with=("TIE-A",)),
            adults(2),
        ),
        (
            family(
                "APART-A",
                "air",
                WAY,
                "04-07",
                persons=2,
                travels_with=("APART-B",),
                travel_apart_consent=day("03-25"),
            ),
            adults(2),
        ),
        (
            family(
                "APART-B",
                "air",
                WAY,
                "04-14",
                persons=2,
                travels_with=("APART-A",),
                travel_apart_consent=day("03-25"),
            ),
            adults(2),
        ),
        (family("MINOR-NO", "air", WAY, "04-07", persons=1), ("2011-10-02",)),
        (
            family(
                "MINOR-YES", "air", WAY, "04-07", persons=2, best_interests=day("03-25")
            ),
            ("2010-10-02", "2013-10-02"),
        ),
        (
            family("PARENT", "children", WAY, "04-07", persons=3),
            (*adults(1), "2014-10-02", "2017-10-02"),
        ),
        (
            family("PARENTS", "children", WAY, "04-07", persons=3),
            (*adults(2), "2014-10-02"),
        ),
        (
            family("TWINS", "reunion", WAY, "04-11", persons=4),
            (*adults(2), "2025-01-20", "2025-01-20"),
        ),
    ]
    people = [
        m
        for row, born in every
        for m in members(
            row.family_id, *born, relations=RELATIONS.get(row.family_id, ())
        )
    ]
    return [row for row, _ in every], people


def _documents() -> list[Document]:
    """The younger child's authorisation is signed on 13 April."""
    return [
        held("PARENT-2", AUTHORISATION, "03-01", "06-30"),
        Document(
            member_id="PARENT-3",
            document_type=AUTHORISATION,
            state=DocumentState.HELD,
            valid_from=day("04-13"),
            valid_until=day("06-30"),
        ),
    ]
