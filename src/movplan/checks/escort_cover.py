"""escort_cover: whoever needs an escort has a suitable one on every ride concerned."""

from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import Journey, PlanView
from movplan.checks.view.care import Cares, EscortNeed
from movplan.checks.view.flights import count_unchecked
from movplan.checks.view.staffing import Segment, Staffing, Stage

RULE = "escort_cover"


def check(view: PlanView) -> Outcome:
    """Each need's stages find a mission with room (own, or shared)."""
    tally = Tally(RULE)
    staffing = Staffing(view)
    needed = [
        (need, tuple(_stages(view, journey, need)))
        for journey in view.journeys.values()
        for need in view.once(Cares).of(journey).needs
    ]
    unserved = staffing.unserved([each for _, stages in needed for each in stages])
    for need, stages in needed:
        facts = [_fact(stage) for stage in stages if stage in unserved]
        tally.judge(facts, need.family_id)
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


def _fact(stage: Stage) -> str:
    need = stage.need
    wishes = [w for w in (need.sex, need.language, *need.skills) if w]
    which = "no" if stage.head == 0 else f"no {stage.head + 1}."
    return (
        f"{need.family_id}: {need.member_id} has {which} {need.role.value} "
        f"({need.share.value}{''.join(f', {wish}' for wish in wishes)}) with room on "
        f"{', '.join(sorted({name for name, _ in stage.segments}))}"
    )
