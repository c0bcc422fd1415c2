"""daylight_driving: convoys are on the road between the hours of daylight only."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from movplan.checks.outcome import Outcome
from movplan.checks.view import PlanView
from movplan.checks.view.convoys import Convoy, judge_convoys

RULE = "daylight_driving"


def check(view: PlanView) -> Outcome:
    """Every segment of a convoy with families, each end on its own clock."""
    return judge_convoys(view, RULE, _facts)


def _facts(view: PlanView, convoy: Convoy) -> Iterator[str]:
    since = view.files.values.departure("drive_from_hour", convoy.departure)
    until = view.files.values.departure("drive_until_hour", convoy.departure)
    for start, end in pairwise(convoy.service.served):
        leaves = view.clock.local(start.place_id, start.departs)
        reaches = view.clock.local(end.place_id, end.arrives)
        drives = (
            f"{convoy.name} leaves {start.place_id} {leaves:%Y-%m-%d %H:%M} and "
            f"reaches {end.place_id} {reaches:%Y-%m-%d %H:%M}"
        )
        if leaves.date() != reaches.date():
            yield f"{drives}: it drives through the night"
        elif _hours(leaves) < since or _hours(reaches) > until:
            yield f"{drives}, driving is from {since}:00 to {until}:00"


def _hours(at: datetime) -> float:
    """Time of day in hours."""
    return at.hour + at.minute / 60 + at.second / 3600 + at.microsecond / 3.6e9
