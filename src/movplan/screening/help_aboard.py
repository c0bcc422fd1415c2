"""Rule ``companion``: who cannot manage alone on a long flight has somebody along."""

from collections.abc import Iterator

import numpy as np

from movplan.domain.people import Family
from movplan.domain.words import Reason
from movplan.screening.bars import Bar
from movplan.screening.result import BoolArray, IntArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table


class HelpAboard:
    """Bars long flights with more members to help than members able and free."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """A bar for a family some of whom need help."""
        helped = self._shared.needs.helped(family)
        if not helped:
            return
        passes = self._passes(family, table)
        if passes.all():
            return
        names = " and ".join(patient.member.member_id for patient in helped)
        hours = int(self._shared.facts.value("companion_flight_hours", family).min())
        yield Bar(
            reason=Reason.NO_COMPANION,
            fact=f"member {names} has no able adult of the family to help on a flight"
            f" of over {hours} h",
            passes=passes,
            dates=table.first_on,
            rule="companion",
            change=lambda _: "an able adult of its own family or an escort for each",
        )

    def _passes(self, family: Family, table: Table) -> BoolArray:
        """Needing help <= able on the boarding date - standing in for an escort."""
        shared = self._shared
        classes = shared.sorter.sort(family, table)
        needing, standing = self._by_class(family, table)
        dates = [day.toordinal() for day in shared.needs.able.dates(family)]
        on = shared.facts.on
        able = np.searchsorted(np.array(dates, dtype=np.int64), on, side="right")
        long = np.append(shared.sorter.long(family), False)[table.rides]
        free = np.append(able, 0)[table.rides] - standing[classes.of][:, None]
        passes: BoolArray = np.all(~long | (needing[classes.of] <= free), axis=1)
        return passes

    def _by_class(self, family: Family, table: Table) -> tuple[IntArray, IntArray]:
        """Members to help per ride, and able members who stand in for escorts."""
        classes = self._shared.sorter.sort(family, table)
        width = table.rides.shape[1]
        needing = np.zeros((len(classes.found), width), dtype=np.int64)
        helped = [p.member.member_id for p in self._shared.needs.helped(family)]
        for number, found in enumerate(classes.found):
            for member in helped:
                if member not in found.stood_in:
                    needing[number] += ~found.escorted(member, width)
        standing = [len(found.stood_in) for found in classes.found]
        return needing, np.array(standing, dtype=np.int64)
