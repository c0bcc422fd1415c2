"""Values for some, in the first convoy: whose seats stay empty changes who travels.

The README works the plan out: of the convoy's 20 seats a tenth stays empty, and money
for USD 4,908.00 moves F2, F3, F4 by road and F6, F7 by air, of value 21 + 10 = 31.

With 30 percent empty 14 seats are left. F2, F3, F4 need 5 + 3 + 7 = 15. The best of
those that fit are F1, F2, F3: 5 + 5 + 3 = 13 seats, value 6 + 10 + 4 = 20, 15 persons:
400 + 938 + 1,500 + 1,150 + 770 = USD 4,758.00. So 20 + 10 = 30.
"""

import pytest

from movplan.checks import run_checks
from movplan.domain.rules import RuleOverride, default_rules
from movplan.domain.scenario import Scenario
from movplan.planning import Limits, plan_scenario


@pytest.mark.parametrize(
    ("scope", "value"),
    [
        ({"programme": "land"}, 30),
        # The convoy is open to ``land`` alone.
        ({"programme": "air"}, 31),
        ({"destination": "AF"}, 30),
        ({"destination": "herat-tc"}, 30),
        ({"destination": "kbl"}, 31),
        ({"programme": "land", "destination": "IR"}, 31),
    ],
)
def test_spare_seats_by_programme_and_last_place(
    first_convoy: Scenario, scope: dict[str, str], value: int
) -> None:
    some = RuleOverride.model_validate({**scope, "value": 30})
    spare = default_rules()["spare_percent"].model_copy(update={"overrides": (some,)})
    rules = tuple(r for r in first_convoy.rules if r.name != "spare_percent")
    scenario = first_convoy.model_copy(update={"rules": (*rules, spare)})

    plan = plan_scenario(scenario, Limits(effort=2, seed=1)).plan

    levels = {level.name: level for level in plan.certificate.levels}
    assert levels["moved"].value == levels["moved"].bound == 100 * value
    assert run_checks(scenario, plan).passed
    # The plan of ten percent is no plan with thirty.
    if value == 30:
        of_ten = plan_scenario(first_convoy, Limits(effort=2, seed=1)).plan
        assert "vehicle_load" in run_checks(scenario, of_ten).broken_rules
