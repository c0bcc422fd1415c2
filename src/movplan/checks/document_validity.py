"""document_validity: each required document is good on the day and at the place."""

from collections.abc import Iterator
from datetime import date, timedelta

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.papers import Papers
from movplan.domain.people import Family
from movplan.domain.programmes import DocumentType
from movplan.domain.words import DocumentState, Part

RULE = "document_validity"


def check(view: PlanView) -> Outcome:
    """Every required type, who needs it, dates of need; counts are UNCHECKED."""
    tally = Tally(RULE)
    for family_id in sorted(view.travelling):
        family = view.families[family_id]
        wanted = view.programme_of(family).required_documents
        if wanted and not view.members_of(family):
            tally.unchecked += 1
            continue
        tally.judge(_facts(view, family), family_id)
    return tally.outcome()


def _facts(view: PlanView, family: Family) -> Iterator[str]:
    out = view.outbound(family.family_id)
    first = out.first_date if out else None
    if first is None:
        return
    papers = view.once(Papers)
    for kind in papers.types_of(family):
        if not _is_needed(view, family, kind):
            continue
        for member in papers.holders(family, kind, first):
            if papers.document(member, kind.document_type) is None:
                yield (
                    f"{family.family_id}: there is no {kind.document_type} of "
                    f"{member.member_id}"
                )
    for part in Part:
        journey = view.journeys.get((family.family_id, part))
        if journey is not None:
            yield from _of_part(view, journey, first)


def _is_needed(view: PlanView, family: Family, kind: DocumentType) -> bool:
    """Whether some part has a date of need: not all pass a border, or change."""
    parts = (view.journeys.get((family.family_id, part)) for part in Part)
    return any(part and view.once(Papers).dates(part, kind) for part in parts)


def _of_part(view: PlanView, journey: Journey, first: date) -> Iterator[str]:
    """Rows held on the dates of a part; ``first`` is the first date outbound."""
    for sheet in view.once(Papers).sheets(journey, first):
        for kind, row in sheet.rows.items():
            starts, ends = row.valid_from, row.valid_until
            if row.state is DocumentState.TO_OBTAIN:
                starts = sheet.in_hand[kind].due
                ends = _ends(view, kind, starts)
            what = f"{journey.family.family_id}: {kind} of {sheet.member.member_id}"
            dates = sheet.needed[kind]
            if starts is not None and dates[0] < starts:
                yield f"{what} is valid from {starts}, needed on {dates[0]}"
            if ends is not None and dates[-1] > ends:
                yield f"{what} ends {ends}, needed on {dates[-1]}"


def _ends(view: PlanView, kind: str, starts: date) -> date | None:
    """The end of a document obtained, by the days its type is valid."""
    days = view.once(Papers).type_of(kind).validity_days
    return None if days is None else starts + timedelta(days=days)
