"""appointments: required steps are attended, in time, by whom they concern."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from movplan.checks.journey_chain import moves_differ, nights_differ
from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.clock import utc
from movplan.checks.view.flights import count_unchecked
from movplan.checks.view.groups import (
    Attendance,
    AttendingGroup,
    groups_of,
    matches,
)
from movplan.domain.aside import Aside
from movplan.domain.escorts import Session
from movplan.domain.plan import Leg
from movplan.domain.words import Part, SessionKind

RULE = "appointments"


def check(view: PlanView) -> Outcome:
    """Steps of the programme less those done; sessions, their dates and travel.

    What families given as counts speak, and who is old enough, nobody knows.
    """
    tally = Tally(RULE)
    aside = view.aside(RULE)
    for journey in view.journeys.values():
        if aside.family(journey.family):
            continue
        if journey.rides and (journey.part is Part.OUTBOUND or journey.appointments):
            facts = (f"{journey.name}: {fact}" for fact in _facts(view, journey))
            tally.judge(facts, journey.family.family_id)
    tally.unchecked = count_unchecked(view, lambda j: _is_taught(view, aside, j))
    return tally.outcome()


def _is_taught(view: PlanView, aside: Aside, journey: Journey) -> bool:
    """Whether the family has a cultural orientation to attend before the journey."""
    family, kind = journey.family, SessionKind.CULTURAL_ORIENTATION
    steps = set(view.programme_of(family).required_steps) - set(family.steps_done)
    outbound = journey.part is Part.OUTBOUND and bool(journey.rides)
    return outbound and kind in steps and not aside.family(family)


def _facts(view: PlanView, journey: Journey) -> Iterator[str]:
    family = journey.family
    required = set(view.programme_of(family).required_steps) - set(family.steps_done)
    if journey.part is Part.RETURN:
        required = set()
    attended: dict[SessionKind, list[Attendance]] = defaultdict(list)
    for leg in journey.appointments:
        session = view.sessions.get(leg.session_id or "")
        if session is not None:
            on = view.clock.date(session.place_id, session.starts)
            attended[session.kind].append(Attendance(session, on, leg.persons))
            yield from _session(view, journey, session, leg)
    for kind in SessionKind:
        if kind in required:
            yield from _step(view, journey, kind, attended[kind])
        else:
            yield from (
                f"attends {row.session.session_id}, which it does not need"
                for row in attended[kind]
            )
    for session_id in dict.fromkeys(leg.session_id for leg in journey.appointments):
        session = view.sessions.get(session_id or "")
        if session is not None:
            yield from _ahead(view, journey, session)
            yield from _travel(view, journey, session)
    yield from _strays(journey)


def _step(
    view: PlanView, journey: Journey, kind: SessionKind, attended: list[Attendance]
) -> Iterator[str]:
    """Every group in one session that suits it, with the persons it has that day."""
    groups = groups_of(view, journey.family, kind)
    shared = [_not_going(journey, each) for each in matches(groups, attended)]
    if shared:
        yield from min(shared, key=len)
    else:
        on = min((row.on for row in attended), default=view.as_of_date)
        wanted = ", ".join(group.text(on) for group in groups)
        each = (f"{row.session.session_id} with {row.persons}" for row in attended)
        found = ", ".join(each) or "none"
        yield f"{kind.value} for {wanted}; sessions attended: {found}"


def _not_going(journey: Journey, shared: dict[str, list[AttendingGroup]]) -> list[str]:
    """What is wrong with who goes, if these groups attend these sessions."""
    facts: list[str] = []
    for session_id, groups in shared.items():
        going: Counter[tuple[str, str, datetime]] = Counter()
        for leg in journey.of_session.get(session_id, ()):
            going[leg.from_place, leg.to_place, utc(leg.departs)] += leg.persons
        wanted = sum(group.going for group in groups)
        for (start, end, _), persons in going.items():
            if any(group.stays_here for group in groups):
                facts.append(f"minors go {start}-{end} for {session_id} with no adult")
            elif persons != wanted:
                facts.append(
                    f"{persons} persons go {start}-{end} for {session_id}, "
                    f"{wanted} have to: nobody stays behind without an adult"
                )
    return facts


def _session(
    view: PlanView, journey: Journey, session: Session, leg: Leg
) -> Iterator[str]:
    name, programme = session.session_id, journey.family.programme
    if session.programmes and programme not in session.programmes:
        yield f"{name} is not open to {programme}"
    if utc(session.starts) <= utc(view.scenario.as_of):
        yield f"{name} starts before the scenario's as_of {view.scenario.as_of}"
    when = (utc(leg.departs), utc(leg.arrives))
    where = (leg.from_place, leg.to_place)
    if when != (utc(session.starts), utc(session.ends)) or where != (
        session.place_id,
        session.place_id,
    ):
        yield (
            f"{name} is at {session.place_id} "
            f"{view.clock.text(session.place_id, session.starts)}; "
            "the plan says otherwise"
        )


def _ahead(view: PlanView, journey: Journey, session: Session) -> Iterator[str]:
    """How long before the first ride the session ends."""
    ahead = journey.rides[0].departs - utc(session.ends)
    least, most = _bounds(view, journey, session)
    if ahead < least or (most is not None and ahead > most):
        hours = timedelta(hours=1)
        upper = f" to {most / hours:.0f}" if most is not None else ""
        yield (
            f"{session.session_id} ends {ahead / hours:.1f} hours before the first "
            f"ride, {least / hours:.0f}{upper} asked for"
        )
    if session is view.chains.check_away(journey):
        return
    moves = view.chains.of_session(journey, session).moves
    back = max([utc(session.ends), *(move.arrives for move in moves)])
    if back > view.chains.sets_out(journey):
        yield f"the way back from {session.session_id} ends after it has set out"


def _bounds(
    view: PlanView, journey: Journey, session: Session
) -> tuple[timedelta, timedelta | None]:
    def hours(rule: str) -> timedelta:
        return timedelta(hours=view.family_rule(rule, journey.family))

    if session.kind is SessionKind.PRE_EMBARKATION_CHECK:
        return hours("pec_hours_min"), hours("pec_hours_max")
    if session.kind is SessionKind.DOCUMENT_STEP:
        return hours("doc_hours_min"), None
    return hours("co_hours_min"), None


def _travel(view: PlanView, journey: Journey, session: Session) -> Iterator[str]:
    """Transfers and nights of the session, together or one row per group."""
    chain = view.chains.of_session(journey, session)
    legs = journey.of_session.get(session.session_id, ())
    groups = [
        leg.persons
        for leg in journey.appointments
        if leg.session_id == session.session_id
    ]
    transfers = tuple(leg for leg in legs if leg.from_place != leg.to_place)
    nights = tuple(leg for leg in legs if leg.from_place == leg.to_place)
    if len(transfers) > len(chain.moves):
        chain.moves, chain.nights = (
            chain.moves * len(groups),
            chain.nights * len(groups),
        )
    facts = [
        *chain.faults,
        *moves_differ(view, chain, transfers),
        *nights_differ(view, chain, nights),
    ]
    yield from (f"for {session.session_id} {fact}" for fact in facts)
    for leg in legs:
        part_only = leg in transfers and leg.persons < journey.family.persons
        if part_only and leg.seats != leg.persons:
            yield f"{leg.seats} seats for {leg.persons} persons on row {leg.sequence}"


def _strays(journey: Journey) -> Iterator[str]:
    attended = {leg.session_id for leg in journey.appointments}
    for session_id in sorted(set(journey.of_session) - attended):
        yield f"travels for {session_id}, but does not attend"
