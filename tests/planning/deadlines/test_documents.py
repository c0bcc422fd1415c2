"""When to apply for documents, in their order."""

from datetime import date

import pytest

from movplan.domain.people import Document, Member
from movplan.domain.plan import Deadline
from movplan.domain.programmes import DocumentType, Programme
from movplan.domain.words import DocumentState, Holders, Moment, Part
from movplan.planning.deadlines import find_deadlines
from tests.planning.deadlines.story import (
    CHILD,
    MOTHER,
    SCENARIO,
    SCHEDULE,
    dates,
    deadlines,
)

TO_OBTAIN = DocumentState.TO_OBTAIN


def kind(name: str, moment: Moment, lead: int, **more: object) -> DocumentType:
    row = DocumentType(document_type=name, moment=moment, lead_days=lead)
    return row.model_copy(update=more)


VISA = kind("visa", Moment.ARRIVAL, 20)
EXIT = kind("exit", Moment.BORDER, 10)
HANDOVER = kind("handover", Moment.DEPARTURE, 3, irreversible=True)


def found(*types: DocumentType, held: tuple[str, ...] = ()) -> tuple[Deadline, ...]:
    names = tuple(row.document_type for row in types)
    documents = tuple(
        Document(
            member_id="m",
            document_type=name,
            state=DocumentState.HELD if name in held else TO_OBTAIN,
        )
        for name in names
    )
    return deadlines(
        document_types=types,
        documents=documents,
        programmes=(Programme(programme_id="P", required_documents=names),),
    )


def test_each_by_the_first_date_it_is_needed() -> None:
    """Border on 12 May - 10 days, arrival on 13 May - 20 days."""
    expected = {
        "apply for exit": "05-02",
        "exit in hand": "05-12",
        "apply for visa": "04-23",
        "visa in hand": "05-13",
    }
    assert expected.items() <= dates(found(EXIT, VISA)).items()


def test_a_visa_is_not_asked_for_at_home() -> None:
    """On the way home the border asks for the exit permit, the arrival for nothing."""
    home = tuple(leg.model_copy(update={"part": Part.RETURN}) for leg in SCHEDULE)
    exits = Document(member_id="m", document_type="exit", state=TO_OBTAIN)
    visa = exits.model_copy(update={"document_type": "visa"})
    programme = Programme(programme_id="P", required_documents=("exit", "visa"))
    tables = {
        "document_types": (EXIT, VISA),
        "documents": (exits, visa),
        "programmes": (programme,),
    }
    rows = find_deadlines(SCENARIO.model_copy(update=tables), home, (), ())
    assert set(dates(rows)) == {"apply for exit", "exit in hand"}


def test_a_document_in_hand_before_those_that_come_after_it() -> None:
    """Exit due 12 May, applied for on 2 May: the visa is in hand then: 2 May - 20."""
    exit_after_visa = EXIT.model_copy(update={"after": ("visa",)})
    what = dates(found(exit_after_visa, VISA))
    assert (what["visa in hand"], what["apply for visa"]) == ("05-02", "04-12")


def test_an_irreversible_one_is_last() -> None:
    """Handover due 12 May, applied for on 9 May: all others in hand on 9 May."""
    rows = found(EXIT, VISA, HANDOVER)
    what = dates(rows)
    assert what["apply for handover"] == "05-09"
    assert what["exit in hand"] == what["visa in hand"] == "05-09"
    assert what["apply for visa"] == "04-19"
    (said,) = {d.detail for d in rows if "handover" in d.what}
    assert said == "member m, needed 2026-05-12, irreversible: after all others"


def test_order_goes_through_a_document_that_is_held() -> None:
    """Exit after passport (held) after visa: the visa by 2 May all the same."""
    passport = kind("passport", Moment.JOURNEY, 0, after=("visa",))
    exit_last = EXIT.model_copy(update={"after": ("passport",)})
    what = dates(found(exit_last, passport, VISA, held=("passport",)))
    assert what["visa in hand"] == "05-02"
    assert "passport in hand" not in what


