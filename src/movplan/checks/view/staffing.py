"""Whom each mission looks after: patients shared out over missions with room."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from movplan.checks.view.care import EscortNeed
from movplan.checks.view.missions import MissionView
from movplan.checks.view.plan_view import PlanView
from movplan.domain.escorts import Escort
from movplan.domain.words import EscortShare

Segment = tuple[str, int]
# Steps of trying everything for the patients of missions that serve some together.
MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Stage:
    """Consecutive rides on which one escort has to look after one member.

    ``head`` counts the escorts a member needs at once, from 0.
    """

    need: EscortNeed
    head: int
    segments: frozenset[Segment]


class Staffing:
    """Shares stages out over the missions that serve their families.

    One by one, whoever leaves least room for others first, moving one other out of the
    way where it can go; where that leaves somebody unserved, by trying everything.
    """

    def __init__(self, view: PlanView) -> None:
        self._escorts = view.escorts
        self._by_family: dict[str, list[MissionView]] = defaultdict(list)
        self._placed: dict[str, list[Stage]] = defaultdict(list)
        for mission in view.missions:
            for family_id in mission.mission.family_ids:
                self._by_family[family_id].append(mission)

    def unserved(self, stages: Iterable[Stage]) -> frozenset[Stage]:
        """Stages that no mission has room for."""
        found: set[Stage] = set()
        for together in self._apart(stages):
            together.sort(key=lambda stage: stage.need.at_a_time)
            left = [stage for stage in together if not self._place(stage, set())]
            if left and not self._try_all(together):
                found.update(left)
        return frozenset(found)

    def _apart(self, stages: Iterable[Stage]) -> Iterator[list[Stage]]:
        """Stages in groups that have no mission in common."""
        groups: list[tuple[set[str], list[Stage]]] = []
        for stage in stages:
            missions = {m.mission.mission_id for m in self._suitable(stage)}
            own = [stage]
            apart = []
            for names, others in groups:
                if names & missions:
                    missions |= names
                    own = [*others, *own]
                else:
                    apart.append((names, others))
            groups = [*apart, (missions, own)]
        yield from (own for _, own in groups)

    def _try_all(self, stages: Sequence[Stage]) -> bool:
        """Whether all can be served at once, as far as so many steps tell."""
        options = [(stage, list(self._suitable(stage))) for stage in stages]
        if not all(missions for _, missions in options):
            return False
        for _, missions in options:
            for mission in missions:
                self._placed[mission.mission.mission_id].clear()
        self._steps = 0
        return self._try(sorted(options, key=lambda option: len(option[1])))

    def _try(self, options: Sequence[tuple[Stage, list[MissionView]]]) -> bool:
        if not options:
            return True
        (stage, missions), *others = options
        for mission in missions:
            self._steps += 1
            if self._steps > MOST_STEPS:
                return False
            if self._room(mission, stage):
                placed = self._placed[mission.mission.mission_id]
                placed.append(stage)
                if self._try(others):
                    return True
                placed.pop()
        return False

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
