"""The smallest mission there is: one family, one flight; solved to see that it can."""

from datetime import UTC, date, datetime

from movplan.application.loading import Loaded
from movplan.application.planning import Limits, plan
from movplan.domain.budgets import BudgetLine
from movplan.domain.people import Family
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Horizon, Scenario
from movplan.domain.transport import Departure, Place
from movplan.domain.words import DepartureKind, PlaceKind


def solve_tiny(seed: int) -> int:
    """Plan it, with all checks; the number of families that travel (there is one)."""
    found = plan(Loaded(tiny_scenario(), ()), Limits(effort=1, seed=seed))
    return len({leg.family_id for leg in found.plan.schedule})


def tiny_scenario() -> Scenario:
    """Two places, a family of two, a flight with seats, a line that pays for it."""
    return Scenario(
        scenario_id="tiny",
        as_of=datetime(2026, 5, 1, 8, 0, tzinfo=UTC),
        horizon=Horizon(first=date(2026, 5, 2), last=date(2026, 5, 9)),
        programmes=(Programme(programme_id="P", consent_required=False),),
        places=(_place("A", 35.0), _place("B", 34.5)),
        families=(
            Family(
                family_id="F",
                programme="P",
                persons=2,
                origin="A",
                destination="B",
                ready_from=date(2026, 5, 1),
            ),
        ),
        departures=(
            Departure(
                departure_id="D",
                kind=DepartureKind.FLIGHT,
                from_place="A",
                to_place="B",
                departs=datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
                arrives=datetime(2026, 5, 4, 11, 0, tzinfo=UTC),
                seats=10,
                currency="USD",
            ),
        ),
        budget_lines=(BudgetLine(budget_line_id="L", donor="D", currency="USD"),),
    )


def _place(name: str, latitude: float) -> Place:
    return Place(
        place_id=name,
        kind=PlaceKind.AIRPORT,
        country="AF",
        latitude=latitude,
        longitude=60.0,
        timezone="UTC",
    )
