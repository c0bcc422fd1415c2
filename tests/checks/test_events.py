"""Crossings, once a visit; nights in a row; persons per departure."""

from collections.abc import Callable
from datetime import time

import pytest

from movplan.checks.stay_limit import stays
from movplan.checks.view import PlanView
from movplan.checks.view.events import crossings
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import Part, PlaceKind
from tests.checks.broken.tools import World, both, row
from tests.checks.mission import PLAN
from tests.checks.world import SCENARIO, may

Change = Callable[[Scenario, Plan], World]


def border(*place_ids: str) -> Change:
    return both(*(row("places", name, kind=PlaceKind.BORDER) for name in place_ids))


def crossed(
    family_id: str, change: Change, part: Part = Part.OUTBOUND
) -> list[tuple[str, str]]:
    """Borders a family crosses, with the local time."""
    scenario, plan = change(SCENARIO, PLAN)
    view = PlanView(scenario, plan)
    found = crossings(view.journeys[family_id, part], view.places)
    return [(place, view.clock.text(place, at)) for place, at in found]


THROUGH = ("DOGHAROUN", "2026-05-14 12:00")


@pytest.mark.parametrize(
    ("borders", "wanted"),
    [
        ((), [THROUGH]),
        # Boarded there: when it leaves.
        (("MASHHAD",), [("MASHHAD", "2026-05-14 06:00"), THROUGH]),
        # Alighted and boarded there: once, when it arrives.
        (("HERAT",), [THROUGH, ("HERAT", "2026-05-14 16:00")]),
        (("KABUL",), [THROUGH, ("KABUL", "2026-05-15 20:00")]),
    ],
)
def test_a_convoy(borders: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
    assert crossed("RA1", border(*borders)) == wanted


def test_a_journey_that_ends_at_a_border_by_transfer() -> None:
    assert crossed("RS1", border("BERLIN")) == [("BERLIN", "2026-05-20 16:45")]
    # Boarded after a transfer: when the flight leaves. Alighted: when it arrives.
    assert crossed("RS1", border("IKA", "BER")) == [
        ("IKA", "2026-05-20 05:00"),
        ("BER", "2026-05-20 16:00"),
    ]


def test_hours_are_those_of_the_crossing() -> None:
    late = both(border("MASHHAD"), row("places", "MASHHAD", opens=time(6)))

    assert crossed("RA3", late)[0] == ("MASHHAD", "2026-05-14 06:00")


def test_nights_in_a_row() -> None:
    evenings = {may(3), may(4), may(7), may(8), may(9), may(31)}

    assert list(stays(evenings)) == [(may(3), 2), (may(7), 3), (may(31), 1)]
    assert list(stays(set())) == []
