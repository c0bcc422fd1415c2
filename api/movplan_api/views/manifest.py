"""Who is aboard a departure: one row per person, or per family that only has counts."""

from collections.abc import Iterable, Iterator, Mapping

from movplan_api.views.seen import Row, Seen

_OF_MEMBER = (
    "case_id",
    "birth_date",
    "birth_precision",
    "sex",
    "nationality",
    "relation",
    "language",
    "needs",
)
_OF_NAME = ("name", "document_number", "phone")


def riders(seen: Seen, departure_id: str) -> list[Row]:
    """The rides on the departure, by where they board, then family."""
    rides = [
        leg for leg in seen.plan["schedule"] if leg["departure_id"] == departure_id
    ]
    return sorted(rides, key=lambda leg: (leg["departs"], leg["family_id"]))


def members_aboard(seen: Seen, rides: Iterable[Row]) -> list[str]:
    """The members whose names a manifest needs."""
    return [
        member["member_id"] for ride in rides for member in _members(seen, ride) or ()
    ]


def manifest_rows(
    seen: Seen, rides: Iterable[Row], names: Mapping[str, Row]
) -> Iterator[Row]:
    """The rows: what the ride says, what the scenario says, what the vault says."""
    for ride in rides:
        members = _members(seen, ride)
        if not members:
            yield _row(ride, {}, ride["persons"], {})
        for member in members:
            name = names.get(member["member_id"], {})
            yield _row(ride, member, 1, name)


def escorts_aboard(seen: Seen, departure_id: str) -> list[Row]:
    """The escorts on the departure, where each boards and alights."""
    found = [
        {
            "escort_id": mission["escort_id"],
            "mission_id": mission["mission_id"],
            "role": mission["role"],
            "from_place": ride["from_place"],
            "to_place": ride["to_place"],
        }
        for mission in seen.plan["missions"]
        for ride in mission["rides"]
        if ride["departure_id"] == departure_id
    ]
    return sorted(found, key=lambda row: (row["escort_id"], row["mission_id"]))


def _members(seen: Seen, ride: Row) -> list[Row]:
    return seen.members.get(ride["family_id"], [])


def _row(ride: Row, member: Row, persons: int, name: Row) -> Row:
    return {
        "family_id": ride["family_id"],
        "case_ids": ride["case_ids"],
        "external_ref": ride["external_ref"],
        "member_id": member.get("member_id"),
        "persons": persons,
        **{key: name.get(key) for key in _OF_NAME},
        **{key: member.get(key) for key in _OF_MEMBER},
        "from_place": ride["from_place"],
        "to_place": ride["to_place"],
        "departs": ride["departs"],
        "arrives": ride["arrives"],
        "vehicle": ride["vehicle"],
        "escort_ids": ride["escort_ids"],
        "state": ride["state"],
    }
