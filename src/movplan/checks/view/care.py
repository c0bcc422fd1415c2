"""Who needs an escort on which rides of a journey, and for whom the family stands in.

Of ``docs/semantics.md`` (*Escorts*), the first that fits: (a) a family companion
stands in, no need; (b) the escort the clearance asks for; (c) an operational one for a
minor of an unaccompanied family; (d) a nurse in flight for a stretcher.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from movplan.checks.view.companies import Companies
from movplan.checks.view.journeys import Journey
from movplan.checks.view.persons import needs_companion
from movplan.checks.view.plan_view import PlanView
from movplan.checks.view.services import Ride
from movplan.domain.people import Medical, Member
from movplan.domain.words import EscortLegs, EscortRole, EscortShare, Need, Sex

MEDICAL_ROLES = frozenset({EscortRole.DOCTOR, EscortRole.NURSE})
NURSE, OPERATIONAL = EscortRole.NURSE, EscortRole.OPERATIONAL
PATIENTS = {
    EscortRole.DOCTOR: "patients_per_doctor",
    EscortRole.NURSE: "patients_per_nurse",
    EscortRole.OPERATIONAL: "minors_per_escort",
}


@dataclass(frozen=True, slots=True)
class EscortNeed:
    """What a member needs: how many such escorts at once on each ride (0: none).

    ``at_a_time``: how many patients a shared escort of it may have at once by the
    rules, the strictest value of the rides concerned.
    """

    family_id: str
    member_id: str
    role: EscortRole
    share: EscortShare
    heads: tuple[int, ...]
    sex: Sex | None = None
    language: str | None = None
    skills: tuple[str, ...] = ()
    at_a_time: int = 0

    @property
    def is_medical(self) -> bool:
        """Whether a doctor or a nurse is asked for."""
        return self.role in MEDICAL_ROLES


@dataclass(frozen=True, slots=True)
class Care:
    """The needs of a journey's members, and those a family companion stands in for."""

    needs: tuple[EscortNeed, ...] = ()
    stood_in_for: frozenset[str] = frozenset()

    def of(self, member: Member) -> EscortNeed | None:
        """The member's need, if it has one."""
        for need in self.needs:
            if need.member_id == member.member_id:
                return need
        return None

    def is_escorted(self, member: Member, ride: int) -> bool:
        """Whether the member needs an escort on the ``ride``-th ride, from 0."""
        need = self.of(member)
        return need is not None and need.heads[ride] > 0


NO_CARE = Care()


class Cares:
    """What the journeys of a plan need, each worked out once."""

    def __init__(self, view: PlanView) -> None:
        patients = {
            row.member_id
            for row in view.scenario.medical
            if row.escort_role is not None
        }
        ill = {
            row.family_id
            for row in view.scenario.members
            if row.member_id in patients or Need.STCR in row.needs
        }
        company = view.once(Companies)
        self._known = {
            key: _care(view, journey)
            for key, journey in view.journeys.items()
            if key[0] in ill or company.is_unaccompanied(journey)
        }

    def of(self, journey: Journey) -> Care:
        """Escorts the members of a journey need."""
        return self._known.get((journey.family.family_id, journey.part), NO_CARE)


def _care(view: PlanView, journey: Journey) -> Care:
    """Needs of a journey's members; none of a family set aside for escort_cover."""
    aside = view.aside("escort_cover")
    family = journey.family
    if journey.first_date is None or aside.family(family):
        return NO_CARE
    stood_in_for = frozenset(_stood_in_for(view, journey))
    needs: list[EscortNeed] = []
    for member in view.members_of(family):
        if member.member_id not in stood_in_for:
            need = _need(view, journey, member)
            if need is not None and any(need.heads):
                most = _at_a_time(view, journey, need)
                needs.append(replace(need, at_a_time=most))
    return Care(tuple(needs), stood_in_for)


def _at_a_time(view: PlanView, journey: Journey, need: EscortNeed) -> int:
    """The least value of the role's parameter aboard the rides of the need."""
    return min(
        view.ride_value(PATIENTS[need.role], journey.family, ride)
        for ride, heads in zip(journey.rides, need.heads, strict=True)
        if heads
    )


def _stood_in_for(view: PlanView, journey: Journey) -> list[str]:
    """Patients the family looks after itself, in id order, as far as it can."""
    family, first = journey.family, journey.first_date
    members = view.members_of(family)
    medical = view.files.medical
    patients, helpless = [], 0
    for member in members:
        row = medical.get(member.member_id)
        if row is None or row.escort_role is None:
            helpless += needs_companion(member)
        elif row.family_companion_allowed:
            patients.append(member.member_id)
    if not patients or first is None:
        return []
    if not any(view.is_long_flight(family, ride) for ride in journey.rides):
        helpless = 0
    free = max(0, view.persons.able(family, first) - helpless)
    return sorted(patients)[:free]


def _need(view: PlanView, journey: Journey, member: Member) -> EscortNeed | None:
    family_id, medical = journey.family.family_id, view.files.medical
    patient = medical.get(member.member_id)
    if patient is not None and patient.escort_role is not None:
        return EscortNeed(
            family_id,
            member.member_id,
            patient.escort_role,
            patient.escort_share,
            tuple(_heads(view, journey, member, patient)),
            patient.escort_sex,
            patient.escort_language,
            patient.escort_skills,
        )
    first = journey.first_date
    minor = first and not view.persons.is_adult(journey.family, member, first)
    if minor and view.once(Companies).is_unaccompanied(journey):
        heads = tuple(_heads_of_minor(view, journey, member))
        shared = EscortShare.SHARED
        return EscortNeed(family_id, member.member_id, OPERATIONAL, shared, heads)
    if Need.STCR in member.needs:
        heads = tuple(_heads_in_flight(view, journey))
        own = EscortShare.OWN
        return EscortNeed(family_id, member.member_id, NURSE, own, heads)
    return None


def _heads(
    view: PlanView, journey: Journey, member: Member, patient: Medical
) -> Iterator[int]:
    for ride in journey.rides:
        yield _at_once(view, journey, member, ride) if _concerns(patient, ride) else 0


def _heads_of_minor(view: PlanView, journey: Journey, member: Member) -> Iterator[int]:
    for ride in journey.rides:
        adult = view.persons.is_adult(journey.family, member, ride.on)
        yield 0 if adult else _at_once(view, journey, member, ride)


def _heads_in_flight(view: PlanView, journey: Journey) -> Iterator[int]:
    for ride in journey.rides:
        flies = ride.is_flight and not _is_aside(view, ride)
        yield _attendants(view, journey, ride) if flies else 0


def _at_once(view: PlanView, journey: Journey, member: Member, ride: Ride) -> int:
    """How many escorts of the kind on a ride the need covers."""
    if _is_aside(view, ride):
        return 0
    if Need.STCR in member.needs and ride.is_flight:
        return max(1, _attendants(view, journey, ride))
    return 1


def _attendants(view: PlanView, journey: Journey, ride: Ride) -> int:
    return view.ride_value("stretcher_attendants", journey.family, ride)


def _is_aside(view: PlanView, ride: Ride) -> bool:
    return view.aside("escort_cover").row(ride.departure_id)


def _concerns(patient: Medical, ride: Ride) -> bool:
    if patient.escort_legs is EscortLegs.ALL:
        return True
    return ride.is_flight == (patient.escort_legs is EscortLegs.AIR)
