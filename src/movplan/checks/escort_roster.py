"""escort_roster: nobody is on two missions at once."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.checks.view.clock import utc
from movplan.domain.plan import EscortMission

RULE = "escort_roster"


def check(view: PlanView) -> Outcome:
    """At most ``headcount`` (named: one) missions in [leaves base, free)."""
    tally = Tally(RULE)
    missions: dict[str, list[EscortMission]] = defaultdict(list)
    for mission in view.missions:
        missions[mission.mission.escort_id].append(mission.mission)
    for escort_id, escort in view.escorts.items():
        most = escort.headcount if escort.unnamed else 1
        tally.judge(_facts(view, missions[escort_id], most), escort_id)
    return tally.outcome()


def _facts(view: PlanView, missions: list[EscortMission], most: int) -> Iterator[str]:
    out: list[tuple[datetime, str]] = []
    for mission in sorted(missions, key=_leaves):
        leaves = _leaves(mission)
        out = [(free, name) for free, name in out if free > leaves]
        out.append((utc(mission.free_from), mission.mission_id))
        if len(out) > most:
            base = view.escorts[mission.escort_id].base
            names = ", ".join(name for _, name in out)
            yield (
                f"{mission.escort_id} is on {len(out)} missions at once from "
                f"{view.clock.text(base, leaves)} ({names}), at most {most}"
            )


def _leaves(mission: EscortMission) -> datetime:
    return utc(mission.leaves_base)
