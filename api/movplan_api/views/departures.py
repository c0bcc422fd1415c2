"""Departure by departure: run or not, who is aboard, by when somebody must act."""

from collections.abc import Iterator

from movplan_api.views.seen import Row, Seen

_TIMETABLE = (
    "kind",
    "carrier",
    "number",
    "from_place",
    "to_place",
    "departs",
    "arrives",
    "status",
)


def departure_rows(seen: Seen) -> Iterator[Row]:
    """One row per departure of the scenario, by time."""
    rows = [_row(seen, load) for load in seen.plan["departures"]]
    yield from sorted(rows, key=lambda row: (row["departs"], row["departure_id"]))


def departure_detail(seen: Seen, departure_id: str) -> Row | None:
    """The row with the charges and deadlines of the departure."""
    for load in seen.plan["departures"]:
        if load["departure_id"] == departure_id:
            break
    else:
        return None

    def about(row: Row) -> bool:
        subject = (row["subject_kind"], row["subject_id"])
        return subject == ("departure", departure_id)

    return {
        **_row(seen, load),
        "charges": [row for row in seen.plan["ledger"] if about(row)],
        "deadlines": [row for row in seen.plan["deadlines"] if about(row)],
    }


def _row(seen: Seen, load: Row) -> Row:
    """What is planned with what is timetabled."""
    timetable = seen.departures[load["departure_id"]]
    return {
        "departure_id": load["departure_id"],
        **{name: timetable[name] for name in _TIMETABLE},
        **{key: value for key, value in load.items() if key != "departure_id"},
    }
