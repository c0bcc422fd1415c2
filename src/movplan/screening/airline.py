"""Rules ``airline_clearance`` and ``special_notice``: what airlines are asked for."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from movplan.domain.people import Family, Medical, Member
from movplan.domain.words import Need, Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.shared import Shared
from movplan.screening.table import Table

ANNOUNCED = frozenset({Need.MEDA, Need.STCR, Need.OXYG})
CLEARANCE, NOTICE = "airline_clearance", "special_notice"


class Airlines:
    """Bars flights a member is not, or cannot yet be, cleared or announced for."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._as_of = shared.scenario.as_of

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """One bar per member with a clearance, two per member who needs one."""
        for member in self._shared.files.members[family.family_id]:
            medical = self._shared.files.medical.get(member.member_id)
            needing = not ANNOUNCED.isdisjoint(member.needs)
            if medical is not None and medical.airline_clearance_until is not None:
                yield self._until(medical, medical.airline_clearance_until, table)
            elif needing:
                yield self._asked_for(family, member, table)
            if needing:
                yield self._announced(family, member, table)

    def _until(self, medical: Medical, until: date, table: Table) -> Bar:
        facts = self._shared.facts
        in_time = ~facts.flight | (facts.on <= until.toordinal())
        flights = np.append(np.where(facts.flight, facts.on, 0), 0)[table.rides]
        last = flights.max(axis=1, initial=0)
        return Bar(
            reason=Reason.AIRLINE_CLEARANCE,
            fact=f"airline clearance of member {medical.member_id} ends {until}",
            passes=table.whole(in_time),
            dates=last,
            noun="flight",
            rule=CLEARANCE,
            change=lambda i: f"a clearance to {date.fromordinal(int(last[i]))}",
        )

    def _asked_for(self, family: Family, member: Member, table: Table) -> Bar:
        facts, today = self._shared.facts, self._as_of.date()
        days = facts.value("airline_clearance_days", family)
        cleared = ~facts.flight | (facts.on >= today.toordinal() + days)
        since = today + timedelta(days=int(days.min(initial=days.max(initial=0))))
        return Bar(
            reason=Reason.AIRLINE_CLEARANCE,
            fact=(
                f"airline clearance of member {member.member_id} has to be asked for"
                f" and is there on {since}"
            ),
            passes=table.whole(cleared),
            dates=table.first_on,
            nearest=Side.LAST,
            rule=CLEARANCE,
        )

    def _announced(self, family: Family, member: Member, table: Table) -> Bar:
        facts = self._shared.facts
        hours = facts.value("special_notice_hours", family)
        least = hours * 3600 + int(self._as_of.timestamp())
        in_time = ~facts.flight | (facts.departs_s >= least)
        most = int(hours.max(initial=0))
        needs = " and ".join(sorted(ANNOUNCED.intersection(member.needs)))
        return Bar(
            reason=Reason.NOTICE_TOO_SHORT,
            fact=(
                f"airlines are told of {needs} of member {member.member_id} {most} h"
                f" ahead, from {self._as_of + timedelta(hours=most):%Y-%m-%d %H:%M} on"
            ),
            passes=table.whole(self._shared.but_listed(in_time, family)),
            dates=table.first_on,
            nearest=Side.LAST,
            rule=NOTICE,
        )
