"""Rows over chains of rides: what patients ask for and missions give."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

from movplan.domain.words import DepartureKind, EscortRole, EscortShare
from movplan.formulation.context import Context
from movplan.formulation.escort_spans import (
    Chain,
    Spans,
    serving_chains,
    stages_of,
)
from movplan.formulation.rowbook import RowBook
from movplan.network.itinerary import Ride

NURSE = EscortRole.NURSE, EscortShare.SHARED
START = datetime(2026, 5, 4, 6, tzinfo=UTC)


def ride(number: int, from_place: str, to_place: str) -> Ride:
    departs = START + timedelta(hours=6 * number)
    return Ride(
        departure_id=f"D{number}",
        kind=DepartureKind.FLIGHT,
        board=0,
        alight=1,
        from_place=from_place,
        to_place=to_place,
        departs=departs,
        arrives=departs + timedelta(hours=3),
        on=departs.date(),
    )


# Tehran to Doha to Toronto to Ottawa; escorts may hand over in Toronto only
FIRST, SECOND, THIRD = (
    ride(1, "THR", "DOH"),
    ride(2, "DOH", "YYZ"),
    ride(3, "YYZ", "YOW"),
)
ALL_THE_WAY = (FIRST, SECOND, THIRD)


def context(*left_out: str) -> Context:
    places = {
        name: SimpleNamespace(handover=name == "YYZ")
        for name in ("THR", "DOH", "YYZ", "YOW")
    }
    fake = SimpleNamespace(
        files=SimpleNamespace(places=places),
        rows=RowBook(),
        keeps=lambda rule: rule not in left_out,
    )
    return cast("Context", fake)


def test_a_run_is_cut_where_escorts_may_hand_over() -> None:
    assert stages_of(context(), ALL_THE_WAY) == [(FIRST, SECOND), (THIRD,)]
    assert list(serving_chains(context(), ALL_THE_WAY)) == [
        (FIRST, SECOND),
        ALL_THE_WAY,
        (THIRD,),
    ]


class Rows:
    """Rows of two patients, one to Doha (pair 0), one to Ottawa (pair 1)."""

    def __init__(self, *left_out: str) -> None:
        self.context = context(*left_out)
        self.spans = Spans(self.context)
        self.spans.add(0, NURSE, (FIRST,))
        self.spans.add(1, NURSE, ALL_THE_WAY)
        self.entries = self.spans.entries()

    def broken_by(self, *missions: Chain, room: int = 2, free: bool = False) -> int:
        """How many rows both patients and these missions break."""
        load = Counter[int]()
        for _, row, amount in self.entries:
            load[row] += amount
        for chain in missions:
            for row, amount in self.spans.given(NURSE, chain, room, free=free):
                load[row] -= amount
        return sum(value > 0 for value in load.values())


def test_nobody_is_handed_over_where_none_may_be() -> None:
    # per segment one nurse to Doha with room for two and one from there would do
    assert Rows().broken_by((FIRST,), (SECOND,), (THIRD,)) == 1
    assert Rows().broken_by((FIRST,), (FIRST, SECOND), (THIRD,)) == 0
    assert Rows().broken_by(ALL_THE_WAY) == 0
    assert Rows().broken_by((FIRST, SECOND), (THIRD,)) == 0


def test_room_counts_along_the_stage() -> None:
    rows = Rows()
    rows.spans = Spans(rows.context)
    for pair in range(3):
        rows.spans.add(pair, NURSE, (FIRST, SECOND))
    rows.entries = rows.spans.entries()
    assert rows.broken_by((FIRST, SECOND)) == 1
    assert rows.broken_by((FIRST, SECOND), (FIRST, SECOND)) == 0


def test_no_more_missions_along_a_chain_than_patients_who_ride_it() -> None:
    assert Rows().broken_by(ALL_THE_WAY, ALL_THE_WAY) == 1
    assert Rows().broken_by(ALL_THE_WAY, ALL_THE_WAY, free=True) == 0
    assert Rows("escort_mission").broken_by(ALL_THE_WAY, ALL_THE_WAY) == 0
