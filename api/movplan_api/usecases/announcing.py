"""What other systems hear when a plan is put in force: who and what changed.

Said as to one without the scope ``medical``: notices go to whoever listens.
"""

from dataclasses import dataclass, replace

from movplan_api.auth.caller import Caller
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.looking import finished, seen
from movplan_api.views.differences import departure_changes, family_changes
from movplan_api.views.seen import Row, Seen

_STAYS = frozenset({"leaves", "reason"})


@dataclass(frozen=True, slots=True)
class Announced:
    """Families that travel otherwise, families that now stay, departures changed.

    Rows are those of ``/diff``: ids, dates before and after, a reason and its fact.
    """

    families: tuple[Row, ...]
    left_out: tuple[Row, ...]
    departures: tuple[Row, ...]


def to_announce(
    desk: Desk, caller: Caller, plan_id: str, replaced: str | None
) -> Announced:
    """What a plan changes against the one it replaces (``None``: against no plan)."""
    nobody = replace(caller, scopes=frozenset())
    after = seen(desk, nobody, finished(desk, nobody, plan_id))
    before = (
        _no_plan(after)
        if replaced is None
        else seen(desk, nobody, finished(desk, nobody, replaced))
    )
    changes = tuple(family_changes(before, after))
    stays = tuple(row for row in changes if _stays(row))
    return Announced(
        families=tuple(row for row in changes if row not in stays),
        left_out=stays,
        departures=tuple(departure_changes(before, after)),
    )


def _stays(row: Row) -> bool:
    new_and_left_out = row["change"] == "new" and row["reason_after"] is not None
    return row["change"] in _STAYS or new_and_left_out


def _no_plan(like: Seen) -> Seen:
    """The plan of a mission that has none yet: nobody travels, nothing runs."""
    none: Row = {"schedule": [], "departures": [], "left_out": []}
    return Seen({**like.plan, **none}, like.scenario)
