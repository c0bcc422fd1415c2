"""A refusal names every bar: rule, member or document, date, and what would have done.

The family of two goes TOWN - KABUL by C05, C12, C19 (5, 12, 19 May); it is 1 May.
"""

from datetime import date

from movplan.domain.assignments import Assignment
from movplan.domain.people import Document, Medical
from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.domain.words import (
    AssignmentState,
    MedicalStatus,
    Moment,
    Reason,
    Trip,
)
from movplan.screening import screen
from tests.screening.mission import (
    BASE,
    FAMILY,
    changed,
    may,
    refusal,
    with_family,
    with_programme,
)

PASSPORT = DocumentType(document_type="passport", moment=Moment.JOURNEY)


def papers(*, until: date, exam: date, base: Scenario = BASE) -> Scenario:
    """Passports of both end one day, the clearance of M2 another."""
    passports = tuple(
        Document(member_id=name, document_type="passport", valid_until=until)
        for name in ("M1", "M2")
    )
    medical = (
        Medical(member_id="M1", valid_until=may(30)),
        Medical(member_id="M2", valid_until=exam),
    )
    base = with_programme(base, required_documents=("passport",), medical_required=True)
    return changed(
        base=base, document_types=(PASSPORT,), documents=passports, medical=medical
    )


def test_both_rules_are_named_with_what_would_do() -> None:
    """Ready on 18 May: only C19. Passports and a clearance end before."""
    late = with_family(papers(until=may(10), exam=may(16)), ready_from=may(4))
    only = changed(base=late, departures=late.departures[2:])
    found = refusal(only)

    assert (found.reason, found.rule) == (Reason.DOCUMENT_EXPIRED, "document_validity")
    assert found.fact == (
        "passport of members M1 and M2 ends 2026-05-10, first date of use"
        " otherwise possible 2026-05-19 (C19) with one valid to 2026-05-19"
        "; also by rule medical_fitness: clearance of member M2 ends 2026-05-16, first"
        " arrival otherwise possible 2026-05-19 (C19) with a clearance valid to"
        " 2026-05-19"
    )


def test_what_bars_other_ways_is_told_as_another_way() -> None:
    """C05 leaves before it is ready, C12 is after its latest date, C19 too."""
    closed = changed(
        base=with_family(BASE, ready_from=may(6), latest=may(11)),
        departures=BASE.departures[:2],
    )
    found = refusal(closed)

    assert found.rule == "travel_window"
    assert found.fact == (
        "the family's latest date is 2026-05-11, first arrival otherwise possible"
        " 2026-05-12 (C12); other ways by rule travel_window: the family is ready from"
        " 2026-05-06, last departure otherwise possible 2026-05-05 (C05)"
    )


READY = "the family is ready from 2026-05-06, last departure otherwise possible"


def test_before_it_is_ready_is_not_nearest_if_a_later_way_lacks_a_paper() -> None:
    """Ready on the 6th; passports end on the 7th: C12 and C19 lack one, C05 is early.

    With another clearance that ends on the 8th C12 lacks two things, C05 only the day.
    """
    base = papers(until=may(7), exam=may(30))
    found = refusal(with_family(base, ready_from=may(6)))
    passports = (
        "passport of members M1 and M2 ends 2026-05-07, first date of use"
        " otherwise possible 2026-05-12 (C12) with one valid to 2026-05-12"
    )
    early = f"; other ways by rule travel_window: {READY} 2026-05-05 (C05)"
    assert (found.reason, found.rule) == (Reason.DOCUMENT_EXPIRED, "document_validity")
    assert found.fact == passports + early

    base = papers(until=may(7), exam=may(8))
    found = refusal(with_family(base, ready_from=may(6)))
    assert found.fact == (
        f"{passports}; also by rule medical_fitness: clearance of member M2 ends"
        " 2026-05-08, first arrival otherwise possible 2026-05-12 (C12) with a"
        f" clearance valid to 2026-05-12{early}"
    )


def test_a_paper_is_one_bar_whoever_lacks_it() -> None:
    """C05 is forbidden; C12, C19 need two new passports: each way lacks one thing."""
    row = Assignment(
        family_id="F1", departure_id="C05", state=AssignmentState.FORBIDDEN
    )
    base = changed(base=papers(until=may(7), exam=may(30)), assignments=(row,))
    found = refusal(base)

    assert found.rule == "document_validity"
    assert found.fact.startswith("passport of members M1 and M2 ends 2026-05-07")
    assert "; other ways by rule pins: the family may not ride C05" in found.fact


