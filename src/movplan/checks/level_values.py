"""What each objective level is worth in a plan, counted from its rows."""

from collections import defaultdict
from datetime import date, timedelta

from movplan.checks.draws import converted
from movplan.checks.view import PlanView
from movplan.domain.levels import Grouping, effective_levels
from movplan.domain.people import Family
from movplan.domain.plan import Finding, Plan
from movplan.domain.scenario import Level, Scenario
from movplan.domain.words import AssignmentState, Measure, Part


def level_values(scenario: Scenario, plan: Plan) -> dict[str, int]:
    """The value of every effective level by name, from scratch.

    Persons, person-days, hundredths of weight, or minor units of the reporting
    currency, by the level's measure.
    """
    return values_of(PlanView(scenario, plan))


def values_of(view: PlanView) -> dict[str, int]:
    """The same for a plan already seen."""
    counting = _Counting(view)
    return {
        level.name: counting.value(level) for level in effective_levels(view.scenario)
    }


def shortfalls(view: PlanView) -> tuple[Finding, ...]:
    """Minimums the plan does not reach: reported, not refused."""
    grouping = Grouping(view.scenario, view.files)
    found: list[Finding] = []
    for minimum in view.scenario.minimums:
        wanted = grouping.wanted(minimum)
        moved = sum(
            view.families[family_id].persons
            for family_id in view.travelling
            if grouping.contains(minimum.where, view.families[family_id])
        )
        if moved < wanted:
            fact = (
                f"{moved} persons of {minimum.name} travel, {wanted} are asked for: "
                f"{wanted - moved} are missing"
            )
            found.append(Finding(rule="minimums", subject=minimum.name, fact=fact))
    return tuple(found)


class _Counting:
    """One measure each; families of the level's group only."""

    def __init__(self, view: PlanView) -> None:
        self.view = view
        self.grouping = Grouping(view.scenario, view.files)

    def value(self, level: Level) -> int:
        families = [
            family
            for family in self.view.families.values()
            if self.grouping.contains(level.where, family)
        ]
        travelling = [f for f in families if f.family_id in self.view.travelling]
        match level.measure:
            case Measure.LEFT_OUT_PERSONS:
                return _persons(families) - _persons(travelling)
            case Measure.WEIGHTED_PERSONS:
                return sum(self.grouping.weight(family) for family in travelling)
            case Measure.PERSONS:
                return _persons(travelling)
            case Measure.WAITING_DAYS:
                return sum(f.persons * self._days(f) for f in families)
            case Measure.COST:
                return self._cost()
            case Measure.CHANGES:
                return self._changes(families)
            case Measure.SHORTFALL:
                return self._shortfall()

    def _days(self, family: Family) -> int:
        """From ``as_of`` to the first date, or to the day after the horizon."""
        journey = self.view.outbound(family.family_id)
        until = journey.first_date if journey else None
        if until is None:
            until = self.view.scenario.horizon.last + timedelta(days=1)
        return (until - self.view.as_of_date).days

    def _cost(self) -> int:
        """All charges, whoever they are for."""
        reporting = self.view.scenario.reporting_currency
        return sum(
            converted(self.view, charge, reporting) or 0
            for charge in self.view.plan.ledger
        )

    def _changes(self, families: list[Family]) -> int:
        """1 + max(0, notice - days to the earliest notified departure) // 7, each."""
        notified: dict[str, dict[Part, set[str]]] = defaultdict(dict)
        for row in self.view.scenario.assignments:
            if row.state is AssignmentState.NOTIFIED:
                notified[row.family_id].setdefault(row.part, set()).add(
                    row.departure_id
                )
        return sum(
            1 + max(0, self._notice(family) - self._days_to(parts)) // 7
            for family in families
            if (parts := notified.get(family.family_id))
            and self._differs(family.family_id, parts)
        )

    def _notice(self, family: Family) -> int:
        return self.view.family_rule("change_notice_days", family)

    def _differs(self, family_id: str, parts: dict[Part, set[str]]) -> bool:
        journeys = self.view.journeys
        return any(
            (family_id, part) not in journeys
            or journeys[family_id, part].departure_ids != departures
            for part, departures in parts.items()
        )

    def _days_to(self, parts: dict[Part, set[str]]) -> int:
        dates: list[date] = []
        for departure_id in set().union(*parts.values()):
            service = self.view.services.get(departure_id)
            if service is not None:
                start = service.served[0]
                dates.append(self.view.clock.date(start.place_id, start.departs))
        return (min(dates) - self.view.as_of_date).days if dates else 0

    def _shortfall(self) -> int:
        total = 0
        for minimum in self.view.scenario.minimums:
            moved = sum(
                family.persons
                for family in self.view.families.values()
                if family.family_id in self.view.travelling
                and self.grouping.contains(minimum.where, family)
            )
            total += max(0, self.grouping.wanted(minimum) - moved)
        return total


def _persons(families: list[Family]) -> int:
    return sum(family.persons for family in families)
