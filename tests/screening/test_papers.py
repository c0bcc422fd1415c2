"""Order of documents and steps, who holds what: kept at the bound, broken beyond it.

As of 1 May; candidates are firm two days later, on the 3rd.
"""

from datetime import date

import pytest

from movplan.domain.assignments import Assignment
from movplan.domain.people import Document
from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    AssignmentState,
    DepartureStatus,
    DocumentState,
    Holders,
    Moment,
    Reason,
    SessionKind,
)
from movplan.screening import screen
from tests.screening.mission import (
    changed,
    eligible,
    may,
    refusal,
    with_family,
    with_programme,
)
from tests.screening.rules import CONVOYS, of, on_departures, overridden, person, ruled
from tests.screening.test_appointments import session
from tests.screening.test_persons import GUIDE

DOC, CO = SessionKind.DOCUMENT_STEP, SessionKind.CULTURAL_ORIENTATION


def kind(name: str, lead: int, **columns: object) -> DocumentType:
    row = {"document_type": name, "moment": Moment.DEPARTURE, "lead_days": lead}
    return DocumentType.model_validate({**row, **columns})


def wanted(*kinds: DocumentType, **held: date) -> Scenario:
    """One member; each document to obtain, those in ``held`` valid from a date."""
    rows = tuple(
        Document(
            member_id="M1",
            document_type=row.document_type,
            state="held" if row.document_type in held else DocumentState.TO_OBTAIN,
            valid_from=held.get(row.document_type),
        )
        for row in kinds
    )
    base = changed(base=of(person(1)), document_types=kinds, documents=rows)
    convoys = changed(base=base, departures=changed().departures)
    names = tuple(row.document_type for row in kinds)
    return with_programme(convoys, required_documents=names)


def test_a_document_is_applied_for_when_the_transport_is_firm() -> None:
    # 3 + 2 = 5 May
    assert eligible(wanted(kind("visa", 2))) == CONVOYS
    assert eligible(wanted(kind("visa", 3))) == CONVOYS[1:]
    early = kind("visa", 4, before_booking=True)
    assert eligible(wanted(early)) == CONVOYS
    firm = on_departures(wanted(kind("visa", 4)), status=DepartureStatus.CONTRACTED)
    assert eligible(firm) == CONVOYS
    later = ruled(wanted(kind("visa", 2)), days_to_firm=3)
    assert eligible(later) == CONVOYS[1:]


def test_a_document_needed_to_book_is_in_hand_when_the_transport_is_booked() -> None:
    """Convoys are locked 24 hours before: on the 4th, 11th and 18th of May."""
    permit = kind("permit", 3, needed_to_book=True)
    assert eligible(wanted(permit)) == CONVOYS
    assert eligible(wanted(kind("permit", 4, needed_to_book=True))) == CONVOYS[1:]
    # names of C12 are due on the 8th, of all on the 9th: 1 + 8 = 9 May
    longer = kind("permit", 8, needed_to_book=True)
    assert eligible(wanted(longer)) == CONVOYS[1:]
    assert eligible(on_departures(wanted(longer), names_due=may(9))) == CONVOYS[1:]
    late = on_departures(wanted(longer), names_due=may(8))
    assert eligible(late) == []
    assert refusal(late).fact == (
        "permit of member M1 cannot be in hand before 2026-05-09 (8 days, needed to"
        " book the transport), last due date otherwise possible 2026-05-08 (C12)"
    )
    ticketed = on_departures(
        wanted(longer), ticket_by=may(8), status=DepartureStatus.TICKETED
    )
    assert eligible(ticketed) == CONVOYS[1:]


def test_on_the_manifest_already_there_is_nothing_to_book() -> None:
    base = wanted(kind("permit", 8, needed_to_book=True))
    late = on_departures(base, names_due=may(8))
    notified = Assignment(
        family_id="F1", departure_id="C12", state=AssignmentState.NOTIFIED
    )
    assert eligible(changed(base=late, assignments=(notified,))) == ["C12"]


def test_transport_is_booked_with_the_permit_and_firm_days_later() -> None:
    """Permit 1 + 3 = 4 May, firm on the 6th, the visa six days later: the 12th."""
    permit = kind("permit", 3, needed_to_book=True)
    assert eligible(wanted(permit, kind("visa", 6))) == CONVOYS[1:]
    assert eligible(wanted(permit, kind("visa", 7))) == CONVOYS[2:]
    early = kind("visa", 7, before_booking=True)
    assert eligible(wanted(permit, early)) == CONVOYS[1:]
    firm = on_departures(
        wanted(permit, kind("visa", 7)), status=DepartureStatus.CONTRACTED
    )
    assert eligible(firm) == CONVOYS[1:]
    # the visa is had before the permit, which builds on it: 3 + 3, 6 + 5 = 11 May
    first = kind("permit", 5, needed_to_book=True, after=("visa",))
    assert eligible(wanted(first, kind("visa", 3))) == CONVOYS[1:]


