"""What a line pays for one family's journey at most: a row per line and family.

Journey charges are fares, transfers and nights of all parts; in the line's currency,
without overhead:

    journey charges of the family that the line pays <= ceiling per person x persons
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from movplan.domain.words import CostCategory
from movplan.formulation.appointments import Slots
from movplan.formulation.charges import CATEGORY_INDEX, Charges
from movplan.formulation.context import Context
from movplan.formulation.ragged import unique_rows
from movplan.formulation.rowbook import IntArray, RowName

JOURNEY = (CostCategory.FARE, CostCategory.TRANSFER, CostCategory.ACCOMMODATION)
SESSION = "session/"


@dataclass(frozen=True, slots=True)
class CeilingDraws:
    """Coefficients of choices in ceiling rows, as equal-length arrays."""

    choice: IntArray
    row: IntArray
    cents: IntArray


def ceiling_draws(
    context: Context, charges: Charges, slots: Slots, owner: IntArray, line: IntArray
) -> CeilingDraws:
    """Add the rows that can bind; ``owner`` is the charge of every choice."""
    most = _most_per_person(context)
    counts = (most[line] >= 0) & _is_journey(context, charges)[owner]
    choice = np.flatnonzero(counts)
    if not len(choice) or not context.keeps("family_ceiling"):
        nothing = np.zeros(0, np.int64)
        return CeilingDraws(nothing, nothing, nothing)
    cents = _line_cents(context, charges, owner[choice], line[choice])
    template = charges.template[owner[choice]]
    unit = slots.units[template]
    family = context.unit_family[unit]
    persons = np.zeros(int(family.max()) + 1, np.int64)
    persons[family] = [
        context.families[context.parts[u].family_id].persons for u in unit
    ]
    attends = template >= len(slots.journeys)
    bound = _bound(template, attends, unit, family, line[choice], cents)
    row = np.full(len(choice), -1, np.int64)
    for (who, payer), largest in bound.items():
        limit = int(most[payer] * persons[who])
        if largest > limit:
            name = context.screening.loads.family_ids[who]
            line_id = context.line_ids[payer]
            index = context.rows.row(
                RowName("family_ceiling", line_id, name), rhs=limit
            )
            row[(family == who) & (line[choice] == payer)] = index
    kept = row >= 0
    return CeilingDraws(choice[kept], row[kept], cents[kept])


def _most_per_person(context: Context) -> IntArray:
    """Ceiling per person of every line; -1 where there is none."""
    lines = {row.budget_line_id: row for row in context.scenario.budget_lines}
    ceilings = [lines[name].max_per_person_cents for name in context.line_ids]
    return np.array([-1 if c is None else c for c in ceilings], np.int64)


def _is_journey(context: Context, charges: Charges) -> NDArray[np.bool_]:
    """Charges of the journey itself, not of sessions; no grants."""
    words = context.charges.items.words()
    travel = np.array([not word.startswith(SESSION) for word in words], np.bool_)
    kinds = [CATEGORY_INDEX[category] for category in JOURNEY]
    found: NDArray[np.bool_] = np.isin(charges.category, kinds) & travel[charges.item]
    return found


def _line_cents(
    context: Context, charges: Charges, charge: IntArray, line: IntArray
) -> IntArray:
    """The charges in their lines' currencies, each converted once."""
    codes, lines = context.charges.currencies.words(), context.tariffs.lines
    unique, inverse = unique_rows(
        charges.amount[charge], charges.currency[charge], charges.day[charge], line
    )
    cents = [
        lines.convert(
            amount,
            codes[currency],
            lines.by_id[context.line_ids[payer]].currency,
            date.fromordinal(day),
        )
        for amount, currency, day, payer in unique.tolist()
    ]
    return np.array(cents, np.int64)[inverse]


def _bound(
    template: IntArray,
    attends: NDArray[np.bool_],
    unit: IntArray,
    family: IntArray,
    line: IntArray,
    cents: IntArray,
) -> dict[tuple[int, int], int]:
    """The most a line could pay for a family, by (family, line).

    Of every part its dearest journey and its dearest way to a session.
    """
    unique, inverse = unique_rows(template, line)
    total = np.zeros(len(unique), np.int64)
    np.add.at(total, inverse, cents)
    alike = np.zeros((3, len(unique)), np.int64)
    alike[:, inverse] = family, unit, attends
    kinds, which = unique_rows(*alike, unique[:, 1])
    dearest = np.zeros(len(kinds), np.int64)
    np.maximum.at(dearest, which, total)
    found: dict[tuple[int, int], int] = {}
    for (who, _, _, payer), most in zip(kinds.tolist(), dearest.tolist(), strict=True):
        found[who, payer] = found.get((who, payer), 0) + most
    return found