PERMIT = kind("permit", Moment.DEPARTURE, 6, needed_to_book=True)


def test_one_needed_to_book_by_the_first_manifest_to_close() -> None:
    """The flight of 13 May 01:00 is locked 72 hours before, the convoy 24."""
    rows = found(PERMIT)
    what = dates(rows)
    assert (what["permit in hand"], what["apply for permit"]) == ("05-10", "05-04")
    (said,) = {d.detail for d in rows if "permit" in d.what}
    assert said == "member m, needed 2026-05-12, and to book the transport"


def test_the_permit_two_days_before_what_waits_for_firm_transport() -> None:
    """Visa due 13 May, applied for on 23 April; firm by then, booked on 21 April."""
    rows = found(PERMIT, VISA)
    assert dates(rows)["permit in hand"] == "04-21"
    firm = [d for d in rows if d.what.startswith("contract it")]
    assert [(d.subject_id, d.on) for d in firm] == [
        ("C", date(2026, 4, 23)),
        ("F1", date(2026, 4, 23)),
    ]
    assert {d.detail for d in firm} == {"F then applies for visa"}


def test_departures_are_firm_by_the_first_application() -> None:
    """Exit on 2 May, visa on 23 April. What is had before booking asks for nothing."""
    firm = [d.on for d in found(EXIT, VISA) if d.what.startswith("contract it")]
    assert firm == [date(2026, 4, 23)] * 2
    early = VISA.model_copy(update={"before_booking": True})
    assert not [d for d in found(early) if d.what.startswith("contract it")]


@pytest.mark.parametrize(
    ("country", "due"), [(None, "05-12"), ("IR", "05-12"), ("TR", None)]
)
def test_a_border_of_another_country_asks_for_nothing(
    country: str | None, due: str | None
) -> None:
    """Dogharoun is in Iran."""
    row = EXIT.model_copy(update={"country": country})
    assert dates(found(row)).get("exit in hand") == due


def test_transit_is_where_it_alights_on_the_way() -> None:
    """Herat on 12 May (Afghanistan), Istanbul on 13 May (Turkey)."""
    through = kind("through", Moment.TRANSIT, 0)
    assert dates(found(through))["through in hand"] == "05-12"
    turkish = through.model_copy(update={"country": "TR"})
    assert dates(found(turkish))["through in hand"] == "05-13"


@pytest.mark.parametrize(
    ("holders", "asked"),
    [
        (Holders.ALL, True),
        (Holders.ADULTS, True),
        (Holders.MINORS, False),
        (Holders.MINORS_ONE_PARENT, False),
    ],
)
def test_holders(holders: Holders, asked: bool) -> None:
    """The document is the mother's, born in 1990."""
    row = VISA.model_copy(update={"holders": holders})
    assert bool(found(row) and dates(found(row))) is asked


def of_the_child(*members: Member) -> tuple[Deadline, ...]:
    """Of a visa that minors without both parents need."""
    row = VISA.model_copy(update={"holders": Holders.MINORS_ONE_PARENT})
    return deadlines(
        document_types=(row,),
        documents=(Document(member_id="c", document_type="visa", state=TO_OBTAIN),),
        programmes=(Programme(programme_id="P", required_documents=("visa",)),),
        members=members or SCENARIO.members,
    )


def test_a_minor_with_one_parent_applies() -> None:
    rows = of_the_child()
    hand = next(d for d in rows if d.what == "visa in hand")
    assert (hand.on, hand.detail) == (
        date(2026, 5, 13),
        "member c, needed 2026-05-13",
    )


def test_a_minor_with_both_parents_does_not_apply() -> None:
    child = CHILD.model_copy(update={"relation": "child"})
    other = MOTHER.model_copy(update={"member_id": "o", "relation": "spouse"})
    assert "visa in hand" not in dates(of_the_child(MOTHER, other, child))
    # a grown-up brother is no parent
    brother = other.model_copy(update={"relation": "child"})
    assert "visa in hand" in dates(of_the_child(MOTHER, brother, child))
