"""Every built scenario by the name of its folder."""

from collections.abc import Callable

from movplan.domain.scenario import Scenario
from scenarios.builders.missions import (
    avrr_herat,
    iran_2026,
    resettlement_transit,
    rqa_kabul,
    self_payers,
    workshop,
)
from scenarios.builders.rules_arrivals import rules_arrivals
from scenarios.builders.rules_convoys import rules_convoys
from scenarios.builders.rules_departures import rules_departures
from scenarios.builders.rules_family import rules_family
from scenarios.builders.rules_medical import rules_medical
from scenarios.builders.rules_steps import rules_steps

MISSIONS: dict[str, Callable[[], Scenario]] = {
    "iran-2026": iran_2026,
    "avrr-herat": avrr_herat,
    "rqa-kabul": rqa_kabul,
    "resettlement-transit": resettlement_transit,
    "self-payers": self_payers,
    "workshop": workshop,
}
# Written by hand, each rule with a family whose plan it changes.
RULES: dict[str, Callable[[], Scenario]] = {
    "rules-family": rules_family,
    "rules-medical": rules_medical,
    "rules-steps": rules_steps,
    "rules-arrivals": rules_arrivals,
    "rules-convoys": rules_convoys,
    "rules-departures": rules_departures,
}
BUILDERS = MISSIONS | RULES
