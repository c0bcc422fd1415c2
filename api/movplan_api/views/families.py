"""Family by family: who travels when, who stays and why."""

from collections.abc import Iterator

from movplan_api.views.seen import Row, Seen, rides_of


def family_rows(seen: Seen) -> Iterator[Row]:
    """One row per family of the plan, by id."""
    for family_id in sorted({*seen.legs, *seen.left_out}):
        yield family_row(seen, family_id)


def family_row(seen: Seen, family_id: str) -> Row:
    """One family: its first ride and last arrival outbound, or why it stays."""
    legs = seen.legs.get(family_id, [])
    stays = seen.left_out.get(family_id)
    who = stays or legs[0]
    outbound = [leg for leg in legs if leg["part"] == "outbound"]
    rides = rides_of(outbound)
    family = seen.families.get(family_id)
    return {
        "family_id": family_id,
        "case_ids": who["case_ids"],
        "external_ref": who["external_ref"],
        "programme": None if family is None else family["programme"],
        "persons": who["persons"] if stays else max(leg["persons"] for leg in legs),
        "travels": stays is None,
        "departs": rides[0]["departs"] if rides else None,
        "arrives": outbound[-1]["arrives"] if rides else None,
        "departure_ids": [leg["departure_id"] for leg in rides_of(legs)],
        "nights": sum(leg["kind"] == "night" for leg in legs),
        "reason": stays and stays["reason"],
        "fact": stays and stays["fact"],
        "deferred": stays and stays["deferred"],
        "lapses_on": stays and stays["lapses_on"],
    }


def family_detail(seen: Seen, family_id: str) -> Row | None:
    """The row with the legs, charges, deadlines and missions of the family."""
    if family_id not in seen.legs and family_id not in seen.left_out:
        return None

    def about(row: Row) -> bool:
        return (row["subject_kind"], row["subject_id"]) == ("family", family_id)

    plan = seen.plan
    return {
        **family_row(seen, family_id),
        "legs": seen.legs.get(family_id, []),
        "charges": [row for row in plan["ledger"] if about(row)],
        "deadlines": [row for row in plan["deadlines"] if about(row)],
        "missions": [row for row in plan["missions"] if family_id in row["family_ids"]],
    }
