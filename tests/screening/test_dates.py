"""Windows, medical clearances and documents: kept on the last day, broken after it."""

from datetime import date

import pytest

from movplan.domain.people import Document, Medical
from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.domain.transport import DepartureStop, Place
from movplan.domain.words import (
    DepartureKind,
    DocumentState,
    MedicalStatus,
    Moment,
    PlaceKind,
    Reason,
)
from movplan.screening import screen
from tests.screening.mission import (
    BASE,
    MEMBERS,
    at,
    changed,
    convoy,
    eligible,
    may,
    place,
    refusal,
    with_family,
    with_programme,
)

ALL = ["C05", "C12", "C19"]


def papers(kind: DocumentType, *documents: Document) -> Scenario:
    base = changed(members=MEMBERS[:1], document_types=(kind,), documents=documents)
    return with_programme(base, required_documents=(kind.document_type,))


def visa(moment: Moment, *, country: str | None = None, lead: int = 0) -> DocumentType:
    return DocumentType(
        document_type="visa", moment=moment, country=country, lead_days=lead
    )


def held(*, first: date | None = None, last: date | None = None) -> Document:
    return Document(
        member_id="M1", document_type="visa", valid_from=first, valid_until=last
    )


def cleared(**columns: object) -> Scenario:
    members = tuple(Medical.model_validate({"member_id": m, **columns}) for m in "12")
    rows = tuple(
        row.model_copy(update={"member_id": f"M{row.member_id}"}) for row in members
    )
    return with_programme(changed(medical=rows), medical_required=True)


def test_without_anything_else_all_three_convoys_will_do() -> None:
    assert eligible(BASE) == ALL


def test_ready_from_counts_on_the_day() -> None:
    assert eligible(with_family(ready_from=may(12))) == ["C12", "C19"]
    assert eligible(with_family(ready_from=may(13))) == ["C19"]


def test_latest_is_the_last_day_of_arrival() -> None:
    assert eligible(with_family(latest=may(12))) == ["C05", "C12"]
    assert eligible(with_family(latest=may(11))) == ["C05"]


def test_ready_after_the_last_convoy() -> None:
    found = refusal(with_family(ready_from=may(20)))
    assert found.reason is Reason.NOT_READY
    assert found.fact == (
        "the family is ready from 2026-05-20, "
        "last departure otherwise possible 2026-05-19 (C19)"
    )


def test_clearance_covers_the_arrival() -> None:
    assert eligible(cleared(valid_until=may(12))) == ["C05", "C12"]
    found = refusal(cleared(valid_until=may(4)))
    assert found.reason is Reason.MEDICAL_EXPIRED
    assert found.fact.startswith(
        "clearance of members M1 and M2 ends 2026-05-04, "
        "first arrival otherwise possible 2026-05-05 (C05)"
    )
    assert found.lapses_on == may(4)


def test_an_examination_is_good_for_180_days() -> None:
    # 2025-11-13 + 180 days = 2026-05-12
    assert eligible(cleared(exam_date=date(2025, 11, 13))) == ["C05", "C12"]
    assert eligible(cleared(exam_date=date(2025, 11, 12))) == ["C05"]


def test_a_hold_ends_the_day_before() -> None:
    hold = MedicalStatus.HOLD
    assert eligible(cleared(status=hold, hold_until=may(4))) == ALL
    assert eligible(cleared(status=hold, hold_until=may(5))) == ["C12", "C19"]


def test_a_window_that_is_shut_says_both_dates() -> None:
    hold = {"status": MedicalStatus.HOLD, "hold_until": may(13)}
    found = refusal(cleared(**hold, valid_until=may(12)))
    assert found.reason is Reason.MEDICAL_EXPIRED
    assert "M1 ends 2026-05-12, but medical hold" in found.fact


@pytest.mark.parametrize("moment", [Moment.DEPARTURE, Moment.ARRIVAL, Moment.JOURNEY])
def test_a_held_document_covers_its_moment(moment: Moment) -> None:
    assert eligible(papers(visa(moment), held(last=may(12)))) == ["C05", "C12"]
    assert eligible(papers(visa(moment), held(first=may(12)))) == ["C12", "C19"]
    found = refusal(papers(visa(moment), held(last=may(4))))
    assert found.reason is Reason.DOCUMENT_EXPIRED


