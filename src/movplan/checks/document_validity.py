"""document_validity: each required document is good on the day and at the place."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.clock import utc
from movplan.checks.view.events import crossings
from movplan.domain.people import Document, Family
from movplan.domain.programmes import DocumentType
from movplan.domain.words import DocumentState, Moment, Part

RULE = "document_validity"


def check(view: PlanView) -> Outcome:
    """Every required type, member and date of need; families as counts UNCHECKED."""
    tally = Tally(RULE)
    types = {row.document_type: row for row in view.scenario.document_types}
    for family_id in sorted(view.travelling):
        family = view.families[family_id]
        wanted = view.programme_of(family).required_documents
        if wanted and not view.members_of(family):
            tally.unchecked += 1
            continue
        kinds = [types.get(t) or DocumentType(document_type=t) for t in wanted]
        tally.judge(_facts(view, family, kinds), family_id)
    return tally.outcome()


def _facts(view: PlanView, family: Family, kinds: list[DocumentType]) -> Iterator[str]:
    for kind in kinds:
        for member in view.members_of(family):
            documents = view.files.documents.get(member.member_id, [])
            found = [d for d in documents if d.document_type == kind.document_type]
            what = f"{kind.document_type} of {member.member_id}"
            if not found:
                yield f"{family.family_id}: there is no {what}"
                continue
            for part in Part:
                needed = sorted(_dates(view, family, kind, part))
                facts = _validity(view, kind, found[0], needed) if needed else ()
                yield from (f"{family.family_id}: {what} {fact}" for fact in facts)


def _validity(
    view: PlanView, kind: DocumentType, document: Document, needed: list[date]
) -> Iterator[str]:
    first, last = needed[0], needed[-1]
    starts, ends = document.valid_from, document.valid_until
    if document.state is DocumentState.TO_OBTAIN:
        starts, ends = view.as_of_date + timedelta(days=kind.lead_days), None
        if kind.validity_days is not None:
            ends = max(first, starts) + timedelta(days=kind.validity_days)
    if starts is not None and first < starts:
        yield f"is valid from {starts}, needed on {first}"
    if ends is not None and last > ends:
        yield f"ends {ends}, needed on {last}"


def _dates(
    view: PlanView, family: Family, kind: DocumentType, part: Part
) -> Iterator[date]:
    """Dates of a part on which a document of this type has to be valid."""
    journey = view.journeys.get((family.family_id, part))
    if journey is None or journey.first_date is None or journey.final_date is None:
        return
    if kind.moment in (Moment.DEPARTURE, Moment.JOURNEY):
        yield journey.first_date
    if kind.moment in (Moment.ARRIVAL, Moment.JOURNEY):
        yield journey.final_date
    if kind.moment is Moment.BORDER:
        yield from _borders(view, journey, kind.country)
    if kind.moment is Moment.TRANSIT:
        yield from _transits(view, journey, kind.country)


def _borders(view: PlanView, journey: Journey, country: str | None) -> Iterator[date]:
    for ride in journey.rides:
        for place_id, at in crossings(ride, view.places):
            if country in (None, view.country_of(place_id)):
                yield view.clock.date(place_id, at)


def _transits(view: PlanView, journey: Journey, country: str | None) -> Iterator[date]:
    """From alighting to leaving, at places on the way."""
    for k, ride in enumerate(journey.rides):
        place_id = ride.to_place
        if place_id == journey.ends_at or country not in (
            None,
            view.country_of(place_id),
        ):
            continue
        yield view.clock.date(place_id, ride.arrives)
        yield view.clock.date(place_id, _leaves(journey, k))


def _leaves(journey: Journey, k: int) -> datetime:
    """When the family leaves the place where its ride ``k`` alights, in UTC."""
    ride = journey.rides[k]
    for leg in journey.transfers:
        if leg.from_place == ride.to_place and utc(leg.departs) >= ride.arrives:
            return utc(leg.departs)
    following = journey.rides[k + 1 : k + 2]
    return following[0].departs if following else ride.arrives
