"""Escort needs of the members of a family: "Escorts" (a) to (d) of the semantics."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from movplan.domain.ages import adult_from
from movplan.domain.aside import Aside
from movplan.domain.people import Family, Medical, Member
from movplan.domain.scenario import AT_A_TIME, Scenario
from movplan.domain.windows import Files
from movplan.domain.words import (
    DepartureKind,
    EscortLegs,
    EscortRole,
    EscortShare,
    Need,
)
from movplan.network.itinerary import Itinerary, Ride
from movplan.screening.able import Able
from movplan.screening.companions import companies
from movplan.screening.escort_need import Clause, EscortKind, EscortNeed
from movplan.screening.result import BoolArray
from movplan.screening.unaccompanied import Unaccompanied

KINDS = {
    EscortLegs.ALL: (DepartureKind.FLIGHT, DepartureKind.CONVOY),
    EscortLegs.AIR: (DepartureKind.FLIGHT,),
    EscortLegs.ROAD: (DepartureKind.CONVOY,),
}
Needs = tuple[EscortNeed, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What members need on an itinerary, and for whom a family companion stands in."""

    needs: Needs = ()
    stood_in: frozenset[str] = frozenset()

    def escorted(self, member_id: str, width: int) -> BoolArray:
        """Rides (of ``width``) on which the member has an escort need."""
        needed = np.zeros(width, dtype=np.bool_)
        for need in self.needs:
            if need.member_id == member_id:
                needed[: len(need.at_once)] |= np.array(need.at_once) > 0
        return needed


NOTHING = Found()


@dataclass(frozen=True, slots=True)
class Patient:
    """A member who may need an escort, with its medical row if it asks for one."""

    member: Member
    asks: Medical | None
    is_stretcher: bool
    grown_from: date


@dataclass(frozen=True, slots=True)
class _File:
    """Who of a family may need an escort or a companion."""

    patients: list[Patient]
    helped: list[Patient]
    accompanied_from: date


