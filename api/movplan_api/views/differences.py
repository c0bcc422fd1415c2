"""What one plan changes against another, family by family and departure by departure.

A family *moves* when its departures or their times differ; it *joins* or *leaves* the
schedule; it is *new* or *gone* when only one of the plans knows it; its *reason* for
staying may change. Vehicles and nights are no change to a family.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from movplan_api.views.families import family_row
from movplan_api.views.seen import Row, Seen, rides_of

_TOLD = ("departs", "departure_ids", "reason")


def family_changes(before: Seen, after: Seen) -> Iterator[Row]:
    """One row per family for which something changed, by id."""
    was, now = _standing(before), _standing(after)
    for family_id in sorted({*was, *now}):
        change = _change(was.get(family_id), now.get(family_id))
        if change is not None:
            yield _changed(before, after, family_id, change)


def departure_changes(before: Seen, after: Seen) -> Iterator[Row]:
    """One row per departure that is run by one plan only, or carries others."""
    was = {row["departure_id"]: row for row in before.plan["departures"]}
    now = {row["departure_id"]: row for row in after.plan["departures"]}
    for departure_id in sorted({*was, *now}):
        old, new = was.get(departure_id, _NONE), now.get(departure_id, _NONE)
        joined = set(new["family_ids"]) - set(old["family_ids"])
        left = set(old["family_ids"]) - set(new["family_ids"])
        if old["runs"] == new["runs"] and not joined and not left:
            continue
        yield {
            "departure_id": departure_id,
            "ran": old["runs"],
            "runs": new["runs"],
            "persons_before": old["persons"],
            "persons_after": new["persons"],
            "joined": sorted(joined),
            "left": sorted(left),
        }


def totals(before: Seen, after: Seen) -> Row:
    """The figures of both plans, side by side; money in minor units."""
    was, now = _figures(before), _figures(after)
    return {
        name: {"before": was.get(name), "after": now.get(name)}
        for name in dict.fromkeys((*was, *now))
    }


_NONE: Row = {"runs": False, "persons": 0, "family_ids": []}


def _standing(seen: Seen) -> dict[str, tuple[bool, Any]]:
    """Of every family whether it travels, and its rides or its reason."""
    found: dict[str, tuple[bool, Any]] = {
        family_id: (True, _rides(legs)) for family_id, legs in seen.legs.items()
    }
    found |= {name: (False, row["reason"]) for name, row in seen.left_out.items()}
    return found


def _rides(legs: list[Row]) -> list[tuple[str, str, str]]:
    return [(r["part"], r["departure_id"], r["departs"]) for r in rides_of(legs)]


def _change(was: tuple[bool, Any] | None, now: tuple[bool, Any] | None) -> str | None:
    if was == now:
        return None
    if was is None or now is None:
        return "new" if was is None else "gone"
    if was[0] != now[0]:
        return "leaves" if was[0] else "joins"
    return "moves" if now[0] else "reason"


def _changed(before: Seen, after: Seen, family_id: str, change: str) -> Row:
    was = None if change == "new" else family_row(before, family_id)
    now = None if change == "gone" else family_row(after, family_id)
    who = now or was or {}
    told = {
        f"{name}_{when}": row and row[name]
        for when, row in (("before", was), ("after", now))
        for name in _TOLD
    }
    return {
        **{name: who[name] for name in ("family_id", "case_ids", "external_ref")},
        "persons": who["persons"],
        "change": change,
        **told,
        "fact": now and now["fact"],
    }


def _figures(seen: Seen) -> dict[str, Any]:
    certificate = seen.plan["certificate"]
    moved = [max(leg["persons"] for leg in legs) for legs in seen.legs.values()]
    reasons = Counter(row["reason"] for row in seen.left_out.values())
    return {
        "families_moved": len(moved),
        "persons_moved": sum(moved),
        "families_left_out": len(seen.left_out),
        "departures_run": sum(row["runs"] for row in seen.plan["departures"]),
        "reporting_currency": seen.plan["reporting_currency"],
        "reporting_cents": certificate["ledger_total_reporting_cents"],
        **{f"left_out_{name.lower()}": reasons[name] for name in sorted(reasons)},
    }