def test_one_after_another() -> None:
    # visa in hand on 3 + 5 = 8 May, exit permit on 8 + 4 = 12 May
    visa, permit = kind("visa", 5), kind("exit_permit", 4, after=("visa",))
    assert eligible(wanted(visa, permit)) == CONVOYS[1:]
    longer = permit.model_copy(update={"lead_days": 5})
    assert eligible(wanted(visa, longer)) == CONVOYS[2:]
    # held from the 8th it is no earlier; held long since the permit starts on the 3rd
    held = kind("visa", 5, moment=Moment.ARRIVAL)
    assert eligible(wanted(held, permit, visa=may(8))) == CONVOYS[1:]
    assert eligible(wanted(held, permit, visa=date(2026, 1, 1))) == CONVOYS[1:]
    found = refusal(wanted(visa, kind("exit_permit", 15, after=("visa",))))
    assert (found.reason, found.rule) == (Reason.DOCUMENT_ORDER, "document_order")
    assert "exit_permit of member M1 cannot be in hand before 2026-05-23" in found.fact
    assert "after visa" in found.fact
    without = screen(
        wanted(visa, kind("exit_permit", 15, after=("visa",))),
        without=frozenset({"document_order"}),
    )
    assert len(without.parts[0].itineraries) == 3


def test_an_irreversible_one_comes_last() -> None:
    # visa on the 8th, surrender of the card on 8 + 4 = 12 May
    visa = kind("visa", 5)
    assert eligible(wanted(visa, kind("card", 4, irreversible=True))) == CONVOYS[1:]
    assert eligible(wanted(visa, kind("card", 5, irreversible=True))) == CONVOYS[2:]


def test_validity_runs_from_when_it_is_due() -> None:
    # permit due on the day of departure d, applied for d - 4: the visa is due then and
    # is to last to d: 4 days
    permit = kind("exit_permit", 4, after=("visa",))
    for days, ways in ((4, CONVOYS[1:]), (3, [])):
        visa = kind("visa", 5, validity_days=days)
        assert eligible(wanted(visa, permit)) == ways


def holding(holders: Holders, *births: date) -> Scenario:
    """Nobody has the document that holders need."""
    members = tuple(person(i, born) for i, born in enumerate(births))
    row = kind("consent", 0, holders=holders)
    base = changed(base=of(*members), document_types=(row,), escorts=(GUIDE,))
    convoys = changed(base=base, departures=changed().departures)
    convoys = with_family(convoys, best_interests=may(1))
    return with_programme(convoys, required_documents=("consent",))


@pytest.mark.parametrize(
    ("holders", "births", "ways"),
    [
        (Holders.ALL, (date(1990, 1, 1),), []),
        (Holders.ADULTS, (date(1990, 1, 1),), []),
        # may be 18 on 12 May: on the 5th no adult needs one
        (Holders.ADULTS, (date(2008, 5, 12),), CONVOYS[:1]),
        (Holders.MINORS, (date(1990, 1, 1), date(2008, 5, 12)), CONVOYS[1:]),
        (Holders.MINORS, (date(1990, 1, 1),), CONVOYS),
    ],
)
def test_who_needs_a_document(
    holders: Holders, births: tuple[date, ...], ways: list[str]
) -> None:
    scenario = holding(holders, *births)
    assert eligible(scenario) == ways
    if not ways:
        assert refusal(scenario).rule == "document_validity"


def related(*members: tuple[str, int], **of_last: object) -> Scenario:
    """Members born in January (relation, year); ``of_last``: columns of the last."""
    holders = Holders.MINORS_ONE_PARENT
    scenario = holding(holders, *(date(year, 1, 1) for _, year in members))
    rows = [
        row.model_copy(update={"relation": relation})
        for row, (relation, _) in zip(scenario.members, members, strict=True)
    ]
    rows[-1] = rows[-1].model_copy(update=of_last)
    return changed(base=scenario, members=tuple(rows))


MOTHER, FATHER, CHILD = ("Principal", 1985), ("spouse", 1984), ("child", 2015)


@pytest.mark.parametrize(
    ("scenario", "asked"),
    [
        (related(MOTHER, CHILD), True),
        (related(MOTHER, FATHER, CHILD), False),
        # her grown-up son is no parent, nor is a grandmother
        (related(MOTHER, ("child", 2005), CHILD), True),
        (related(MOTHER, ("parent", 1955), CHILD), True),
        # a spouse of seventeen signs nothing
        (related(MOTHER, ("spouse", 2009), CHILD), True),
        # parents of a young principal, and of a brother
        (related(("parent", 1985), ("parent", 1984), ("principal", 2012)), False),
        (related(("parent", 1985), ("principal", 2005), ("sibling", 2015)), True),
        # nobody says who they are, or a guardian makes the second
        (related(("", 1985), ("", 1984), ("", 2015)), True),
        (related(MOTHER, ("relative", 1984), CHILD), True),
        (related(MOTHER, ("relative", 1984), CHILD, guardian_id="M1"), False),
        (related(("", 1985), ("", 1984), ("", 2015), guardian_id="M0"), True),
        # two principals: whose child is it?
        (related(MOTHER, ("principal", 1984), CHILD), True),
        # no adult at all: an assessment instead
        (related(("principal", 2010), ("sibling", 2015)), False),
    ],
)
def test_who_travels_without_both_parents(scenario: Scenario, asked: bool) -> None:
    assert eligible(scenario) == ([] if asked else CONVOYS)


