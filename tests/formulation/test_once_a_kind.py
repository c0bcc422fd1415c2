"""What the model looks up once a kind is what every family would find for itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan.costing.tariffs import Tariffs
from movplan.domain.items import (
    session_item,
    session_night_item,
    session_transfer_item,
)
from movplan.domain.scenario import Scenario
from movplan.domain.words import CostCategory
from movplan.files import read_scenario
from movplan.formulation.build import Built, build_model
from movplan.formulation.charges import CATEGORIES
from movplan.formulation.ragged import expand
from movplan.formulation.roster import changes_at
from movplan.screening import screen
from movplan.screening.result import AppointmentOption

SCENARIOS = Path("scenarios")
Charge = tuple[CostCategory, str, int, str, date]


def charges_of(
    scenario: Scenario, tariffs: Tariffs, option: AppointmentOption
) -> Iterator[Charge]:
    """Category, item, amount, currency and day of all an option costs by itself."""
    session = {s.session_id: s for s in scenario.sessions}[option.session_id]
    cents = session.price_per_person_cents * option.persons
    item = session_item(session.session_id)
    on = session.starts.date()
    yield CostCategory.SESSION, item, cents, session.currency, on
    for move, seats in zip(option.moves, option.move_seats, strict=True):
        ends, on = (move.from_place, move.to_place), move.departs.date()
        price = tariffs.transfer_price(*ends, persons=option.travelling, seats=seats)
        item = session_transfer_item(session.session_id, *ends, on)
        yield CostCategory.TRANSFER, item, price.amount_cents, price.currency, on
    for night in option.nights:
        tariff = tariffs.night_price(night.place_id)
        item = session_night_item(session.session_id, night.place_id, night.on)
        if tariff is not None:
            cents = tariff.amount_cents * option.travelling
            yield CostCategory.ACCOMMODATION, item, cents, tariff.currency, night.on


def choices_of(built: Built, template: int) -> dict[tuple[str, str], dict[str, int]]:
    """Lines that may pay each charge of a template, and what that costs."""
    templates, model = built.model.templates, built.model
    found: dict[tuple[str, str], dict[str, int]] = {}
    for charge in range(*templates.charge_ptr[template : template + 2].tolist()):
        ways = slice(*templates.choice_ptr[charge : charge + 2].tolist())
        lines = [model.lines[k] for k in templates.choice_line[ways].tolist()]
        costs = templates.choice_cost[ways].tolist()
        category = CATEGORIES[templates.charge_category[charge]]
        item = model.items[templates.charge_item[charge]]
        found[category, item] = dict(zip(lines, costs, strict=True))
    return found


def unit_of_templates(built: Built) -> dict[int, int]:
    """The unit of every option's template that some pair offers."""
    pairs = built.model.pairs
    pair, slot = expand(pairs.slot_ptr[:-1], np.diff(pairs.slot_ptr))
    owner, at = expand(pairs.option_ptr[slot], np.diff(pairs.option_ptr)[slot])
    units = pairs.unit[pair[owner]].tolist()
    return dict(zip(pairs.slot_template[at].tolist(), units, strict=True))


@pytest.mark.parametrize("name", ["avrr-herat", "resettlement-transit", "rules-steps"])
def test_everybody_attends_and_pays_as_if_alone(name: str) -> None:
    """Places, beds, charges, the lines that may pay them on their day and the cost."""
    scenario = read_scenario(SCENARIOS / name)
    tariffs, alone = Tariffs(scenario), Tariffs(scenario)
    built = build_model(scenario, screen(scenario), tariffs)
    rows = {row: k for k, row in enumerate(built.model.rows.names)}
    units = unit_of_templates(built)
    assert units
    for template, unit in units.items():
        option = built.model.templates.option[template]
        assert option is not None
        choices = choices_of(built, template)
        who = built.context.beneficiaries[int(built.context.unit_payer[unit])]
        for category, item, cents, currency, on in charges_of(scenario, alone, option):
            lines = alone.eligible_lines(who, category, on) if cents else ()
            assert choices.get((category, item), {}) == {
                line: alone.reporting_with_overhead(line, cents, currency, on)
                for line in lines
            }
        uses = built.model.templates.resources[[template]].toarray()[0]
        row = rows["session_places", option.session_id, ""]
        assert uses[row] == option.persons


START = datetime(2026, 5, 1, tzinfo=UTC)
HOURS = st.integers(0, 12)


@given(st.lists(st.tuples(HOURS, HOURS)), st.sets(HOURS))
def test_missions_come_and_go_as_if_looked_at_one_by_one(
    spans: list[tuple[int, int]], hours: set[int]
) -> None:
    """At every moment those are under way that left by then and are not free."""
    moments = [START + timedelta(hours=hour) for hour in sorted(hours)]
    missions = {
        column: SimpleNamespace(
            leaves_base=START + timedelta(hours=leaves),
            free_from=START + timedelta(hours=leaves + lasts),
        )
        for column, (leaves, lasts) in enumerate(spans)
    }
    under_way: set[int] = set()
    for moment, changed in zip(moments, changes_at(moments, missions), strict=True):
        under_way |= {column for column, amount in changed if amount > 0}
        under_way -= {column for column, amount in changed if amount < 0}
        assert under_way == {
            column
            for column, mission in missions.items()
            if mission.leaves_base <= moment < mission.free_from
        }
