"""Rule ``newborn_age``: the youngest an airline takes."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np

from movplan.domain.ages import latest_birth_date
from movplan.domain.people import Family
from movplan.domain.words import Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.shared import Shared, highest
from movplan.screening.table import Table

DAYS = "newborn_min_days"


class Newborns:
    """Bars flights on which a member is younger than the carrier takes."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._most = timedelta(days=highest(shared.scenario, DAYS))

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per member who may be too young on some date."""
        facts = self._shared.facts
        first = date.fromordinal(int(table.first_on.min()))
        for member in self._shared.files.members[family.family_id]:
            born = latest_birth_date(member)
            if born + self._most <= first:
                continue
            days = facts.value(DAYS, family)
            may = ~facts.flight | (facts.on - born.toordinal() >= days)
            if not may.all():
                since = born + timedelta(days=int(days[~may].min()))
                yield Bar(
                    reason=Reason.NEWBORN,
                    fact=f"newborn member {member.member_id} may fly from {since}",
                    passes=table.whole(may),
                    dates=table.first_on,
                    nearest=Side.LAST,
                    rule="newborn_age",
                    change=self._change(table, born, since),
                )

    def _change(self, table: Table, born: date, since: date) -> Callable[[int], str]:
        """A carrier that takes the age on the first flight, if born by then."""
        facts = self._shared.facts
        never = np.iinfo(np.int64).max
        flights = np.append(np.where(facts.flight, facts.on, never), never)
        youngest = flights[table.rides].min(axis=1, initial=never) - born.toordinal()

        def change(itinerary: int) -> str:
            days = int(youngest[itinerary])
            if days < 0:
                return f"a flight from {since} on"
            return f"a carrier that takes newborns of {days} day{'s' * (days != 1)}"

        return change
