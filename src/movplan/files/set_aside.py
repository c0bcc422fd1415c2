"""Planning the rest: families whose data have errors are set aside, with the reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from movplan.domain.errors import InputError, Issue
from movplan.domain.people import Family
from movplan.domain.scenario import Scenario
from movplan.domain.ties import find_ties
from movplan.domain.validation import find_issues
from movplan.domain.words import Reason
from movplan.files.assemble import Assembled, locate
from movplan.files.raw import RawRow


@dataclass(frozen=True, slots=True)
class SetAside:
    """A family kept out of the scenario: a row of the plan's left-out list to be.

    ``persons`` is ``None`` when not even that could be read. Reason is ``DATA_ERROR``,
    or ``COMPANION_LEFT_OUT`` for families that travel with one set aside.
    """

    family_id: str
    case_ids: tuple[str, ...]
    external_ref: str | None
    persons: int | None
    reason: Reason
    facts: tuple[str, ...]


def set_aside(
    found: Assembled, header_file: str
) -> tuple[Scenario, tuple[Issue, ...], tuple[SetAside, ...]]:
    """The scenario without the families in error, all issues, and those families.

    Raises ``InputError`` if an error is not about one family of the families table: a
    member of no family may be missing from any of them.
    """
    records = _Records(found)
    others = [i for i in found.errors if not records.has(i.family_id)]
    if found.scenario is None or others:
        raise InputError(found.issues)
    facts = _facts_by_family(found.errors)
    companions = _companions(found.scenario, facts)
    scenario = without_families(found.scenario, {*facts, *companions})
    left = find_issues(scenario)
    if any(issue.severity == "error" for issue in left):
        raise InputError(locate(left, found.tables, header_file))
    reasons = [(name, Reason.DATA_ERROR, tuple(what)) for name, what in facts.items()]
    reasons += [
        (name, Reason.COMPANION_LEFT_OUT, (f"travels with {with_whom}, set aside",))
        for name, with_whom in companions.items()
    ]
    aside = tuple(records.record(*reason) for reason in sorted(reasons))
    return scenario, found.issues, aside


def _facts_by_family(errors: Iterable[Issue]) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = defaultdict(list)
    for issue in errors:
        facts[issue.family_id or ""].append(str(issue))
    return {name: list(dict.fromkeys(what)) for name, what in facts.items()}


def _companions(scenario: Scenario, start: Iterable[str]) -> dict[str, str]:
    """Families bound by ``travels_with``, directly or not, to one of ``start``."""
    together = find_ties(scenario)
    known = {family.family_id for family in scenario.families}
    reached: dict[str, str] = {}
    waiting = sorted(start)
    seen = set(waiting)
    while waiting:
        family_id = waiting.pop(0)
        for other in sorted(together.get(family_id, set()) - seen):
            seen.add(other)
            waiting.append(other)
            if other in known:
                reached[other] = family_id
    return reached


def without_families(scenario: Scenario, family_ids: set[str]) -> Scenario:
    """The scenario without these families and every row that is theirs."""
    members = [m for m in scenario.members if m.family_id not in family_ids]
    kept = {member.member_id for member in members}
    return scenario.model_copy(
        update={
            "families": tuple(
                f for f in scenario.families if f.family_id not in family_ids
            ),
            "members": tuple(members),
            "medical": tuple(m for m in scenario.medical if m.member_id in kept),
            "documents": tuple(d for d in scenario.documents if d.member_id in kept),
            "assignments": tuple(
                a for a in scenario.assignments if a.family_id not in family_ids
            ),
        }
    )


class _Records:
    """Makes records of families, read or broken."""

    def __init__(self, found: Assembled) -> None:
        families = found.tables["families"]
        self._read = {r.family_id: r for r in families.rows if isinstance(r, Family)}
        self._broken = {
            str(raw.cells.get("family_id")).strip(): raw for raw in families.broken
        }

    def has(self, family_id: str | None) -> bool:
        """Whether the families table has a row of that id, read or broken."""
        return family_id in self._read or family_id in self._broken

    def record(
        self, family_id: str, reason: Reason, facts: tuple[str, ...]
    ) -> SetAside:
        family = self._read.get(family_id)
        if family is None:
            return self._record_broken(family_id, reason, facts)
        return SetAside(
            family_id=family_id,
            case_ids=family.case_ids,
            external_ref=family.external_ref,
            persons=family.persons,
            reason=reason,
            facts=facts,
        )

    def _record_broken(
        self, family_id: str, reason: Reason, facts: tuple[str, ...]
    ) -> SetAside:
        raw = self._broken.get(family_id)
        return SetAside(
            family_id=family_id,
            case_ids=(),
            external_ref=None,
            persons=_persons(raw) if raw else None,
            reason=reason,
            facts=facts,
        )


def _persons(raw: RawRow) -> int | None:
    text = str(raw.cells.get("persons", "")).strip()
    return int(text) if text.isdecimal() and int(text) > 0 else None
