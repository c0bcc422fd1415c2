"""What the three classic problems have in common, and the scenario it becomes.

Parties of a size go into charters with seats and a fixed price, at most one charter
each, at a price per party and charter. A scenario says the same with families that are
counts only, flights of one day to one place, and transfers with a price per family.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from movplan.domain.budgets import BudgetLine
from movplan.domain.escorts import Payer
from movplan.domain.people import Family
from movplan.domain.programmes import Programme
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Horizon, Level, Scenario
from movplan.domain.transport import Departure, Place, Transfer
from movplan.domain.words import DepartureKind, Measure, PlaceKind, SubjectKind
from movplan.files import canonical

DAY = date(2026, 3, 10)
AS_OF = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
LEAVES = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
LANDS = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
END, HUB, FUND, PROGRAMME = "end", "hub", "fund", "classic"
CURRENCY = "USD"
# Weights of families are kept in hundredths: persons x worth x (100 + no bonus).
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Party:
    """Persons who travel whole, and what moving each of them is worth."""

    persons: int
    worth: int = 1


@dataclass(frozen=True, slots=True)
class Charter:
    """Seats, and the price in cents once anybody boards."""

    seats: int
    price_cents: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """An instance: ``way_cents[i][j]`` brings party i to charter j, ``None`` bars it.

    Without ways everybody starts where all charters leave. ``everyone``: all must
    travel, as cheaply as can be; else as much worth as can be.
    """

    problem: str
    name: str
    parties: tuple[Party, ...]
    charters: tuple[Charter, ...]
    everyone: bool
    way_cents: tuple[tuple[int | None, ...], ...] = ()

    @property
    def measured(self) -> str:
        """The level whose optimum is the classic one."""
        return "cost" if self.everyone else "moved"

    @property
    def unit(self) -> int:
        """What one unit of the classic optimum is in the level's values."""
        return 1 if self.everyone else HUNDREDTHS


def to_scenario(case: Case) -> Scenario:
    """The case as a scenario."""
    return canonical(
        Scenario(
            scenario_id=case.name,
            title=f"{case.problem}: {case.name}",
            as_of=AS_OF,
            horizon=Horizon(first=DAY, last=DAY),
            levels=(_level(case),),
            programmes=(
                Programme(
                    programme_id=PROGRAMME, consent_required=False, source="invented"
                ),
            ),
            families=tuple(_families(case)),
            places=tuple(_places(case)),
            transfers=tuple(_transfers(case)),
            departures=tuple(_departures(case)),
            payers=tuple(_payers(case)),
            budget_lines=(
                BudgetLine(budget_line_id=FUND, donor="Donors", currency=CURRENCY),
            ),
            # A way that is not listed is barred, so none may be assumed.
            rules=(
                default_rules()["assumed_transfer_km"].model_copy(update={"value": 0}),
            ),
            assumptions=("A classic problem made by a generator: nobody is real.",),
        )
    )


def _level(case: Case) -> Level:
    measure = Measure.COST if case.everyone else Measure.WEIGHTED_PERSONS
    return Level(name=case.measured, measure=measure)


def _families(case: Case) -> Iterator[Family]:
    for i, party in enumerate(case.parties):
        yield Family(
            family_id=f"P{i:03}",
            programme=PROGRAMME,
            persons=party.persons,
            adults=party.persons,
            children=0,
            infants=0,
            origin=_home(case, i),
            destination=END,
            ready_from=DAY,
            weight=party.worth,
            must_travel=case.everyone,
        )


def _home(case: Case, i: int) -> str:
    return f"home-{i:03}" if case.way_cents else HUB


def _airport(case: Case, j: int) -> str:
    return f"airport-{j:03}" if case.way_cents else HUB


def _places(case: Case) -> Iterator[Place]:
    towns = [_home(case, i) for i in range(len(case.parties))]
    airports = [_airport(case, j) for j in range(len(case.charters))]
    for number, name in enumerate(dict.fromkeys([END, *towns, *airports])):
        yield Place(
            place_id=name,
            kind=PlaceKind.AIRPORT if name in {END, *airports} else PlaceKind.TOWN,
            country="IR",
            latitude=30 + 0.01 * number,
            longitude=50.0,
            timezone="UTC",
            source="invented",
        )


def _transfers(case: Case) -> Iterator[Transfer]:
    for i, prices in enumerate(case.way_cents):
        for j, cents in enumerate(prices):
            if cents is not None:
                yield Transfer(
                    from_place=_home(case, i),
                    to_place=_airport(case, j),
                    both_ways=False,
                    minutes=60,
                    price_per_family_cents=cents,
                    currency=CURRENCY,
                    source="invented",
                )


def _departures(case: Case) -> Iterator[Departure]:
    for j, charter in enumerate(case.charters):
        yield Departure(
            departure_id=f"C{j:03}",
            kind=DepartureKind.FLIGHT,
            carrier="ZZ",
            from_place=_airport(case, j),
            to_place=END,
            departs=LEAVES,
            arrives=LANDS,
            seats=charter.seats,
            fixed_price_cents=charter.price_cents,
            currency=CURRENCY,
            source="invented",
        )


def _payers(case: Case) -> Iterator[Payer]:
    for j, charter in enumerate(case.charters):
        if charter.price_cents:
            yield Payer(
                subject_kind=SubjectKind.DEPARTURE,
                subject_id=f"C{j:03}",
                budget_line_id=FUND,
                share_percent=100,
            )
