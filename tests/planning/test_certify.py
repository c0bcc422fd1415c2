"""What a certificate says of levels proven under others that were not."""

from pathlib import Path

from movplan.domain.levels import effective_levels
from movplan.files import read_scenario
from movplan.planning import Limits, plan_scenario
from movplan.planning.certify import certify


def test_a_level_is_optimal_given_the_unproved_ones_before_it() -> None:
    # moved 3100 of at most 3300 is open; cost is proved at USD 4,858.00, given that.
    scenario = read_scenario(Path("scenarios/first-convoy"))
    limits = Limits(effort=1)
    plan = plan_scenario(scenario, limits).plan
    levels = effective_levels(scenario)
    for moved, given in ((3300, ("moved",)), (3100, ())):
        again = certify(
            scenario, plan, levels, [moved, 485_800], [3100, 485_800], limits
        )
        assert again.certificate.optimal_given == given
