"""escort_cover: whoever needs an escort has a suitable one on every ride concerned."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView, Ride
from movplan.checks.view.missions import MissionView
from movplan.domain.escorts import Escort
from movplan.domain.people import Medical
from movplan.domain.words import EscortLegs, EscortShare

RULE = "escort_cover"
Segment = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Stage:
    """Consecutive rides on which one escort has to look after one patient."""

    patient: Medical
    family_id: str
    segments: frozenset[Segment]


def check(view: PlanView) -> Outcome:
    """Each patient's stages find a mission with room (own, or shared)."""
    tally = Tally(RULE)
    care = _Care(view)
    for journey in view.journeys.values():
        for member in view.members_of(journey.family):
            patient = view.files.medical.get(member.member_id)
            if patient is None or patient.escort_role is None:
                continue
            stages = _stages(view, journey, patient)
            tally.judge(care.facts(stages), journey.family.family_id)
    return tally.outcome()


def _stages(view: PlanView, journey: Journey, patient: Medical) -> Iterator[Stage]:
    """Rides that need the escort, cut where one may hand over to another."""
    run: set[Segment] = set()
    for ride in journey.rides:
        if _concerns(patient, ride):
            run |= ride.segments
        if run and (
            not _concerns(patient, ride) or view.places[ride.to_place].handover
        ):
            yield Stage(patient, journey.family.family_id, frozenset(run))
            run = set()
    if run:
        yield Stage(patient, journey.family.family_id, frozenset(run))


def _concerns(patient: Medical, ride: Ride) -> bool:
    if patient.escort_legs is EscortLegs.ALL:
        return True
    return ride.is_flight == (patient.escort_legs is EscortLegs.AIR)


class _Care:
    """Who looks after whom: stages placed on missions, moved to make room."""

    def __init__(self, view: PlanView) -> None:
        self._scenario, self._escorts = view.scenario, view.escorts
        self._by_family: dict[str, list[MissionView]] = defaultdict(list)
        self._placed: dict[str, list[Stage]] = defaultdict(list)
        for mission in view.missions:
            for family_id in mission.mission.family_ids:
                self._by_family[family_id].append(mission)

    def facts(self, stages: Iterator[Stage]) -> Iterator[str]:
        for stage in stages:
            if not self._place(stage, set()):
                yield self._fact(stage)

    def _place(self, stage: Stage, tried: set[str]) -> bool:
        """Put a stage on a mission; move others out of its way where they can go."""
        for mission in self._suitable(stage):
            mission_id = mission.mission.mission_id
            if mission_id in tried:
                continue
            tried.add(mission_id)
            placed = self._placed[mission_id]
            if self._room(mission, stage):
                placed.append(stage)
                return True
            for other in [other for other in placed if _overlap(other, stage)]:
                placed.remove(other)
                if self._room(mission, stage) and self._place(other, tried):
                    placed.append(stage)
                    return True
                placed.append(other)
        return False

    def _suitable(self, stage: Stage) -> Iterator[MissionView]:
        patient = stage.patient
        for mission in self._by_family[stage.family_id]:
            row = mission.mission
            escort = self._escorts.get(row.escort_id)
            if (
                escort is not None
                and row.role is patient.escort_role
                and row.share is patient.escort_share
                and stage.segments <= mission.segments
                and _wishes_met(patient, escort)
            ):
                yield mission

    def _room(self, mission: MissionView, stage: Stage) -> bool:
        placed = self._placed[mission.mission.mission_id]
        if stage.patient.escort_share is EscortShare.OWN:
            return all(other.patient == stage.patient for other in placed)
        escort = self._escorts[mission.mission.escort_id]
        most = self._scenario.patients_at_a_time(escort)
        return all(
            sum(segment in other.segments for other in placed) < most
            for segment in stage.segments
        )

    def _fact(self, stage: Stage) -> str:
        patient = stage.patient
        wishes = [w for w in (patient.escort_sex, patient.escort_language) if w]
        role = patient.escort_role.value if patient.escort_role else ""
        return (
            f"{stage.family_id}: {patient.member_id} has no {role} "
            f"({patient.escort_share.value}"
            f"{''.join(f', {wish}' for wish in wishes)}) with room on "
            f"{', '.join(sorted({name for name, _ in stage.segments}))}"
        )


def _wishes_met(patient: Medical, escort: Escort) -> bool:
    sex, language = patient.escort_sex, patient.escort_language
    return sex in (None, escort.sex) and (
        language is None or language in escort.languages
    )


def _overlap(one: Stage, other: Stage) -> bool:
    return bool(one.segments & other.segments)
