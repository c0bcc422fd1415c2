"""Escorts of rosters are booked in time."""

from typing import Any

import pytest

from movplan.domain.escorts import Escort
from movplan.domain.plan import EscortMission, MissionRide
from movplan.domain.words import EscortRole, EscortShare, SubjectKind
from movplan.planning.deadlines import find_deadlines
from tests.planning.deadlines.story import KABUL, SCENARIO, TEHRAN, at

ROSTER = Escort(
    escort_id="nurses",
    role=EscortRole.NURSE,
    base="MHD",
    unnamed=True,
    headcount=3,
    lead_days=10,
    currency="USD",
)
# At 23:00 on 11 May in Kabul it is 22:00 in Mashhad.
MISSION = EscortMission(
    mission_id="nurses/1",
    escort_id="nurses",
    role=EscortRole.NURSE,
    share=EscortShare.OWN,
    rides=(MissionRide(departure_id="C", from_place="MHD", to_place="HER"),),
    family_ids=("F",),
    leaves_base=at(11, 23, KABUL),
    starts=at(12, 6, TEHRAN),
    ends=at(12, 14, KABUL),
    back_at_base=at(13, 14, TEHRAN),
    free_from=at(14, 14, TEHRAN),
)


def booked(**columns: Any) -> list[tuple[str, str]]:
    """Dates (month-day) and details of what is to be booked."""
    scenario = SCENARIO.model_copy(
        update={"escorts": (ROSTER.model_copy(update=columns),)}
    )
    found = find_deadlines(scenario, (), (), (MISSION,))
    assert {(d.what, d.subject_kind, d.subject_id) for d in found} <= {
        ("book escort", SubjectKind.ESCORT, "nurses")
    }
    return [(f"{d.on:%m-%d}", d.detail) for d in found]


def test_the_lead_time_before_it_leaves_its_base() -> None:
    assert booked() == [("05-01", "nurses/1 for C, leaves MHD on 2026-05-11")]


@pytest.mark.parametrize(
    "columns", [{"unnamed": False}, {"lead_days": 45}], ids=["named", "over"]
)
def test_nothing_to_book(columns: dict[str, Any]) -> None:
    assert booked(**columns) == []
