"""Documents to obtain: ready and due, by hand."""

from datetime import date, timedelta

from movplan.checks.view.in_hand import Booking, InHand, in_hand
from movplan.domain.programmes import DocumentType
from tests.checks.world import may

TWO_DAYS = timedelta(days=2)


def kind(
    name: str, lead: int, *after: str, last: bool = False, books: bool = False
) -> DocumentType:
    return DocumentType(
        document_type=name,
        lead_days=lead,
        after=after,
        irreversible=last,
        needed_to_book=books,
    )


def dates(
    *kinds: DocumentType,
    held: dict[str, date],
    needed: dict[str, date],
    to_firm: timedelta | None = TWO_DAYS,
) -> dict[str, InHand]:
    """On 1 May, booked by the 16th and firm two days later: from the 3rd on."""
    known = {row.document_type: row for row in kinds}
    types = {name: known[name] for name in needed}
    booking = Booking(may(1), may(16), to_firm)
    return in_hand(types, known=known, held=held, needed=needed, booking=booking)


def test_one_after_the_other() -> None:
    """A passport takes 5 days, the visa on it 4, a permit on that 2."""
    found = dates(
        kind("permit", 2, "visa"),
        kind("visa", 4, "passport"),
        kind("passport", 5),
        held={},
        needed={"permit": may(20), "visa": may(25), "passport": may(25)},
    )

    # 3 + 5 = 8, 8 + 4 = 12, 12 + 2 = 14; due 20, 20 - 2 = 18, 18 - 4 = 14.
    assert found == {
        "passport": InHand(ready=may(8), due=may(14)),
        "visa": InHand(ready=may(12), due=may(18)),
        "permit": InHand(ready=may(14), due=may(20)),
    }


def test_one_that_is_not_needed_hands_the_order_on() -> None:
    """No visa is needed here, but the permit still comes after the passport."""
    found = dates(
        kind("permit", 2, "visa"),
        kind("visa", 4, "passport"),
        kind("passport", 5),
        held={},
        needed={"permit": may(20), "passport": may(25)},
    )

    # 3 + 5 = 8, 8 + 2 = 10; due 20, 20 - 2 = 18.
    assert found == {
        "passport": InHand(ready=may(8), due=may(18)),
        "permit": InHand(ready=may(10), due=may(20)),
    }


def test_a_held_one_counts_from_when_it_is_valid() -> None:
    found = dates(
        kind("visa", 4, "passport"),
        kind("passport", 5),
        held={"passport": may(10)},
        needed={"visa": may(20), "passport": may(20)},
    )

    assert found == {"visa": InHand(ready=may(14), due=may(20))}


def test_an_irreversible_one_comes_last() -> None:
    """Giving up the residence permit comes after all but what builds on it."""
    found = dates(
        kind("exit", 1, "renounced"),
        kind("renounced", 2, last=True),
        kind("visa", 6),
        held={},
        needed={"exit": may(20), "renounced": may(20), "visa": may(20)},
    )

    # visa 3 + 6 = 9, renounced 9 + 2 = 11, exit 11 + 1 = 12.
    assert found["renounced"].ready == may(11)
    assert found["exit"].ready == may(12)
    # renounced is due a day before the exit permit, the visa two before that.
    assert found["renounced"].due == may(20) - timedelta(days=1)
    assert found["visa"].due == may(17)


def test_types_that_are_not_needed_order_nothing() -> None:
    found = dates(kind("visa", 4, "passport"), held={}, needed={"visa": may(20)})

    assert found == {"visa": InHand(ready=may(7), due=may(20))}


EXIT = kind("exit", 6, books=True)
BOTH = {"exit": may(20), "visa": may(20)}


def test_one_needed_to_book_is_due_when_the_transport_is_booked() -> None:
    # 1 + 6 = 7; on the 20th it would be too late.
    assert dates(EXIT, held={}, needed={"exit": may(20)}) == {
        "exit": InHand(ready=may(7), due=may(16))
    }
    assert dates(EXIT, held={}, needed={"exit": may(12)})["exit"].due == may(12)


def test_what_waits_for_firm_transport_waits_for_what_is_needed_to_book_it() -> None:
    """Exit permit on the 7th, firm on the 9th, the visa six days after that."""
    found = dates(EXIT, kind("visa", 6), held={}, needed=BOTH)

    assert found["visa"] == InHand(ready=may(15), due=may(20))
    # 20 - 6 for the visa, 2 to be firm.
    assert found["exit"] == InHand(ready=may(7), due=may(12))


def test_nothing_waits_where_the_transport_is_firm_or_the_permit_held() -> None:
    visa = kind("visa", 6)
    firm = dates(EXIT, visa, held={}, needed=BOTH, to_firm=None)
    assert firm["visa"] == InHand(ready=may(7), due=may(20))
    assert firm["exit"].due == may(16)

    held = dates(EXIT, visa, held={"exit": may(1)}, needed=BOTH)
    assert held == {"visa": InHand(ready=may(9), due=may(20))}


def test_what_the_permit_builds_on_does_not_wait_for_it() -> None:
    """The passport is no reason to wait for a permit that comes after it."""
    found = dates(
        kind("exit", 6, "passport", books=True),
        kind("passport", 3),
        held={},
        needed={"exit": may(20), "passport": may(20)},
    )

    # 3 + 3 = 6, 6 + 6 = 12; booked by the 16th, 16 - 6 = 10.
    assert found["passport"] == InHand(ready=may(6), due=may(10))
    assert found["exit"] == InHand(ready=may(12), due=may(16))
