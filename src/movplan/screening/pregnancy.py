"""Rule ``pregnancy``: the week from which on a carrier takes nobody any more."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from movplan.domain.people import Family, Member
from movplan.domain.words import Reason
from movplan.screening.bars import Bar
from movplan.screening.shared import Shared
from movplan.screening.table import Table


class Pregnancies:
    """Bars itineraries with a flight that a member is too far on for.

    week = weeks + floor((boarding date of the last ride - date of the weeks) / 7);
    the flight is refused from ``pregnancy_refuse_week`` on, with more than one child
    ``pregnancy_multiple_weeks_earlier``.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per pregnant member."""
        for member in self._shared.files.members[family.family_id]:
            if member.pregnancy_weeks is not None and member.pregnancy_as_of:
                yield self._bar(family, member, table)

    def _bar(self, family: Family, member: Member, table: Table) -> Bar:
        facts, known_on = self._shared.facts, member.pregnancy_as_of
        assert known_on is not None
        assert member.pregnancy_weeks is not None
        refused = facts.value("pregnancy_refuse_week", family)
        if member.pregnancy_multiple:
            refused = refused - facts.value("pregnancy_multiple_weeks_earlier", family)
        last_on = facts.on[table.last_ride]
        week = member.pregnancy_weeks + (last_on - known_on.toordinal()) // 7
        never = np.iinfo(np.int64).max
        limits = np.append(np.where(facts.flight, refused, never), never)[table.rides]
        passes = np.all(week[:, None] < limits, axis=1)
        first_refused = int(limits.min(initial=never))
        fact = f"member {member.member_id} is pregnant"
        if first_refused < never:
            weeks = first_refused - member.pregnancy_weeks
            begins = known_on + timedelta(weeks=weeks)
            fact += f" and flies before week {first_refused}, which begins {begins}"
        return Bar(
            reason=Reason.PREGNANCY,
            fact=fact,
            passes=passes,
            dates=last_on,
            noun="boarding of the last ride",
            rule="pregnancy",
            change=lambda i: f"a carrier that takes pregnant members in week {week[i]}",
        )
