"""Rule ``step_order``: steps come one after the other, ways there and back included.

DOC and CO in the programme's order, PEC after both: a precedence between the sessions
of one family, whenever it departs. How long before departure each has to end is the
rule ``appointments``.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

import numpy as np

from movplan.domain.escorts import Session
from movplan.domain.people import Family
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import SessionKind
from movplan.network import Network
from movplan.screening.result import AppointmentOption, BoolArray

Options = tuple[AppointmentOption, ...]
Steps = tuple[SessionKind, ...]
Slots = tuple[Options, ...]
LAST = SessionKind.PRE_EMBARKATION_CHECK


def ordered_steps(programme: Programme, family: Family) -> Steps:
    """Steps still to be done, in their order; none if there is but one."""
    steps = [
        step
        for step in dict.fromkeys(programme.required_steps)
        if step not in family.steps_done
    ]
    steps.sort(key=lambda step: step is LAST)
    return tuple(steps) if len(steps) > 1 else ()


class Away:
    """When a family is away for a session: from leaving for it to being back."""

    def __init__(self, scenario: Scenario) -> None:
        self._sessions = {row.session_id: row for row in scenario.sessions}

    def session(self, option: AppointmentOption) -> Session:
        """The session of an option."""
        return self._sessions[option.session_id]

    def leaves(self, option: AppointmentOption) -> datetime:
        """When the way there begins; without one, the session."""
        moves = option.moves
        return moves[0].departs if moves else self.session(option).starts

    def back(self, option: AppointmentOption) -> datetime:
        """When the way back ends; without one, the session. Of a step before others."""
        moves = option.moves
        return moves[-1].arrives if moves else self.session(option).ends


class StepOrder:
    """Tells which sessions of the steps may go together, and what is wrong if none.

    Of any two steps one has one slot (DOC and PEC are attended by the whole family). So
    an option that goes with some of every slot of each other step, all of which do so
    too, is in some choice that is in order.
    """

    def __init__(
        self,
        scenario: Scenario,
        files: Files,
        network: Network,
        *,
        without: frozenset[str],
    ) -> None:
        self._programmes = files.programmes
        self._is_off = "step_order" in without
        self._away = Away(scenario)
        self._clock = network.clock
        # Families and itineraries share their options; keys keep them alive.
        self._known: dict[tuple[object, ...], tuple[Slots, Slots | str]] = {}

    def arrange(
        self,
        family: Family,
        kinds: Sequence[SessionKind],
        options: list[list[Options]],
        possible: BoolArray,
    ) -> str:
        """Leave the options in order; what is wrong if no itinerary is left by that.

        ``options`` [slots][itineraries] and ``possible`` [itineraries] are changed.
        """
        steps = self._steps(family)
        told = ""
        for it in np.flatnonzero(possible).tolist() if steps else ():
            slots = tuple(some[it] for some in options)
            arranged = self._arranged(steps, tuple(kinds), slots)
            if isinstance(arranged, str):
                possible[it] = False
                told = arranged
                continue
            for some, kept in zip(options, arranged, strict=True):
                some[it] = kept
        return "" if possible.any() else told

    def _steps(self, family: Family) -> Steps:
        if self._is_off:
            return ()
        return ordered_steps(self._programmes[family.programme], family)

    def _arranged(self, steps: Steps, kinds: Steps, slots: Slots) -> Slots | str:
        key = (steps, kinds, *map(id, slots))
        if key not in self._known:
            self._known[key] = slots, self._arrange(steps, kinds, slots)
        return self._known[key][1]

    def _arrange(self, steps: Steps, kinds: Steps, slots: Slots) -> Slots | str:
        """What goes together of all steps, or the two steps that do not."""
        at = {s: [k for k, kind in enumerate(kinds) if kind is s] for s in steps}
        due = [step for step in steps if at[step]]
        left, before = list(slots), -1
        while before != (before := sum(map(len, left))):
            for one, other in combinations(due, 2):
                firsts, others = ([left[k] for k in at[s]] for s in (one, other))
                over, last = self._over(firsts), self._last(others)
                if over > last:
                    return self._told((one, other), firsts, others)
                for k in at[one]:
                    left[k] = tuple(o for o in left[k] if self._away.back(o) <= last)
                for k in at[other]:
                    left[k] = tuple(o for o in left[k] if self._away.leaves(o) >= over)
        same = all(len(a) == len(b) for a, b in zip(slots, left, strict=True))
        return slots if same else tuple(left)

    def _over(self, firsts: Sequence[Options]) -> datetime:
        """When the first step may be done at the earliest."""
        return max(min(map(self._away.back, some)) for some in firsts)

    def _last(self, others: Sequence[Options]) -> datetime:
        """When the family sets out for the second step at the latest."""
        return min(max(map(self._away.leaves, some)) for some in others)

    def _told(
        self, steps: Steps, firsts: Sequence[Options], others: Sequence[Options]
    ) -> str:
        """Both sessions that come nearest, and what would pass."""
        away, (one, other) = self._away, steps
        ending = [min(some, key=away.back) for some in firsts]
        starting = [max(some, key=away.leaves) for some in others]
        first = max(ending, key=away.back)
        second = min(starting, key=away.leaves)
        over = self._text(first, self._over(firsts))
        begins = self._text(second, self._last(others))
        ends = f"{first.session_id}, the first {one} session, ends {over}"
        ended = f"that ends by {begins}"
        if first.moves:
            ends = f"the way back from {ends}"
            ended = f"from which it is back by {begins}"
        sets_out = f"{second.session_id}, the last {other} session in time,"
        sets_out, on = f"{sets_out} begins {begins}", "from"
        if second.moves:
            sets_out = (
                f"the way to {second.session_id}, the last {other} session in time,"
                f" begins {begins}"
            )
            on = "for which it leaves from"
        return (
            f"{one} comes before {other}, but {ends} and {sets_out}; a {other} session "
            f"{on} {over} on or a {one} session {ended} would do"
        )

    def _text(self, option: AppointmentOption, at: datetime) -> str:
        place = self._away.session(option).place_id
        return f"{self._clock.at(place, at):%Y-%m-%d %H:%M}"