class EscortNeeds:
    """Finds the needs of families on itineraries."""

    def __init__(self, scenario: Scenario, files: Files | None = None) -> None:
        self._files = files or Files(scenario)
        self._values = self._files.values
        self._aside = Aside(scenario, "escort_cover")
        self._carrier = {d.departure_id: d.carrier for d in scenario.departures}
        self.unescorted = {
            d.departure_id
            for d in scenario.departures
            if self._aside and self._aside.row(d.departure_id)
        }
        self.able = Able(self._files)
        self.unaccompanied = Unaccompanied(self._files, companies(scenario))
        self._known: dict[str, _File] = {}

    def ever(self, family: Family) -> bool:
        """Whether some member may need an escort on some itinerary."""
        return bool(self._file(family).patients)

    def of(self, family: Family, itinerary: Itinerary) -> Needs:
        """What the family's members need on an itinerary, in order of their ids."""
        return self.found(family, itinerary).needs

    def found(self, family: Family, itinerary: Itinerary) -> Found:
        """The needs with those for whom a family companion stands in."""
        file = self._file(family)
        if not file.patients:
            return NOTHING
        return self._find(family, file, itinerary)

    def is_long(self, family: Family, ride: Ride) -> bool:
        """Whether a ride is a flight that asks for companions."""
        if ride.kind is not DepartureKind.FLIGHT:
            return False
        carrier = self._carrier[ride.departure_id]
        hours = self._values.ride("companion_flight_hours", family, carrier)
        return ride.arrives - ride.departs > timedelta(hours=hours)

    def helped(self, family: Family) -> list[Patient]:
        """Members with WCHC or DPNA and no STCR."""
        return self._file(family).helped

    def turning_dates(self, family: Family) -> tuple[int, ...]:
        """Dates (ordinals) from which on its needs may be others, as far as it has."""
        file = self._file(family)
        if not file.patients:
            return ()
        horizon = self._files.scenario.horizon
        dates = {
            file.accompanied_from,
            *self.able.dates(family),
            *(patient.grown_from for patient in file.patients),
        }
        return tuple(sorted(d.toordinal() for d in dates if d > horizon.first))

    def _file(self, family: Family) -> _File:
        name = family.family_id
        if name not in self._known:
            self._known[name] = self._open(family)
        return self._known[name]

    def _open(self, family: Family) -> _File:
        accompanied = self.unaccompanied.accompanied_from(family)
        minors = accompanied > self._files.scenario.horizon.first
        concerned = [
            self._patient(family, member)
            for member in self._files.members[family.family_id]
            if minors or self._may_need(member)
        ]
        concerned.sort(key=lambda patient: patient.member.member_id)
        aside = bool(self._aside) and self._aside.family(family)
        helped = [p for p in concerned if _is_helped(p.member)]
        patients = [
            p for p in concerned if p.asks is not None or p.is_stretcher or minors
        ]
        return _File([] if aside else patients, helped, accompanied)

    def _may_need(self, member: Member) -> bool:
        """Whether a member may need an escort or a companion, minors aside."""
        medical = self._files.medical.get(member.member_id)
        return bool(member.needs) or (
            medical is not None and medical.escort_role is not None
        )

    def _patient(self, family: Family, member: Member) -> Patient:
        medical = self._files.medical.get(member.member_id)
        asks = medical if medical and medical.escort_role is not None else None
        stretcher = Need.STCR in member.needs
        years = self._values.family("adult_age_years", family)
        return Patient(member, asks, stretcher, adult_from(member, years))

    def _find(self, family: Family, file: _File, itinerary: Itinerary) -> Found:
        stood_in = self._stand_ins(family, file, itinerary)
        needs = (
            need
            for patient in file.patients
            if patient.member.member_id not in stood_in
            for need in self._needs(family, file, patient, itinerary)
        )
        return Found(tuple(needs), stood_in)

    def _stand_ins(
        self, family: Family, file: _File, itinerary: Itinerary
    ) -> frozenset[str]:
        """(a): patients in id order, one free companion each while there are any."""
        allowed = [
            p.member.member_id
            for p in file.patients
            if p.asks is not None and p.asks.family_companion_allowed
        ]
        if not allowed:
            return frozenset()
        others = sum(p.asks is None for p in file.helped)
        long = any(self.is_long(family, ride) for ride in itinerary.rides)
        able = self.able.on(family, itinerary.first_date)
        free = max(0, able - (others if long else 0))
        return frozenset(allowed[:free])

    def _needs(
        self, family: Family, file: _File, patient: Patient, itinerary: Itinerary
    ) -> Iterator[EscortNeed]:
        rides = itinerary.rides
        asks = patient.asks
        if asks is not None and asks.escort_role is not None:
            wanted = [ride.kind in KINDS[asks.escort_legs] for ride in rides]
            clause = Clause.MEDICAL
        elif itinerary.first_date < min(file.accompanied_from, patient.grown_from):
            wanted = [ride.on < patient.grown_from for ride in rides]
            clause = Clause.MINOR
        elif patient.is_stretcher:
            wanted = [ride.kind is DepartureKind.FLIGHT for ride in rides]
            clause = Clause.STRETCHER
        else:
            return
        at_once = tuple(
            self._at_once(family, patient, clause, ride) if want else 0
            for ride, want in zip(rides, wanted, strict=True)
        )
        if any(at_once):
            need = _need(patient, clause, at_once)
            yield replace(need, kind=self._with_others(family, need, rides))

    def _with_others(
        self, family: Family, need: EscortNeed, rides: tuple[Ride, ...]
    ) -> EscortKind:
        """The kind, with the strictest number at a time of the rides concerned."""
        if need.kind.share is not EscortShare.SHARED:
            return need.kind
        name = AT_A_TIME[need.kind.role]
        at_a_time = min(
            self._values.ride(name, family, self._carrier[ride.departure_id])
            for ride, count in zip(rides, need.at_once, strict=True)
            if count
        )
        return replace(need.kind, at_a_time=at_a_time)

    def _at_once(
        self, family: Family, patient: Patient, clause: Clause, ride: Ride
    ) -> int:
        """How many escorts at once: one, or what a stretcher takes on a flight."""
        if ride.departure_id in self.unescorted:
            return 0
        if not patient.is_stretcher or ride.kind is not DepartureKind.FLIGHT:
            return 1
        carrier = self._carrier[ride.departure_id]
        attendants = self._values.ride("stretcher_attendants", family, carrier)
        return attendants if clause is Clause.STRETCHER else max(1, attendants)


def _is_helped(member: Member) -> bool:
    helped = Need.WCHC in member.needs or Need.DPNA in member.needs
    return helped and Need.STCR not in member.needs


def _need(patient: Patient, clause: Clause, at_once: tuple[int, ...]) -> EscortNeed:
    role = EscortRole.NURSE
    if clause is Clause.MINOR:
        role = EscortRole.OPERATIONAL
    share = EscortShare.OWN if clause is Clause.STRETCHER else EscortShare.SHARED
    asks = patient.asks
    if asks is not None and asks.escort_role is not None:
        role, share = asks.escort_role, asks.escort_share
    kind = EscortKind(
        role=role,
        share=share,
        sex=asks.escort_sex if asks else None,
        language=asks.escort_language if asks else None,
        skills=tuple(sorted(asks.escort_skills)) if asks else (),
    )
    return EscortNeed(patient.member.member_id, kind, clause, at_once)
