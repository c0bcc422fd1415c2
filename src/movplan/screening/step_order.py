"""Rule ``step_order``: of DOC and CO, the one that stands first ends before the other.

A precedence between the sessions of one family, whenever it departs: how long before
departure each has to end is the rule ``appointments``.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from movplan.domain.people import Family
from movplan.domain.programmes import Programme
from movplan.domain.scenario import Scenario
from movplan.domain.windows import Files
from movplan.domain.words import SessionKind
from movplan.network import Network
from movplan.screening.result import AppointmentOption, BoolArray

ORDERED = (SessionKind.DOCUMENT_STEP, SessionKind.CULTURAL_ORIENTATION)

Options = tuple[AppointmentOption, ...]
Steps = tuple[SessionKind, ...]


def ordered_steps(programme: Programme, family: Family) -> Steps:
    """DOC and CO in the programme's order; none if one need not be done any more."""
    both = tuple(
        step
        for step in dict.fromkeys(programme.required_steps)
        if step in ORDERED and step not in family.steps_done
    )
    return both if len(both) == len(ORDERED) else ()


class StepOrder:
    """Tells which sessions of two steps may go together, and what is wrong if none.

    One of the two has one slot (DOC is attended by the whole family). So an option that
    goes with some of every slot of the other step is in some choice that is in order.
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
        self._sessions = {row.session_id: row for row in scenario.sessions}
        self._clock = network.clock

    def starts(self, option: AppointmentOption) -> datetime:
        """When its session begins."""
        return self._sessions[option.session_id].starts

    def ends(self, option: AppointmentOption) -> datetime:
        """When its session ends."""
        return self._sessions[option.session_id].ends

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
        at = [[k for k, kind in enumerate(kinds) if kind is step] for step in steps]
        told = ""
        for it in np.flatnonzero(possible).tolist() if at and all(at) else ():
            firsts, others = ([options[k][it] for k in some] for some in at)
            over, last = self._over(firsts), self._last(others)
            if over > last:
                possible[it] = False
                told = self._told(steps, firsts, others)
                continue
            for k in at[0]:
                ending = (o for o in options[k][it] if self.ends(o) <= last)
                options[k][it] = tuple(ending)
            for k in at[1]:
                starting = (o for o in options[k][it] if self.starts(o) >= over)
                options[k][it] = tuple(starting)
        return "" if possible.any() else told

    def _told(
        self, steps: Steps, firsts: Sequence[Options], others: Sequence[Options]
    ) -> str:
        """Both sessions that come nearest, and what would pass."""
        ending = [min(some, key=self.ends) for some in firsts]
        starting = [max(some, key=self.starts) for some in others]
        first = max(ending, key=self.ends)
        other = min(starting, key=self.starts)
        over = self._text(first, self._over(firsts))
        begins = self._text(other, self._last(others))
        return (
            f"{steps[0]} comes before {steps[1]}, but {first.session_id}, the first "
            f"{steps[0]} session, ends {over} and {other.session_id}, the last "
            f"{steps[1]} session in time, begins {begins}; a {steps[1]} session from "
            f"{over} on or a {steps[0]} session that ends by {begins} would do"
        )

    def _steps(self, family: Family) -> Steps:
        if self._is_off:
            return ()
        return ordered_steps(self._programmes[family.programme], family)

    def _over(self, firsts: Sequence[Options]) -> datetime:
        """When the first step may be done at the earliest."""
        return max(min(map(self.ends, some)) for some in firsts)

    def _last(self, others: Sequence[Options]) -> datetime:
        """When the second step begins at the latest."""
        return min(max(map(self.starts, some)) for some in others)

    def _text(self, option: AppointmentOption, at: datetime) -> str:
        place = self._sessions[option.session_id].place_id
        return f"{self._clock.at(place, at):%Y-%m-%d %H:%M}"
