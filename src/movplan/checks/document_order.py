"""document_order: documents to obtain are in hand in time, in their order."""

from collections.abc import Iterator
from datetime import date

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.papers import Papers
from movplan.domain.words import DocumentState, Part

RULE = "document_order"


def check(view: PlanView) -> Outcome:
    """Earliest date in hand <= latest date due, part by part; counts UNCHECKED.

    Only families with something to obtain are looked at.
    """
    tally = Tally(RULE)
    pending = {
        view.files.family_of[row.member_id].family_id
        for row in view.scenario.documents
        if row.state is DocumentState.TO_OBTAIN
        and row.member_id in view.files.family_of
    }
    for family_id in sorted(view.travelling):
        family = view.families[family_id]
        if not view.programme_of(family).required_documents:
            continue
        if not view.members_of(family):
            tally.unchecked += 1
        elif family_id in pending:
            tally.judge(_facts(view, family_id), family_id)
    return tally.outcome()


def _facts(view: PlanView, family_id: str) -> Iterator[str]:
    out = view.outbound(family_id)
    first = out.first_date if out else None
    for part in Part if first is not None else ():
        journey = view.journeys.get((family_id, part))
        if journey is not None and first is not None:
            yield from _of_part(view, journey, first)


def _of_part(view: PlanView, journey: Journey, first: date) -> Iterator[str]:
    for sheet in view.once(Papers).sheets(journey, first):
        for kind, dates in sheet.in_hand.items():
            if dates.ready > dates.due:
                last = view.once(Papers).type_of(kind).irreversible
                how = ", irreversible and last," if last else ""
                yield (
                    f"{journey.name}: {kind} of {sheet.member.member_id}{how} is in "
                    f"hand on {dates.ready} at the earliest, due on {dates.due}"
                )
