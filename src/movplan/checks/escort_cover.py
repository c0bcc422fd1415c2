"""escort_cover: whoever needs an escort has a suitable one on every ride concerned."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.care import Cares, EscortNeed
from movplan.checks.view.flights import count_unchecked
from movplan.checks.view.missions import MissionView
from movplan.domain.escorts import Escort
from movplan.domain.words import EscortShare

RULE = "escort_cover"
Segment = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Stage:
    """Consecutive rides on which one escort has to look after one member.

    ``head`` counts the escorts a member needs at once, from 0.
    """

    need: EscortNeed
    head: int
    segments: frozenset[Segment]


def check(view: PlanView) -> Outcome:
    """Each need's stages find a mission with room (own, or shared)."""
    tally = Tally(RULE)
    staffing = _Staffing(view)
    needed = [
        (need, tuple(_stages(view, journey, need)))
        for journey in view.journeys.values()
        for need in view.once(Cares).of(journey).needs
    ]
    # Whoever leaves least room for others first: the others join where room is left.
    for need, stages in sorted(needed, key=lambda pair: pair[0].at_a_time):
        tally.judge(staffing.facts(stages), need.family_id)
    tally.unchecked = count_unchecked(view, lambda journey: _is_judged(view, journey))
    return tally.outcome()


def _is_judged(view: PlanView, journey: Journey) -> bool:
    """Whether the journey has a ride, and nobody has set all of it aside."""
    aside = view.aside(RULE)
    return not aside.family(journey.family) and any(
        not aside.row(ride.departure_id) for ride in journey.rides
    )


def _stages(view: PlanView, journey: Journey, need: EscortNeed) -> Iterator[Stage]:
    """Rides that need the escort, cut where one may hand over to another."""
    for head in range(max(need.heads)):
        run: set[Segment] = set()
        for ride, at_once in zip(journey.rides, need.heads, strict=True):
            needed = head < at_once
            if needed:
                run |= ride.segments
            if run and (not needed or view.places[ride.to_place].handover):
                yield Stage(need, head, frozenset(run))
                run = set()
        if run:
            yield Stage(need, head, frozenset(run))


class _Staffing:
    """Who looks after whom: stages placed on missions, moved to make room."""

    def __init__(self, view: PlanView) -> None:
        self._escorts = view.escorts
        self._by_family: dict[str, list[MissionView]] = defaultdict(list)
        self._placed: dict[str, list[Stage]] = defaultdict(list)
        for mission in view.missions:
            for family_id in mission.mission.family_ids:
                self._by_family[family_id].append(mission)

    def facts(self, stages: Iterable[Stage]) -> Iterator[str]:
        for stage in stages:
            if not self._place(stage, set()):
                yield _fact(stage)

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
            for other in list(placed):
                placed.remove(other)
                if self._room(mission, stage) and self._place(other, tried):
                    placed.append(stage)
                    return True
                placed.append(other)
        return False

    def _suitable(self, stage: Stage) -> Iterator[MissionView]:
        need = stage.need
        for mission in self._by_family[need.family_id]:
            row = mission.mission
            escort = self._escorts.get(row.escort_id)
            if (
                escort is not None
                and row.role is need.role
                and row.share is need.share
                and stage.segments <= mission.segments
                and _wishes_met(need, escort)
            ):
                yield mission

    def _room(self, mission: MissionView, stage: Stage) -> bool:
        """Own: nobody else's; shared: so many at a time; one head of a member each."""
        placed = self._placed[mission.mission.mission_id]
        member_id = stage.need.member_id
        if any(o.need.member_id == member_id and _overlap(o, stage) for o in placed):
            return False
        if stage.need.share is EscortShare.OWN:
            return all(other.need.member_id == member_id for other in placed)
        stages = [*placed, stage]
        most = self._escorts[mission.mission.escort_id].patients_at_a_time
        if most is None:
            most = min(each.need.at_a_time for each in stages)
        aboard = Counter(segment for each in stages for segment in each.segments)
        return max(aboard.values()) <= most


def _wishes_met(need: EscortNeed, escort: Escort) -> bool:
    language = need.language
    return (
        need.sex in (None, escort.sex)
        and (language is None or language in escort.languages)
        and set(need.skills) <= set(escort.skills)
    )


def _overlap(one: Stage, other: Stage) -> bool:
    return bool(one.segments & other.segments)


def _fact(stage: Stage) -> str:
    need = stage.need
    wishes = [w for w in (need.sex, need.language, *need.skills) if w]
    which = "no" if stage.head == 0 else f"no {stage.head + 1}."
    return (
        f"{need.family_id}: {need.member_id} has {which} {need.role.value} "
        f"({need.share.value}{''.join(f', {wish}' for wish in wishes)}) with room on "
        f"{', '.join(sorted({name for name, _ in stage.segments}))}"
    )
