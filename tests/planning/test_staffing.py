"""Staff a convoy lacks: operational per 50, a nurse, a doctor beyond 250."""

import pytest

from movplan.domain.values import Values
from movplan.domain.words import EscortRole
from movplan.planning.staffing import Wanted, ambulances_wanted, staff_wanted
from tests.checks.broken.tools import updated
from tests.checks.world import SCENARIO

VALUES = Values(SCENARIO.model_copy(update={"rules": ()}))
CONVOY = updated(SCENARIO.departures[0], standing_staff=(), standing_ambulances=0)
OPERATIONAL, NURSE, DOCTOR = (
    EscortRole.OPERATIONAL,
    EscortRole.NURSE,
    EscortRole.DOCTOR,
)


@pytest.mark.parametrize(
    ("persons", "there", "wanted"),
    [
        (0, (), Wanted(0, 0, 0)),
        (50, (), Wanted(1, 1, 0)),
        (51, (), Wanted(2, 1, 0)),
        (51, (OPERATIONAL, NURSE), Wanted(1, 0, 0)),
        (51, (OPERATIONAL, DOCTOR), Wanted(1, 0, 0)),
        (251, (OPERATIONAL,) * 6, Wanted(0, 1, 1)),
        (251, (NURSE,), Wanted(6, 1, 1)),
    ],
)
def test_staff(persons: int, there: tuple[EscortRole, ...], wanted: Wanted) -> None:
    convoy = updated(CONVOY, standing_staff=there)
    assert staff_wanted(VALUES, convoy, persons) == wanted


def test_ambulances() -> None:
    # one per 600
    assert [ambulances_wanted(VALUES, CONVOY, p) for p in (0, 600, 601)] == [0, 1, 2]
    standing = updated(CONVOY, standing_ambulances=1)
    assert ambulances_wanted(VALUES, standing, 601) == 1
