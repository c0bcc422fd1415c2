"""Pools of escorts: alike in what a mission costs and whom it suits."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from movplan.domain.escorts import Escort
from movplan.domain.words import EscortRole, SubjectKind
from movplan.formulation.context import Context
from movplan.screening.escort_need import Limited


@dataclass(frozen=True)
class Pool:
    """Escorts alike in what a mission costs and whom it suits; who goes comes last.

    ``like`` is the first of them; sex, languages and skills count only where a patient
    asks. An escort somebody is pinned to is a pool of its own.
    """

    like: Escort
    members: tuple[Escort, ...]

    def taking(self, at_a_time: int) -> "Pool":
        """The same escorts on a mission on which they take so many at a time."""
        if at_a_time not in self._taking:
            row = {**dict(self.like), "patients_at_a_time": at_a_time}
            limited = replace(self, like=Limited.model_construct(**row))
            self._taking[at_a_time] = limited
        return self._taking[at_a_time]

    def who_is_there(self, leaves: date, back: date) -> tuple[Escort, ...]:
        """Those to be had from one local date to another."""
        dates = leaves, back
        if dates not in self._there:
            there = (e for e in self.members if _is_there(e, leaves, back))
            self._there[dates] = tuple(there)
        return self._there[dates]

    @cached_property
    def _taking(self) -> dict[int, "Pool"]:
        return {}

    @cached_property
    def _there(self) -> dict[tuple[date, date], tuple[Escort, ...]]:
        return {}


def escort_pools(
    context: Context, asked: frozenset[EscortRole], pinned: frozenset[str]
) -> list[Pool]:
    """Group escorts.

    ``asked`` are the roles some patient has a wish about, ``pinned`` the escorts that
    somebody is pinned to.
    """
    approvals = context.tariffs.approvals
    alike: dict[tuple[object, ...], list[Escort]] = defaultdict(list)
    for escort in sorted(context.scenario.escorts, key=lambda e: e.escort_id):
        named = escort.escort_id
        skills = tuple(sorted(escort.skills))
        wish = (escort.sex, escort.languages, skills) if escort.role in asked else ()
        terms = (
            escort.role,
            escort.base,
            escort.patients_at_a_time,
            context.scenario.rest_hours(escort),
            escort.day_rate_cents,
            escort.currency,
            escort.lead_days if escort.unnamed else 0,
            tuple(sorted(escort.countries)),
            context.tariffs.payers(SubjectKind.ESCORT, named),
            approvals.waiting_for(SubjectKind.ESCORT, named),
            named if named in pinned else "",
        )
        alike[(*terms, wish)].append(escort)
    return [Pool(like=group[0], members=tuple(group)) for group in alike.values()]


def _is_there(escort: Escort, leaves: date, back: date) -> bool:
    """Whether the escort is available, with valid documents, over these dates."""
    ends = [day for day in (escort.available_until, escort.documents_until) if day]
    starts = escort.available_from
    return (starts is None or leaves >= starts) and all(back <= end for end in ends)
