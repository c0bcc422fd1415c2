"""Who attends by which recipe, and with how many: rows and charges of all templates."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from movplan.domain.words import CostCategory
from movplan.formulation.attending import ACCESS, Attended, Recipes
from movplan.formulation.context import Context
from movplan.formulation.offers import Accesses, Offers, Ways
from movplan.formulation.places import PlaceRows
from movplan.formulation.ragged import first_rows, pointers
from movplan.formulation.rowbook import IntArray
from movplan.screening.result import AppointmentOption


def add_attendance(
    context: Context,
    places: PlaceRows,
    offers: Offers,
    accesses: Accesses,
    ways: Ways,
    *,
    first: int,
) -> None:
    """Rows and charges of templates ``first``, ``first`` + 1, ... as recipes say."""
    recipes = Recipes(context, places)
    recipe = _write(context, recipes, offers, accesses, ways)
    numbers = _Numbers.of(context, offers, accesses, ways)
    for category, table in recipes.charges().items():
        owner, at = table.under(recipe)
        item, currency, day, *terms = table.rows[:, at]
        context.charges.add(
            template=first + owner,
            payer=context.unit_payer[ways.unit[owner]],
            category=category,
            item=item,
            currency=currency,
            amount=numbers.amount(category, owner, *terms),
            day=day,
        )
    uses = recipes.uses()
    owner, at = uses.under(recipe)
    row, of_travel = uses.rows[:, at]
    value = np.where(of_travel, numbers.travelling[owner], numbers.attending[owner])
    context.resources.add(first + owner, row, value)


def _write(
    context: Context, recipes: Recipes, offers: Offers, accesses: Accesses, ways: Ways
) -> IntArray:
    """Write the recipes of all ways, in order of first use; returns that of each."""
    families = [context.families[part.family_id] for part in context.parts]
    programmes = _numbered([family.programme for family in families])
    first, recipe = first_rows(
        _numbered([_travel(option) for option in offers.options])[ways.option],
        programmes[ways.unit],
        context.unit_is_outbound[ways.unit],
        ways.access,
    )
    for unit, option, access, _ in zip(*(c[first].tolist() for c in ways), strict=True):
        recipes.write(
            Attended(
                option=offers.options[option],
                programme=families[unit].programme,
                part=context.parts[unit].part,
                access=accesses.moves[access] if access >= 0 else None,
            )
        )
    return recipe


def _travel(option: AppointmentOption) -> tuple[str, int, int]:
    """The same for equal travel, if the moves and nights are the same objects too.

    Mostly they are; equal ones that are not get a recipe each, with the same content.
    """
    return option.session_id, id(option.moves), id(option.nights)


def _numbered(things: Sequence[Hashable]) -> IntArray:
    number = {thing: k for k, thing in enumerate(dict.fromkeys(things))}
    return np.array([number[thing] for thing in things], np.int64)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """How many attend, travel, and need a seat, by template.

    Seats of template t on move k of its option are ``seats[seat_ptr[t] + k]``, on the
    access ``access_seats[t]`` (those of the whole family).
    """

    attending: IntArray
    travelling: IntArray
    seats: IntArray
    seat_ptr: IntArray
    access_seats: IntArray

    @classmethod
    def of(
        cls, context: Context, offers: Offers, accesses: Accesses, ways: Ways
    ) -> "_Numbers":
        options = offers.options
        seats = [number for option in options for number in option.move_seats]
        moves = np.array([len(option.move_seats) for option in options], np.int64)
        return cls(
            attending=np.array([o.persons for o in options], np.int64)[ways.option],
            travelling=np.array([o.travelling for o in options], np.int64)[ways.option],
            seats=np.array([*seats, 0], np.int64),
            seat_ptr=pointers(moves)[ways.option],
            access_seats=_access_seats(context, accesses, ways),
        )

    def amount(
        self, category: CostCategory, owner: IntArray, price: IntArray, *terms: IntArray
    ) -> IntArray:
        """What charges of templates ``owner`` come to: see ``Recipes.charges``."""
        if category is not CostCategory.TRANSFER:
            attends = category is CostCategory.SESSION
            persons = self.attending if attends else self.travelling
            return persons[owner] * price
        per_family, per_vehicle, vehicle_seats, move = terms
        own = np.where(move == ACCESS, -1, self.seat_ptr[owner] + move)
        seats = np.where(move == ACCESS, self.access_seats[owner], self.seats[own])
        vehicles = -(-seats // vehicle_seats)
        return self.travelling[owner] * price + per_family + vehicles * per_vehicle


def _access_seats(context: Context, accesses: Accesses, ways: Ways) -> IntArray:
    """Seats of the whole family on the access: everybody but lap infants."""
    loads = context.screening.loads
    days = [(move.departs.date() - loads.day0).days for move in accesses.moves]
    day = np.maximum(np.array([*days, 0], np.int64), 0)[ways.access]
    family = context.unit_family[ways.unit]
    lap = loads.infants[family, day] - loads.extra_infants[family, day]
    seats: IntArray = loads.persons[family, day] - lap
    return np.where(ways.access >= 0, seats, 0)
