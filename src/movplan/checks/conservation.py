"""conservation: every family is in exactly one list, and every id is known."""

from collections import Counter
from collections.abc import Iterable

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.words import SubjectKind

RULE = "conservation"


def check(view: PlanView) -> Outcome:
    """Scheduled + left out = all families, once each; no id from nowhere."""
    tally = Tally(RULE)
    scheduled = {leg.family_id for leg in view.plan.schedule}
    left = Counter(row.family_id for row in view.plan.left_out)
    for family_id in sorted(view.families):
        times = (family_id in scheduled) + left[family_id]
        tally.judge(_lists(family_id, times), family_id)
    for row in view.plan.left_out:
        family = view.families.get(row.family_id)
        if family and row.persons != family.persons:
            tally.broken(
                f"{row.family_id} is left out with {row.persons} persons, "
                f"it has {family.persons}",
                row.family_id,
            )
    _unknown(tally, "family", {*scheduled, *left}, view.families)
    _ids(tally, view)
    return tally.outcome()


def _lists(family_id: str, times: int) -> Iterable[str]:
    if times == 0:
        yield f"{family_id} is neither scheduled nor left out"
    if times > 1:
        yield f"{family_id} is in {times} lists (scheduled, left out)"


def _ids(tally: Tally, view: PlanView) -> None:
    plan = view.plan
    legs = {leg.departure_id for leg in plan.schedule if leg.departure_id}
    rides = {ride.departure_id for row in plan.missions for ride in row.rides}
    listed = [row.departure_id for row in plan.departures]
    sessions = {leg.session_id for leg in plan.schedule if leg.session_id}
    mission_ids = [row.mission_id for row in plan.missions]
    _unknown(tally, "departure", {*legs, *rides, *listed}, view.services)
    _unknown(tally, "session", sessions, view.sessions)
    _unknown(tally, "escort", {row.escort_id for row in plan.missions}, view.escorts)
    _unknown(tally, "line", {row.budget_line_id for row in plan.ledger}, view.lines)
    served = {family for row in plan.missions for family in row.family_ids}
    _unknown(tally, "family", served, view.families)
    _subjects(tally, view)
    _twice(tally, "departure", listed)
    _twice(tally, "mission", mission_ids)


def _subjects(tally: Tally, view: PlanView) -> None:
    known: dict[SubjectKind, Iterable[str]] = {
        SubjectKind.FAMILY: view.families,
        SubjectKind.DEPARTURE: view.services,
        SubjectKind.ESCORT: view.escorts,
    }
    for kind, table in known.items():
        ids = {c.subject_id for c in view.plan.ledger if c.subject_kind is kind}
        _unknown(tally, kind.value, ids, table)


def _unknown(tally: Tally, what: str, ids: Iterable[str], known: Iterable[str]) -> None:
    for name in sorted(set(ids).difference(known)):
        tally.broken(f"the scenario has no {what} {name}", name)


def _twice(tally: Tally, what: str, ids: Iterable[str]) -> None:
    for name, times in sorted(Counter(ids).items()):
        if times > 1:
            tally.broken(f"{what} {name} is listed {times} times", name)
