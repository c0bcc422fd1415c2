"""Rule ``unaccompanied_minor``: the assessment minors without an adult need."""

from collections.abc import Iterator

from movplan.domain.people import Family
from movplan.domain.words import Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.shared import Shared
from movplan.screening.table import Table


class BestInterests:
    """Bars first dates on which minors have nobody of their company in charge."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._today = shared.scenario.as_of.date()

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """A bar if there is no assessment in time and somebody may be alone."""
        assessed = family.best_interests
        if assessed is not None and assessed <= self._today:
            return
        if not self._shared.files.members[family.family_id]:
            return
        adult = self._shared.needs.unaccompanied.accompanied_from(family).toordinal()
        accompanied = table.first_on >= adult
        if accompanied.all():
            return
        fact = "minors without an adult have no best interests assessment"
        if assessed is not None:
            fact = f"the minors' best interests are assessed only on {assessed}"
        yield Bar(
            reason=Reason.BEST_INTERESTS_MISSING,
            fact=fact,
            passes=accompanied,
            dates=table.first_on,
            nearest=Side.LAST,
            rule="unaccompanied_minor",
            change=lambda _: f"an assessment by {self._today}",
        )
