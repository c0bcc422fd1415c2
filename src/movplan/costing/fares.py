"""Fares per person of a ride: the most specific row of each fare class."""

from fractions import Fraction

from movplan.costing.prices import RideFare, least_firm
from movplan.domain.errors import InputError, Issue
from movplan.domain.money import round_half_even
from movplan.domain.transport import Departure, Fare
from movplan.domain.words import AgeClass


def ride_fare(
    departure: Departure, rows: list[Fare], *, from_place: str, to_place: str
) -> RideFare:
    """The fare of a ride of the departure from one served place to another.

    Per class the row that names the stretch wins over the row of the whole departure.
    Without a row for the class a child pays the adult fare, an infant a tenth of it
    (half-even); without any row a seat costs the family nothing.
    """
    found = {
        age_class: _most_specific(rows, age_class, from_place, to_place)
        for age_class in AgeClass
    }
    used = [row for row in found.values() if row is not None]
    if not used:
        return RideFare(
            0, 0, 0, departure.currency, departure.basis, f"departures/{departure.key}"
        )
    _refuse_mixed_currencies(used)
    adult, child, infant = (
        found[AgeClass.ADULT],
        found[AgeClass.CHILD],
        found[AgeClass.INFANT],
    )
    adult_cents = adult.amount_cents if adult else 0
    tenth = round_half_even(Fraction(adult_cents, 10))
    return RideFare(
        adult_cents=adult_cents,
        child_cents=child.amount_cents if child else adult_cents,
        infant_cents=infant.amount_cents if infant else tenth,
        currency=used[0].currency,
        basis=least_firm(tuple(row.basis for row in used)),
        tariff=f"fares/{used[0].key}",
    )


def _most_specific(
    rows: list[Fare], age_class: AgeClass, from_place: str, to_place: str
) -> Fare | None:
    fitting = [
        row
        for row in rows
        if row.age_class is age_class
        and row.from_place in (None, from_place)
        and row.to_place in (None, to_place)
    ]
    return max(fitting, key=_places_named, default=None)


def _places_named(row: Fare) -> tuple[int, bool]:
    named = (row.from_place is not None) + (row.to_place is not None)
    # Two rows naming one place each: the one that names the boarding place wins.
    return named, row.from_place is not None


def _refuse_mixed_currencies(rows: list[Fare]) -> None:
    currencies = sorted({row.currency for row in rows})
    if len(currencies) > 1:
        issue = Issue(
            code="MIXED_CURRENCIES",
            table="fares",
            key=rows[0].key,
            column="currency",
            value=", ".join(currencies),
            problem="the fares of one ride are in several currencies",
            expected="one currency per ride",
        )
        raise InputError([issue])
