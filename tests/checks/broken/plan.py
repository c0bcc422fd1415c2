"""Plans broken on purpose: rules of the plan itself."""

from tests.checks.broken.scenes import also_left_out, served_nobody
from tests.checks.broken.tools import Break, level, updated
from tests.checks.mission import PLAN

MISSION = frozenset({"escort_mission"})
BREAKS: tuple[Break, ...] = (
    Break(
        "conservation",
        "in no list",
        lambda s, p: (s, updated(p, left_out=())),
        "RS2 is neither scheduled nor left out",
    ),
    Break("conservation", "in two lists", also_left_out, "RA3 is in 2 lists"),
    Break(
        "conservation",
        "unknown family",
        served_nobody,
        "the scenario has no family NOBODY",
        MISSION,
    ),
    Break(
        "objective",
        "a person more",
        level("persons", value=13, bound=13),
        "level persons is worth 12, the certificate says 13",
        raw=True,
    ),
    Break(
        "objective",
        "gap",
        level("cost", bound=PLAN.certificate.levels[3].value - 1),
        "states a gap of 0",
        raw=True,
    ),
)
