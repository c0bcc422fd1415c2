"""Rule ``unaccompanied_minor``: the assessment minors without an adult need."""

from collections.abc import Iterator

from movplan.domain.ages import adult_from, born_text
from movplan.domain.aside import Aside
from movplan.domain.people import Family
from movplan.domain.words import Reason
from movplan.screening.bars import Bar, Side
from movplan.screening.result import BoolArray
from movplan.screening.shared import Shared
from movplan.screening.table import Table


class BestInterests:
    """Bars first dates on which minors have nobody of their company in charge.

    Without an assessment; and where counts do not say who the minors are that need
    escorts, unless an authority lets them travel without. What is wanted lets them
    leave by the first departure, whoever comes of age before a later one.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._today = shared.scenario.as_of.date()
        self._first = shared.scenario.horizon.first
        self._aside = Aside(shared.scenario, "escort_cover")

    def bars(self, family: Family, table: Table) -> Iterator[Bar]:
        """Bars if somebody may be alone."""
        adult = self._shared.needs.unaccompanied.accompanied_from(family).toordinal()
        accompanied = table.first_on >= adult
        if accompanied.all():
            return
        if not self._shared.files.members[family.family_id]:
            yield from self._of_counts(family, table, accompanied)
        assessed = family.best_interests
        if assessed is not None and assessed <= self._today:
            return
        minors = self._minors(family)
        fact = f"with nobody in charge, {minors} lacks a best interests assessment"
        if assessed is not None:
            fact = (
                f"with nobody in charge, the best interests of {minors}"
                f" are assessed only on {assessed}"
            )
        yield Bar(
            reason=Reason.BEST_INTERESTS_MISSING,
            fact=fact,
            passes=accompanied,
            dates=table.first_on,
            nearest=Side.FIRST,
            rule="unaccompanied_minor",
            change=lambda _: f"an assessment by {self._today}",
        )

    def _of_counts(
        self, family: Family, table: Table, accompanied: BoolArray
    ) -> Iterator[Bar]:
        if self._aside.family(family):
            return
        minors = (family.children or 0) + (family.infants or 0)
        yield Bar(
            reason=Reason.NO_ESCORT,
            fact=f"by its counts all {minors} are children without an adult, and"
            " escorts are found by member",
            passes=accompanied,
            dates=table.first_on,
            nearest=Side.FIRST,
            rule="unaccompanied_minor",
            change=lambda _: "its members listed, or an adult who travels with it",
        )

    def _minors(self, family: Family) -> str:
        """Members who are not surely adult when the horizon begins."""
        files = self._shared.files
        years = files.values.family("adult_age_years", family)
        members = files.members[family.family_id]
        minors = [
            f"{m.member_id}{born_text(m)}"
            for m in members
            if adult_from(m, years) > self._first
        ]
        if len(minors) > 1:
            return f"each of members {', '.join(minors[:-1])} and {minors[-1]}"
        return f"member {minors[0]}" if minors else "each of its children"
