"""Apply changes to a scenario and validate the result: one call for all who edit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from movplan.application.apply import apply_changes
from movplan.application.loading import Loaded
from movplan.domain.changes import Change, describe, parse_change
from movplan.domain.errors import InputError, Issue
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.validation import find_issues
from movplan.files import canonical

CHANGES_TABLE = "changes"


@dataclass(frozen=True, slots=True)
class Clock:
    """What time passing moves in a scenario's header; ``None`` leaves it as it is."""

    as_of: datetime | None = None
    horizon: Horizon | None = None


SAME_CLOCK = Clock()


def changed(
    loaded: Loaded, changes: Sequence[str | Change], clock: Clock = SAME_CLOCK
) -> Loaded:
    """The scenario after all changes, in canonical form, with its warnings.

    A family set aside that a change adds is part of it again. Raises ``InputError``
    with everything wrong; ``row`` of an issue of the table ``changes`` counts the
    changes from 1.
    """
    parsed = parsed_changes(changes)
    base = at(loaded.scenario, clock)
    try:
        scenario = apply_changes(base, parsed)
    except InputError as error:
        raise InputError(list(_numbered(error.issues, parsed))) from None
    issues = find_issues(scenario)
    if any(issue.severity == "error" for issue in issues):
        raise InputError(issues)
    back = {row.family_id for row in scenario.families}
    aside = tuple(row for row in loaded.set_aside if row.family_id not in back)
    return replace(
        loaded, scenario=canonical(scenario), issues=tuple(issues), set_aside=aside
    )


def parsed_changes(changes: Sequence[str | Change]) -> tuple[Change, ...]:
    """Every change read; raises ``InputError`` for all that cannot be."""
    parsed, issues = [], []
    for number, change in enumerate(changes, start=1):
        try:
            parsed.append(parse_change(change) if isinstance(change, str) else change)
        except InputError as error:
            issues += [i.model_copy(update={"row": number}) for i in error.issues]
    if issues:
        raise InputError(issues)
    return tuple(parsed)


def at(scenario: Scenario, clock: Clock) -> Scenario:
    """The scenario at another time."""
    given = {"as_of": clock.as_of, "horizon": clock.horizon}
    update = {name: value for name, value in given.items() if value is not None}
    return scenario.model_copy(update=update) if update else scenario


def _numbered(issues: Iterable[Issue], changes: Iterable[Change]) -> Iterable[Issue]:
    """Issues about a change with the number of the first change that reads so."""
    numbers: dict[str, int] = {}
    for number, change in enumerate(changes, start=1):
        numbers.setdefault(describe(change), number)
    for issue in issues:
        if issue.table == CHANGES_TABLE:
            yield issue.model_copy(update={"row": numbers.get(issue.value)})
        else:
            yield issue
