"""Linked cases: pairs of families that must share every departure."""

from collections import defaultdict
from datetime import date

from movplan.domain.people import Family
from movplan.generation.brief import Brief
from movplan.generation.figures import share


def link_families(brief: Brief, families: list[Family]) -> list[Family]:
    """Link pairs of small families of one programme: same route and priority."""
    rng = brief.stream(5)
    wanted = round(len(families) * share("linked") / 2)
    groups: dict[str, list[Family]] = defaultdict(list)
    for family in families:
        if family.persons <= 5 and family.programme in ("avrr", "resettlement"):
            groups[family.programme].append(family)
    pairs: list[tuple[Family, Family]] = []
    for group in groups.values():
        order = [group[k] for k in rng.permutation(len(group))]
        pairs += list(zip(order[::2], order[1::2], strict=False))
    chosen = [pairs[k] for k in rng.permutation(len(pairs))[: max(1, wanted)]]
    changed = {f.family_id: f for pair in chosen for f in _link(*pair)}
    return [changed.get(family.family_id, family) for family in families]


def _link(first: Family, second: Family) -> tuple[Family, Family]:
    shared = {
        "origin": first.origin,
        "current_place": first.current_place,
        "destination": first.destination,
        "priority": first.priority,
        "ready_from": first.ready_from,
        "latest": _later(first.latest, second.latest),
    }
    return (
        first.model_copy(
            update={"travels_with": (second.family_id,), "latest": shared["latest"]}
        ),
        second.model_copy(update={"travels_with": (first.family_id,), **shared}),
    )


def _later(a: date | None, b: date | None) -> date | None:
    return max(a, b) if a and b else None
