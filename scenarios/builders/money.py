"""Escorts, and who pays, in the scenarios written by hand."""

from collections.abc import Iterable
from typing import Unpack

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Escort, EscortTravel, Payer
from movplan.domain.transport import Departure
from movplan.domain.words import EscortRole, SubjectKind
from scenarios.builders.columns import EscortColumns, LineColumns
from scenarios.builders.days import dated

FUND = "fund"


def escort(
    name: str, role: EscortRole, base: str = "tehran", **rest: Unpack[EscortColumns]
) -> Escort:
    """A named escort at USD 100 a day."""
    values: dict[str, object] = {
        "escort_id": name,
        "role": role,
        "base": base,
        "day_rate_cents": 10000,
        "currency": "USD",
    }
    return Escort.model_validate(values | dated(rest))


def positioning(a: str, b: str, minutes: int, dollars: int) -> EscortTravel:
    """What it takes an escort alone."""
    return EscortTravel(
        from_place=a,
        to_place=b,
        minutes=minutes,
        fare_cents=dollars * 100,
        currency="USD",
    )


def line(name: str = FUND, **rest: Unpack[LineColumns]) -> BudgetLine:
    """Money in dollars without a ceiling, unless given, for everything."""
    values: dict[str, object] = {
        "budget_line_id": name,
        "donor": "Donors",
        "currency": "USD",
    }
    return BudgetLine.model_validate({**values, **rest})


def paid(
    departures: Iterable[Departure] = (), escorts: Iterable[Escort] = ()
) -> list[Payer]:
    """The fund pays departures with a price of their own and every escort."""
    subjects = [(SubjectKind.DEPARTURE, d.departure_id) for d in departures]
    subjects += [(SubjectKind.ESCORT, e.escort_id) for e in escorts]
    return [
        Payer(
            subject_kind=kind, subject_id=name, budget_line_id=FUND, share_percent=100
        )
        for kind, name in subjects
    ]
