"""Documents to obtain: ready and due, by hand."""

from datetime import date, timedelta

from movplan.checks.view.in_hand import InHand, in_hand
from movplan.domain.programmes import DocumentType
from tests.checks.world import may


def kind(name: str, lead: int, *after: str, last: bool = False) -> DocumentType:
    return DocumentType(
        document_type=name, lead_days=lead, after=after, irreversible=last
    )


def dates(
    *kinds: DocumentType, held: dict[str, date], needed: dict[str, date]
) -> dict[str, InHand]:
    """Everything may be applied for from 3 May on."""
    known = {row.document_type: row for row in kinds}
    types = {name: known[name] for name in needed}
    return in_hand(types, known=known, held=held, needed=needed, start=lambda _: may(3))


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
