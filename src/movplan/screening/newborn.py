"""Rule ``newborn_age``: the youngest an airline takes."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np

from movplan.domain.ages import born_text, latest_birth_date
from movplan.domain.people import Family, Member
from movplan.domain.words import Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.result import IntArray
from movplan.screening.shared import Shared, highest
from movplan.screening.table import Table

DAYS, REPORT_DAYS = "newborn_min_days", "newborn_report_min_days"
NEVER = np.iinfo(np.int64).max


class Newborns:
    """Bars flights on which a member is younger than the carrier takes."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        most = max(highest(shared.scenario, name) for name in (DAYS, REPORT_DAYS))
        self._most = timedelta(days=most)
        self._today = shared.scenario.as_of.date()

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per member who may be too young on some date."""
        facts = self._shared.facts
        first = date.fromordinal(int(table.first_on.min()))
        for member in self._shared.files.members[family.family_id]:
            born = latest_birth_date(member, as_of=self._today)
            if born + self._most <= first:
                continue
            days = self._least(family, member)
            may = ~facts.flight | (facts.on - born.toordinal() >= days)
            if not may.all():
                since = born + timedelta(days=int(days[~may].min()))
                name = f"{member.member_id}{born_text(member)}"
                yield Bar(
                    reason=Reason.NEWBORN,
                    fact=f"newborn member {name} may fly from {since}",
                    passes=table.whole(may),
                    dates=table.first_on,
                    nearest=Side.LAST,
                    rule="newborn_age",
                    change=self._change(family, table, born, since),
                )

    def _least(self, family: Family, member: Member) -> IntArray:
        """Days asked for on every ride: fewer where the airline has cleared it."""
        facts = self._shared.facts
        days = facts.value(DAYS, family)
        medical = self._shared.files.medical.get(member.member_id)
        if medical is None or medical.airline_clearance_until is None:
            return days
        until = medical.airline_clearance_until.toordinal()
        return np.where(facts.on <= until, facts.value(REPORT_DAYS, family), days)

    def _change(
        self, family: Family, table: Table, born: date, since: date
    ) -> Callable[[int], str]:
        """A report, or a carrier that takes the age on the first flight."""
        facts = self._shared.facts
        flights = np.append(np.where(facts.flight, facts.on, NEVER), NEVER)
        youngest = flights[table.rides].min(axis=1, initial=NEVER) - born.toordinal()
        last = np.append(np.where(facts.flight, facts.on, 0), 0)[table.rides]
        reported = facts.value(REPORT_DAYS, family)
        by_report = table.whole(
            ~facts.flight | (facts.on - born.toordinal() >= reported)
        )

        def change(itinerary: int) -> str:
            days = int(youngest[itinerary])
            if days < 0:
                return f"a flight from {since} on"
            if by_report[itinerary]:
                day = date.fromordinal(int(last[itinerary].max()))
                return f"the airline's clearance (medical report) valid to {day}"
            return f"a carrier that takes newborns of {days} day{'s' * (days != 1)}"

        return change
