"""What conflicting pins fight over: the rows that cannot hold them all, in words.

A row is fought over for certain if what the units use of it on their thriftiest ways is
more than its right-hand side + what vehicles, escorts and departures add at most. Where
no row is so by itself, those are named without any one of which all pins could hold.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from movplan.domain.money import money_text
from movplan.domain.scenario import Scenario
from movplan.formulation.model import Model
from movplan.formulation.places import PERSONS_ABOARD
from movplan.formulation.rowbook import IntArray, RowName
from movplan.planning.binding import REASONS, rule_of
from movplan.planning.bound.scarce import most_added, smallest_use

# What a row counts, by its rule, when its detail does not say.
_UNITS = {
    "seats": "seats",
    "vehicle_load": "usable seats",
    "special_places": "special places",
    "session_places": "places",
    "convoy_size": "persons it may take",
    "overnight_stop": "beds overnight",
    "luggage": "kg of room for luggage",
    "beds": "beds",
    "place_capacity": "persons it has room for",
    "enrolment": "it may enrol",
}
# A relaxed row has this much room: more than anybody asks for, far from overflowing.
_ROOM = 10**12
_MOST_TRIED = 30
Contradictory = Callable[[Model], bool]


def fought_over(
    scenario: Scenario, model: Model, units: Sequence[int], still: Contradictory
) -> list[str]:
    """Sentences on what these units, whose pins contradict each other, fight over.

    ``still`` says whether it is proved that a model cannot keep the pins of all.
    """
    rows = model.rows
    wanted = np.asarray(smallest_use(model)[list(units)].sum(axis=0)).ravel()
    has = rows.rhs + most_added(model)
    reasons = np.array([name.rule in REASONS for name in rows.names], np.bool_)
    short = np.flatnonzero((wanted > has) & reasons & ~rows.equal)
    said = [
        _short_row(scenario, rows.names[row], int(has[row]), int(wanted[row]))
        for row in short.tolist()
    ]
    # segments of one departure say the same
    return list(dict.fromkeys(said)) or _needed_rows(model, reasons, still)


def _short_row(scenario: Scenario, name: RowName, has: int, wanted: int) -> str:
    has = max(0, has)
    if name.rule in ("budget_ceiling", "family_ceiling"):
        lines = {line.budget_line_id: line for line in scenario.budget_lines}
        currency = lines[name.subject].currency
        left, costs = money_text(has, currency), money_text(wanted, currency)
        what = f"budget line {name.subject} has {left} left, they cost it {costs}"
    else:
        where, unit = _where(scenario, name)
        what = f"{where}: {has} {unit}, together they need {wanted}"
    return f"{what} (rule {rule_of(name)})"


def _where(scenario: Scenario, name: RowName) -> tuple[str, str]:
    """What a row is about, and what it counts."""
    unit = _UNITS.get(name.rule, "there are")
    places = {row.capacity_id: row.place_id for row in scenario.capacities}
    if name.subject in places and name.detail:
        return f"{places[name.subject]} ({name.subject}) on {name.detail}", unit
    if name.detail == PERSONS_ABOARD:
        return name.subject, "of our people it may carry"
    return name.subject, name.detail.rstrip("0123456789") or unit


def _needed_rows(
    model: Model, reasons: NDArray[np.bool_], still: Contradictory
) -> list[str]:
    """Rules and subjects without any one of which the pins could all be kept."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in np.flatnonzero(reasons & ~model.rows.equal).tolist():
        name = model.rows.names[row]
        groups[(rule_of(name), name.subject)].append(row)
    rules: dict[str, list[int]] = defaultdict(list)
    for (rule, _), members in groups.items():
        rules[rule] += members
    binding = [rule for rule, found in rules.items() if not still(_loose(model, found))]
    said = []
    for rule in binding:
        subjects = [key for key in groups if key[0] == rule][:_MOST_TRIED]
        named = [s[1] for s in subjects if not still(_loose(model, groups[s]))]
        where = f"in {' or in '.join(named)}" if named else "for them"
        said.append(f"more room {where} would do (rule {rule})")
    return said


def _loose(model: Model, rows: Sequence[int]) -> Model:
    """The model with all the room anybody could want in these rows."""
    rhs: IntArray = model.rows.rhs.copy()
    rhs[list(rows)] = _ROOM
    return replace(model, rows=replace(model.rows, rhs=rhs))
