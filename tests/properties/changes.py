"""Changes to a drawn scenario, each of which can only help, only hurt, or neither."""

from collections.abc import Mapping
from typing import Any, TypeVar

from movplan.domain.rows import Row
from movplan.domain.scenario import Scenario
from movplan.domain.transport import Closure
from scenarios.builders.days import day
from scenarios.builders.money import paid
from scenarios.builders.transport import fares, flight, hire
from tests.properties.worlds import roads

R = TypeVar("R", bound=Row)


def with_rows(scenario: Scenario, **more: list[Any]) -> Scenario:
    """The scenario with further rows, each table in key order again."""
    return scenario.model_copy(
        update={
            table: tuple(
                sorted((*getattr(scenario, table), *rows), key=lambda row: row.key)
            )
            for table, rows in more.items()
        }
    )


def with_another_flight(scenario: Scenario) -> Scenario:
    """A candidate flight to Kabul on 12 April with ten seats."""
    added = [flight("W5-0412", "ika>kbl", "09:00", "12:30", seats=10)]
    return with_rows(scenario, departures=added, fares=fares(added, {"W5": 150}))


def with_another_convoy(scenario: Scenario) -> Scenario:
    """A candidate convoy on 16 April, a day on which nobody could be checked yet."""
    convoy, border = roads.convoy("MH-0416", 0)
    return with_rows(
        scenario,
        departures=[convoy],
        departure_stops=[border],
        departure_vehicles=[hire("MH-0416", roads.MINIBUS, 2, 500)],
        payers=paid([convoy]),
        sessions=[roads.check("0414", 6)],
    )


def with_money(scenario: Scenario, cents: int) -> Scenario:
    """So much more on every line."""
    lines = tuple(
        line.model_copy(update={"ceiling_cents": (line.ceiling_cents or 0) + cents})
        for line in scenario.budget_lines
    )
    return scenario.model_copy(update={"budget_lines": lines})


def with_seats(scenario: Scenario, change: int) -> Scenario:
    """So many more seats, or fewer, on every flight."""
    departures = tuple(
        d
        if d.seats is None
        else d.model_copy(update={"seats": max(0, d.seats + change)})
        for d in scenario.departures
    )
    return scenario.model_copy(update={"departures": departures})


def with_border_closed(scenario: Scenario, on: str) -> Scenario:
    """Dogharoun closed on a day."""
    closed = Closure(
        closure_id="closed",
        place_id="dogharoun",
        date_from=day(on),
        date_to=day(on),
        reason="closed",
    )
    return with_rows(scenario, closures=[closed])


def relabelled(scenario: Scenario, names: Mapping[str, str]) -> Scenario:
    """Families (and their members), departures, sessions and escorts under new ids."""
    text = scenario.model_dump(mode="json")
    renamed = Scenario.model_validate(_renamed(text, names))
    tables = {
        table: tuple(sorted(getattr(renamed, table), key=lambda row: row.key))
        for table in Scenario.TABLES
    }
    return renamed.model_copy(update=tables)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    if isinstance(value, str):
        family, dash, member = value.partition("-")
        if dash and family in names and member.isdigit():
            return f"{names[family]}-{member}"
        return names.get(value, value)
    return value
