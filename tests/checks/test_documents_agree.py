"""Documents to obtain: screening, checks and deadlines find the same dates, drawn."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from movplan.checks.document_order import check
from movplan.checks.view import PlanView
from movplan.checks.view.papers import Papers
from movplan.domain.assignments import Assignment
from movplan.domain.people import Document
from movplan.domain.plan import Leg
from movplan.domain.programmes import DocumentType
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Departure
from movplan.domain.validation.document_order import irreversible_circles
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import DepartureStatus, DocumentState, Moment
from movplan.planning import plan_from_assignments
from movplan.planning.deadlines import find_deadlines
from tests.screening.mission import BASE, changed, eligible, may, with_programme
from tests.screening.rules import of, person

NAMES = ("a", "b", "c", "d")
FIRM = (DepartureStatus.CANDIDATE, DepartureStatus.CONTRACTED, DepartureStatus.TICKETED)


@st.composite
def kinds(draw: st.DrawFn) -> tuple[DocumentType, ...]:
    """Up to four types, each after some of those before it."""
    found = []
    for k in range(draw(st.integers(1, len(NAMES)))):
        row = {
            "document_type": NAMES[k],
            "moment": draw(st.sampled_from([Moment.DEPARTURE, Moment.ARRIVAL])),
            "lead_days": draw(st.integers(0, 6)),
            "after": draw(st.sets(st.sampled_from(NAMES[:k]))) if k else (),
            "irreversible": draw(st.booleans()),
            "before_booking": draw(st.booleans()),
            "needed_to_book": draw(st.booleans()),
        }
        found.append(DocumentType.model_validate(row | {"after": sorted(row["after"])}))
    return tuple(found)


@st.composite
def departures(draw: st.DrawFn) -> tuple[Departure, ...]:
    """The three convoys, firm or not, with names and tickets due or not."""
    return tuple(
        row.model_copy(
            update={
                "status": draw(st.sampled_from(FIRM)),
                "names_due": draw(st.none() | st.integers(1, 12).map(may)),
                "ticket_by": draw(st.none() | st.integers(1, 12).map(may)),
            }
        )
        for row in BASE.departures
    )


def mission(
    types: tuple[DocumentType, ...], convoys: tuple[Departure, ...], held: set[str]
) -> Scenario:
    documents = tuple(
        Document(
            member_id="M1",
            document_type=row.document_type,
            state="held" if row.document_type in held else DocumentState.TO_OBTAIN,
        )
        for row in types
    )
    base = of(person(1))
    tables = {"document_types": types, "documents": documents, "departures": convoys}
    names = tuple(row.document_type for row in types)
    return with_programme(changed(base=base, **tables), required_documents=names)


@settings(max_examples=40, deadline=None)
@given(kinds(), departures(), st.sets(st.sampled_from(NAMES), max_size=1))
def test_eligible_are_the_convoys_for_which_all_is_in_hand_in_time(
    types: tuple[DocumentType, ...], convoys: tuple[Departure, ...], held: set[str]
) -> None:
    scenario = mission(types, convoys, held)
    assume(not list(irreversible_circles(Lookup(scenario))))
    possible = eligible(scenario)
    for convoy in convoys:
        name = convoy.departure_id
        row = Assignment(family_id="F1", departure_id=name, state="proposed")
        plan = plan_from_assignments(scenario, (row,))
        view = PlanView(scenario, plan)
        broken = bool(check(view).violations)
        assert (name in possible) is not broken
        _deadlines_agree(scenario, plan.schedule, view)


def _deadlines_agree(
    scenario: Scenario, schedule: Sequence[Leg], view: PlanView
) -> None:
    """Apply and in-hand dates of the plan are the checks' due dates."""
    journey = view.outbound("F1")
    assert journey is not None
    assert journey.first_date is not None
    (sheet,) = view.once(Papers).sheets(journey, journey.first_date)
    leads = {row.document_type: row.lead_days for row in scenario.document_types}
    expected = {
        date
        for kind, dates in sheet.in_hand.items()
        for date in (
            (f"{kind} in hand", dates.due),
            (f"apply for {kind}", dates.due - timedelta(days=leads[kind])),
        )
    }
    found = {
        (row.what, row.on)
        for row in find_deadlines(scenario, schedule, (), ())
        if row.subject_id == "F1"
    }
    assert found == expected
