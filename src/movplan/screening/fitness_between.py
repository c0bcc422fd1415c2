"""Rule ``fitness_between``: patients are examined where a journey changes."""

from collections.abc import Iterator

import numpy as np

from movplan.domain.people import Family, Member
from movplan.domain.words import EscortRole, PlaceKind, Reason
from movplan.screening.airline import ANNOUNCED
from movplan.screening.bars import Bar
from movplan.screening.escort_need import Clause
from movplan.screening.needs import Found
from movplan.screening.result import BoolArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table

MEDICAL = frozenset({EscortRole.DOCTOR, EscortRole.NURSE})


class FitnessBetween:
    """Bars changes at which nobody could examine a patient.

    A doctor or nurse of its own on the ride before or after does, or a clinic at the
    place alighted at or boarded at.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        clinics = {
            place.place_id
            for place in shared.scenario.places
            if place.clinic or place.kind is PlaceKind.CLINIC
        }
        rides = shared.network.rides
        self._leaves = np.array([ride.to_place in clinics for ride in rides], np.bool_)
        self._boards = np.array(
            [ride.from_place in clinics for ride in rides], np.bool_
        )

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per patient."""
        if table.rides.shape[1] == 1:
            return
        for member in self._shared.files.members[family.family_id]:
            if self._is_patient(member):
                passes = self._passes(family, member, table)
                if not passes.all():
                    yield Bar(
                        reason=Reason.NO_FITNESS_CHECK,
                        fact=f"nobody can examine member {member.member_id} where the"
                        " journey changes",
                        passes=passes,
                        dates=table.first_on,
                        rule="fitness_between",
                        change=lambda _: "a doctor or nurse along or a clinic there",
                    )

    def _is_patient(self, member: Member) -> bool:
        medical = self._shared.files.medical.get(member.member_id)
        asks = medical is not None and medical.escort_role in MEDICAL
        return asks or not ANNOUNCED.isdisjoint(member.needs)

    def _passes(self, family: Family, member: Member, table: Table) -> BoolArray:
        classes = self._shared.sorter.sort(family, table)
        width = table.rides.shape[1]
        cared = np.stack([_cared(f, member.member_id, width) for f in classes.found])
        with_care = cared[classes.of]
        leaves = np.append(self._leaves, True)[table.rides]
        boards = np.append(self._boards, True)[table.rides]
        clinic = leaves[:, :-1] | boards[:, 1:]
        none = table.rides[:, 1:] < 0
        examined = with_care[:, :-1] | with_care[:, 1:] | clinic | none
        passes: BoolArray = np.all(examined, axis=1)
        return passes


def _cared(found: Found, member_id: str, width: int) -> BoolArray:
    """Rides on which the member has a doctor or nurse by (b) or (d)."""
    cared = np.zeros(width, dtype=np.bool_)
    for need in found.needs:
        medical = need.clause is not Clause.MINOR and need.kind.role in MEDICAL
        if need.member_id == member_id and medical:
            cared[: len(need.at_once)] |= np.array(need.at_once) > 0
    return cared