def test_what_refuses_it_whatever_it_rides_comes_first() -> None:
    base = papers(until=may(3), exam=may(30))
    unsigned = with_programme(base, consent_required=True)
    found = refusal(unsigned)

    assert (found.reason, found.rule) == (Reason.CONSENT_MISSING, "consent")
    assert found.fact.startswith(
        "no consent has been signed, possible with consent signed by 2026-05-01"
        "; also by rule document_validity: passport of member M1 ends 2026-05-03"
    )
    assert "passport of member M2 ends 2026-05-03" in found.fact
    assert screen(changed(base=unsigned, document_types=())).refusals


def test_all_that_refuses_it_is_named_once() -> None:
    """Two members without an examination, one of them on hold, no passports."""
    base = papers(until=may(30), exam=may(30))
    held = Medical(member_id="M1", status=MedicalStatus.HOLD)
    found = refusal(changed(base=base, medical=(held,), documents=()))

    assert (found.reason, found.rule) == (Reason.MEDICAL_HOLD, "medical_fitness")
    assert found.fact == (
        "member M1 is on medical hold of unknown length, possible with the day of its"
        " end or release"
        "; also member M2 has no medical examination, possible with one whose clearance"
        " lasts until arrival"
        "; also by rule document_validity: members M1 and M2 have no passport, possible"
        " with one held or to obtain in time"
    )


def test_what_alone_refuses_it_is_told_with_the_first_departure_it_would_take() -> None:
    """Ready on the 6th: C12 is the first of the three convoys."""
    later = with_family(papers(until=may(30), exam=may(30)), ready_from=may(6))
    unfit = Medical(member_id="M1", status=MedicalStatus.NOT_FIT, valid_until=may(30))
    (_, second) = later.medical
    would = ", first departure otherwise possible 2026-05-12 (C12) with "

    assert refusal(changed(base=later, medical=(unfit, second))).fact == (
        f"member M1 is not fit to travel{would}a new examination that finds it fit"
    )
    assert refusal(changed(base=later, medical=())).fact == (
        f"members M1 and M2 have no medical examination{would}one whose clearance lasts"
        " until arrival"
    )
    assert refusal(changed(base=later, documents=())).fact == (
        f"members M1 and M2 have no passport{would}one held or to obtain in time"
    )


def test_a_closed_window_says_what_would_have_passed() -> None:
    """The clearance ends on the 3rd, before the first day of the horizon, the 4th."""
    base = papers(until=may(30), exam=may(3))
    found = refusal(base)

    assert (found.reason, found.rule) == (Reason.MEDICAL_EXPIRED, "medical_fitness")
    assert found.fact == (
        "clearance of member M2 ends 2026-05-03, but the horizon begins 2026-05-04,"
        " first arrival otherwise possible 2026-05-05 (C05) with a clearance valid to"
        " 2026-05-05"
    )
    both = refusal(papers(until=may(2), exam=may(3)))
    assert "passport of member M1 ends 2026-05-02, but the horizon" in both.fact
    assert "; also by rule medical_fitness: clearance of member M2 ends" in both.fact


def test_the_way_back_is_looked_at_too() -> None:
    """Nothing leads back from KABUL, and the passports end before the way out."""
    there = with_programme(
        papers(until=may(4), exam=may(30)),
        trip=Trip.ROUND_TRIP,
        event_opens=may(20),
        event_closes=may(21),
    )
    fact = refusal(there).fact

    assert fact.startswith("passport of members M1 and M2 ends 2026-05-04")
    assert "no departures lead from KABUL to TOWN" in fact


def test_companions_that_cannot_are_named_besides_its_own_bar() -> None:
    other = FAMILY.model_copy(update={"family_id": "F2", "ready_from": may(20)})
    tied = FAMILY.model_copy(update={"travels_with": ("F2",), "ready_from": may(21)})
    refused = {r.family_id: r for r in screen(changed(families=(tied, other))).refusals}

    assert refused["F1"].rule == "travel_window"
    assert "the family is ready from 2026-05-21" in refused["F1"].fact
    assert refused["F1"].fact.endswith(
        "; also by rule travels_with: it travels with F2, who cannot"
    )


def test_two_dates_with_no_departure_between_are_both_told_with_the_nearest() -> None:
    """Cleared until 2 May, on hold until June: C05 is the nearest to both."""
    base = papers(until=may(30), exam=may(2))
    held = base.medical[0].model_copy(
        update={"status": MedicalStatus.HOLD, "hold_until": date(2026, 6, 3)}
    )
    only = changed(
        base=base, medical=(held, base.medical[1]), departures=base.departures[:1]
    )

    assert refusal(only).fact == (
        "clearance of member M2 ends 2026-05-02, first arrival otherwise possible"
        " 2026-05-05 (C05) with a clearance valid to 2026-05-05"
        "; also medical hold of member M1 lets depart from 2026-06-04, last departure"
        " otherwise possible 2026-05-05 (C05)"
    )