def test_a_parent_who_comes_of_age() -> None:
    """The father is eighteen on 12 May."""
    members = related(MOTHER, FATHER, CHILD).members
    young = members[1].model_copy(update={"birth_date": date(2008, 5, 12)})
    family = changed(
        base=related(MOTHER, FATHER, CHILD), members=(members[0], young, members[2])
    )
    assert eligible(family) == CONVOYS[1:]


def test_relations_are_those_of_a_case() -> None:
    """Two cases with a principal each; the child and the father are of the first."""
    scenario = related(MOTHER, FATHER, ("principal", 1980), CHILD)

    def cases(*names: str) -> Scenario:
        rows = zip(scenario.members, names, strict=True)
        members = tuple(row.model_copy(update={"case_id": n}) for row, n in rows)
        return changed(base=scenario, members=members)

    assert eligible(cases("A", "A", "B", "A")) == CONVOYS
    assert eligible(cases("A", "A", "B", "B")) == []
    assert eligible(cases("A", "B", "B", "A")) == []


def steps(first: SessionKind, second: SessionKind, doc: str, co: str) -> Scenario:
    """One session each of an hour, for C19 (19 May 02:30): 240 h are 9 May 02:30."""
    sessions = (
        session(DOC, doc, f"{doc[:3]}{int(doc[3:5]) + 1:02}{doc[5:]}"),
        session(CO, co, f"{co[:3]}{int(co[3:5]) + 1:02}{co[5:]}"),
    )
    return with_programme(
        changed(sessions=sessions, departures=changed().departures[2:]),
        required_steps=(first, second),
    )


def test_a_document_step_ends_240_hours_before() -> None:
    assert eligible(steps(DOC, CO, "09 01:30", "09 02:30")) == ["C19"]
    late = refusal(steps(DOC, CO, "09 01:31", "09 03:30"))
    assert (late.reason, late.rule) == (Reason.NO_APPOINTMENT, "appointments")
    assert late.fact.startswith("no DOC session")


def test_steps_in_their_order() -> None:
    # orientation as the documents end; both may be long before the journey
    assert eligible(steps(DOC, CO, "02 01:30", "02 02:30")) == ["C19"]
    # in TOWN it is three and a half hours later
    early = refusal(steps(DOC, CO, "09 01:30", "09 02:29"))
    assert (early.reason, early.rule) == (Reason.NO_APPOINTMENT, "step_order")
    assert early.fact == (
        "DOC comes before CO, but DOC-09, the first DOC session, ends 2026-05-09 06:00 "
        "and CO-09, the last CO session in time, begins 2026-05-09 05:59; a CO session "
        "from 2026-05-09 06:00 on or a DOC session that ends by 2026-05-09 05:59 would "
        "do, last departure otherwise possible 2026-05-19 (C19)"
    )
    assert eligible(steps(CO, DOC, "09 01:30", "09 00:30")) == ["C19"]
    assert refusal(steps(CO, DOC, "09 01:30", "09 00:31")).rule == "step_order"
    wrong = steps(CO, DOC, "09 01:30", "09 02:30")
    assert refusal(wrong).rule == "step_order"
    assert screen(wrong, without=frozenset({"step_order"})).refusals == ()


def test_only_sessions_that_go_with_the_other_step_are_left() -> None:
    """DOC on the 2nd and the 6th, CO on the 1st, 4th: the 2nd, then the 4th."""
    days = {DOC: ("02", "06"), CO: ("01", "04")}
    sessions = tuple(
        session(step, f"{day} 09:00", f"{day} 10:00")
        for step, some in days.items()
        for day in some
    )
    base = changed(base=steps(DOC, CO, "02 09:00", "04 09:00"), sessions=sessions)
    (part,) = screen(base).parts
    names = [[option.session_id for option in slot[0]] for slot in part.options]
    assert names == [["DOC-02"], ["CO-04"]]


def test_steps_set_aside_or_done_have_no_order() -> None:
    wrong = steps(CO, DOC, "09 01:30", "09 02:30")
    assert eligible(overridden(wrong, "appointments", "F1")) == ["C19"]
    done = wrong.families[0].model_copy(update={"steps_done": (CO,)})
    assert eligible(changed(base=wrong, families=(done,))) == ["C19"]
