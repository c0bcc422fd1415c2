"""Budget and enrolment rows, less what is due whatever is decided."""

import numpy as np

from movplan.domain.words import SubjectKind
from movplan.formulation.choices import MoneyRows
from movplan.formulation.context import Context
from movplan.formulation.departures import constant_charges
from movplan.formulation.rowbook import RowName


def add_budget_rows(context: Context) -> None:
    """One row per line with a ceiling: draws <= available, or 0 where overspent."""
    for line in sorted(
        context.scenario.budget_lines, key=lambda row: row.budget_line_id
    ):
        if line.available_cents is not None:
            name = RowName("budget_ceiling", line.budget_line_id)
            row = context.rows.row(name, rhs=max(line.available_cents, 0))
            context.budget_row[line.budget_line_id] = row


def take_constants(context: Context) -> int:
    """Take firm and cancellation charges off the rows; returns their cost in all."""
    total = 0
    for departure, price in constant_charges(context):
        payers = context.tariffs.payers(SubjectKind.DEPARTURE, departure.departure_id)
        on = departure.departs.date()
        split = context.splits.of(price, payers, on)
        total += split.cost
        for row, cents in split.draws:
            context.rows.tighten(row, cents)
    return total


def money_rows(context: Context) -> MoneyRows:
    """Rows choices draw on, and enrolment rows of lines with a limit."""
    lines = context.line_ids
    by_id = {row.budget_line_id: row for row in context.scenario.budget_lines}
    families: list[int] = []
    persons: list[int] = []
    for line in lines:
        row = by_id[line]
        for limit, found, what in (
            (row.max_families, families, "families"),
            (row.max_persons, persons, "persons"),
        ):
            name = RowName("enrolment", line, what)
            found.append(-1 if limit is None else context.rows.row(name, rhs=limit))
    return MoneyRows(
        lines=lines,
        budget=context.budget_row,
        enrol_families=np.array(families, np.int64),
        enrol_persons=np.array(persons, np.int64),
    )