def test_a_document_of_another_moment_does_not_matter() -> None:
    # no border is crossed and no place alighted at on the way
    for moment in (Moment.BORDER, Moment.TRANSIT):
        assert eligible(papers(visa(moment), held(last=may(1)))) == ALL


def test_a_border_document_covers_the_crossing_in_its_country() -> None:
    border = Place(
        place_id="KABUL",
        kind=PlaceKind.BORDER,
        country="AF",
        latitude=60,
        longitude=69,
        timezone="Asia/Kabul",
    )
    for country, ways in (("AF", ["C05"]), ("IR", ALL), (None, ["C05"])):
        kind = visa(Moment.BORDER, country=country)
        scenario = papers(kind, held(last=may(5)))
        places = (*scenario.places[:2], border)
        assert eligible(changed(base=scenario, places=places)) == ways


def test_nobody_needs_a_row_for_a_border_the_journey_does_not_pass() -> None:
    """C05 goes to KABUL straight, C12 by BORDER, far from TOWN, at 06:30."""
    halt = DepartureStop(
        departure_id="C12",
        sequence=1,
        place_id="BORDER",
        arrives=at(12, "06:00"),
        departs=at(12, "06:30"),
    )
    border = place("BORDER", "IR").model_copy(update={"kind": PlaceKind.BORDER})
    base = changed(
        base=papers(visa(Moment.BORDER)),
        departures=BASE.departures[:2],
        departure_stops=(halt,),
        places=(*BASE.places, border),
    )
    assert eligible(base) == ["C05"]
    only = changed(base=base, departures=BASE.departures[1:2])
    assert refusal(only).fact == (
        "member M1 has no visa, first departure otherwise possible 2026-05-12"
        " (C12) with one held or to obtain in time"
    )


def test_a_document_to_obtain_takes_its_lead() -> None:
    # as_of 1 May + 2 days to contract a convoy + 9 days = 12 May
    wanted = Document(
        member_id="M1", document_type="visa", state=DocumentState.TO_OBTAIN
    )
    assert eligible(papers(visa(Moment.ARRIVAL, lead=9), wanted)) == ["C12", "C19"]
    assert eligible(papers(visa(Moment.ARRIVAL, lead=10), wanted)) == ["C19"]
    found = refusal(papers(visa(Moment.ARRIVAL, lead=30), wanted))
    assert found.reason is Reason.DOCUMENT_ORDER
    assert "cannot be in hand before 2026-06-02" in found.fact


def test_a_document_to_obtain_lasts_its_days() -> None:
    # two days on the way: departs on the 5th, arrives on the 7th
    flight = {"kind": DepartureKind.FLIGHT, "seats": 20}
    slow = convoy(5).model_copy(update={"arrives": at(7, "10:30"), **flight})
    wanted = Document(
        member_id="M1", document_type="visa", state=DocumentState.TO_OBTAIN
    )
    for days, ways in ((2, 1), (1, 0)):
        kind = visa(Moment.JOURNEY).model_copy(update={"validity_days": days})
        scenario = changed(base=papers(kind, wanted), departures=(slow,))
        assert len(eligible(scenario)) == ways


def test_the_window_names_what_binds() -> None:
    scenario = with_family(cleared(valid_until=may(15)), ready_from=may(6))
    window = screen(scenario).windows["F1"]
    assert (window.first, window.last) == (may(6), may(15))
    assert window.first_because == "the family is ready from 2026-05-06"
    assert window.last_because == "clearance of member M1 ends 2026-05-15"


def test_an_airline_clearance_covers_flights_only() -> None:
    row = Medical(member_id="M1", airline_clearance_until=may(11))
    by_road = changed(medical=(row,))
    assert eligible(by_road) == ALL
    flights = tuple(
        convoy(day).model_copy(update={"kind": DepartureKind.FLIGHT, "seats": 2})
        for day in (5, 12)
    )
    assert eligible(changed(base=by_road, departures=flights)) == ["C05"]


def test_counts_instead_of_members_pass() -> None:
    scenario = changed(base=papers(visa(Moment.ARRIVAL)), members=())
    assert eligible(scenario) == ALL
    assert refusal(papers(visa(Moment.ARRIVAL))).reason is Reason.DOCUMENT_MISSING
