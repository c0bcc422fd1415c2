"""The schedule's rows: all, or only of families that changed since another plan."""

from collections.abc import Iterator

from movplan_api.views.seen import Row, Seen


def schedule_rows(seen: Seen, since: Seen | None = None) -> Iterator[Row]:
    """The rows by family; ``since``: only those of families whose rows differ."""
    for family_id in sorted(seen.legs):
        legs = seen.legs[family_id]
        if since is None or _said(since.legs.get(family_id, [])) != _said(legs):
            yield from legs


def _said(legs: list[Row]) -> list[Row]:
    """What the rows say, as revisions count it: not how firm, not how often changed."""
    apart = {"sequence", "state", "revision"}
    return [{k: v for k, v in leg.items() if k not in apart} for leg in legs]


def no_longer_scheduled(seen: Seen, since: Seen | None) -> list[Row]:
    """The families that had rows then and have none now, as they were called then."""
    if since is None:
        return []
    gone = sorted(set(since.legs) - set(seen.legs))
    keys = ("family_id", "case_ids", "external_ref")
    return [{key: since.legs[name][0][key] for key in keys} for name in gone]
