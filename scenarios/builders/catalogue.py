"""Every generated scenario by the name of its folder."""

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

BUILDERS: dict[str, Callable[[], Scenario]] = {
    "iran-2026": iran_2026,
    "avrr-herat": avrr_herat,
    "rqa-kabul": rqa_kabul,
    "resettlement-transit": resettlement_transit,
    "self-payers": self_payers,
    "workshop": workshop,
}
