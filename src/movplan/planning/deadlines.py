"""Dates by which somebody must act for the plan to hold."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from movplan.domain.plan import Deadline, Leg
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.windows import Files
from movplan.domain.words import (
    DepartureStatus,
    DocumentState,
    LegKind,
    Moment,
    Part,
    SubjectKind,
)


def find_deadlines(scenario: Scenario, schedule: Sequence[Leg]) -> tuple[Deadline, ...]:
    """Options, names and tickets of departures that run; documents to apply for."""
    rides = [leg for leg in schedule if leg.kind is LegKind.RIDE]
    ridden = {leg.departure_id for leg in rides}
    found = [
        deadline
        for departure in scenario.departures
        if departure.departure_id in ridden
        for deadline in _of_departure(departure)
    ]
    found += _applications(scenario, schedule)
    found.sort(key=lambda d: (d.on, d.subject_kind, d.subject_id, d.what, d.detail))
    return tuple(found)


def _of_departure(departure: Departure) -> Iterator[Deadline]:
    option = departure.option_until
    if departure.status is not DepartureStatus.OPTION:
        option = None
    for on, what in (
        (option, "confirm option"),
        (departure.names_due, "send names"),
        (departure.ticket_by, "issue tickets"),
    ):
        if on is not None:
            yield Deadline(
                on=on,
                what=what,
                subject_kind=SubjectKind.DEPARTURE,
                subject_id=departure.departure_id,
                detail=f"departs {departure.departs.date().isoformat()}",
            )


def _applications(scenario: Scenario, schedule: Sequence[Leg]) -> list[Deadline]:
    """Documents to obtain: apply by the first date each is needed less its lead."""
    files = Files(scenario)
    types = {row.document_type: row for row in scenario.document_types}
    found: list[Deadline] = []
    for family_id, legs in _outbound(schedule).items():
        family = files.family[family_id]
        required = files.programmes[family.programme].required_documents
        for member in files.members[family_id]:
            for document in files.documents[member.member_id]:
                row = types.get(document.document_type)
                to_obtain = document.state is DocumentState.TO_OBTAIN
                if row is None or not to_obtain or row.document_type not in required:
                    continue
                needed = _first_needed(row.moment, legs, family.destination)
                found.append(
                    Deadline(
                        on=needed - timedelta(days=row.lead_days),
                        what=f"apply for {row.document_type}",
                        subject_kind=SubjectKind.FAMILY,
                        subject_id=family_id,
                        detail=f"member {member.member_id}, needed {needed}",
                    )
                )
    return found


def _outbound(schedule: Sequence[Leg]) -> dict[str, list[Leg]]:
    found: dict[str, list[Leg]] = {}
    for leg in schedule:
        if leg.part is Part.OUTBOUND and leg.session_id is None:
            found.setdefault(leg.family_id, []).append(leg)
    return found


def _first_needed(moment: Moment, legs: Sequence[Leg], destination: str) -> date:
    """The first date of the journey on which a document of this moment is looked at."""
    rides = [leg for leg in legs if leg.kind is LegKind.RIDE]
    if moment in (Moment.DEPARTURE, Moment.JOURNEY):
        return rides[0].departs.date()
    if moment is Moment.ARRIVAL:
        return legs[-1].arrives.date()
    stops = [leg for leg in rides if leg.to_place != destination]
    return (stops or rides)[0].arrives.date()
