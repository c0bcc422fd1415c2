"""What a line pays for one family's journey at most: a row per line and family.

Journey charges are fares, transfers and nights of all parts; in the line's currency,
without overhead:

    journey charges of the family that the line pays <= ceiling per person x persons
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from movplan.domain.words import CostCategory
from movplan.formulation.appointments import Slots
from movplan.formulation.charges import CATEGORY_INDEX, Charges
from movplan.formulation.context import Context
from movplan.formulation.ragged import first_rows, unique_rows
from movplan.formulation.rowbook import IntArray, RowName

JOURNEY = (CostCategory.FARE, CostCategory.TRANSFER, CostCategory.ACCOMMODATION)
SESSION = "session/"


def ceiling_draws(
    context: Context, charges: Charges, slots: Slots, counts: IntArray, line: IntArray
) -> csr_array | None:
    """Add the rows that can bind; coefficients of all choices in these, if any.

    ``counts`` are the choices of every charge; [choices x rows added].
    """
    most = _most_per_person(context)
    if (most < 0).all() or not context.keeps("family_ceiling"):
        return None
    owner = np.repeat(np.arange(len(counts)), counts)
    choice = np.flatnonzero((most[line] >= 0) & _is_journey(context, charges)[owner])
    num_choices, owner, line = len(line), owner[choice], line[choice]
    cents = _line_cents(context, charges, owner, line)
    bound = _bound(context, charges.template[owner], slots, line, cents)
    ids = context.screening.loads.family_ids
    persons = [context.families[ids[who]].persons for who in bound.family.tolist()]
    limit = most[bound.line] * np.array(persons, np.int64)
    binding = np.flatnonzero(bound.most > limit)
    for k in binding.tolist():
        names = context.line_ids[bound.line[k]], ids[bound.family[k]]
        context.rows.row(RowName("family_ceiling", *names), rhs=int(limit[k]))
    column = np.full(len(limit), -1, np.int64)
    column[binding] = np.arange(len(binding))
    column = column[bound.of_choice]
    kept = column >= 0
    entries = cents[kept], (choice[kept], column[kept])
    return csr_array(entries, shape=(num_choices, len(binding)))


def _most_per_person(context: Context) -> IntArray:
    """Ceiling per person of every line; -1 where there is none."""
    lines = {row.budget_line_id: row for row in context.scenario.budget_lines}
    ceilings = [lines[name].max_per_person_cents for name in context.line_ids]
    return np.array([-1 if c is None else c for c in ceilings], np.int64)


def _is_journey(context: Context, charges: Charges) -> NDArray[np.bool_]:
    """Charges of the journey itself, not of sessions; no grants."""
    words = context.charges.items.words()
    travel = np.array([not word.startswith(SESSION) for word in words], np.bool_)
    categories = [CATEGORY_INDEX[category] for category in JOURNEY]
    kind = np.isin(charges.kinds.category, categories)
    found: NDArray[np.bool_] = kind[charges.kind] & travel[charges.item]
    return found


def _line_cents(
    context: Context, charges: Charges, charge: IntArray, line: IntArray
) -> IntArray:
    """The charges in their lines' currencies, each converted once."""
    codes, lines = context.charges.currencies.words(), context.tariffs.lines
    kinds = charges.kinds
    unique, inverse = unique_rows(charges.kind[charge], line)
    cents = [
        lines.convert(
            int(kinds.amount[kind]),
            codes[kinds.currency[kind]],
            lines.by_id[context.line_ids[payer]].currency,
            date.fromordinal(int(kinds.day[kind])),
        )
        for kind, payer in unique.tolist()
    ]
    return np.array(cents, np.int64)[inverse]


@dataclass(frozen=True, slots=True)
class _Bound:
    """The ``most`` a line could pay for a family; ``of_choice`` says which is whose."""

    family: IntArray
    line: IntArray
    most: IntArray
    of_choice: IntArray


def _bound(
    context: Context,
    template: IntArray,
    slots: Slots,
    line: IntArray,
    cents: IntArray,
) -> _Bound:
    """Of every part the dearest journey and the dearest way to a session."""
    ways, way = unique_rows(template, line)
    total = np.zeros(len(ways), np.int64)
    np.add.at(total, way, cents)
    unit = slots.units[ways[:, 0]]
    attends = (ways[:, 0] >= len(slots.journeys)).astype(np.int64)
    parts, part = unique_rows(context.unit_family[unit], unit, attends, ways[:, 1])
    dearest = np.zeros(len(parts), np.int64)
    np.maximum.at(dearest, part, total)
    first, bound = first_rows(parts[:, 0], parts[:, 3])
    most = np.zeros(len(first), np.int64)
    np.add.at(most, bound, dearest)
    return _Bound(
        family=parts[first, 0],
        line=parts[first, 3],
        most=most,
        of_choice=bound[part[way]],
    )
