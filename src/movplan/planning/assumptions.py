"""What a plan rests on that nobody of the mission has confirmed."""

from collections.abc import Iterator
from datetime import timedelta

from movplan.domain.assumed import Connections
from movplan.domain.calendar import WorkingDays
from movplan.domain.plan import DefaultUsed, Plan
from movplan.domain.rules import default_rules
from movplan.domain.scenario import Scenario
from movplan.domain.words import DatePrecision, EvidenceLabel, LegKind


def assumptions(scenario: Scenario, plan: Plan) -> Iterator[DefaultUsed]:
    """Shipped rule values, assumed transfers ridden, holidays and births estimated."""
    yield from _shipped_values(scenario)
    yield from _assumed_transfers(scenario, plan)
    yield from _estimated_holidays(scenario)
    yield from _births(scenario, plan)


def _shipped_values(scenario: Scenario) -> Iterator[DefaultUsed]:
    own = {rule.name for rule in scenario.rules}
    for name, rule in sorted(default_rules().items()):
        if name not in own:
            yield DefaultUsed(
                what=name,
                value=f"{rule.value} {rule.unit}",
                source=rule.source,
                label=rule.label.value,
            )


def _assumed_transfers(scenario: Scenario, plan: Plan) -> Iterator[DefaultUsed]:
    connections = Connections(scenario)
    ridden = {
        (leg.from_place, leg.to_place)
        for leg in plan.schedule
        if leg.kind is LegKind.TRANSFER
    }
    for pair in sorted(ridden):
        row = connections.find_transfer(*pair)
        if row is not None and connections.is_assumed(*pair):
            yield DefaultUsed(
                what=f"transfer {pair[0]} to {pair[1]}",
                value=f"{row.minutes} min, {row.distance_km} km",
                source=row.source,
                label=EvidenceLabel.ESTIMATE.value,
            )


def _estimated_holidays(scenario: Scenario) -> Iterator[DefaultUsed]:
    """Holidays that stop movements and whose date only the moon will tell."""
    days = WorkingDays(scenario)
    first, last = scenario.horizon.first, scenario.horizon.last
    for place in sorted(scenario.places, key=lambda row: row.place_id):
        if not place.holidays:
            continue
        for k in range((last - first).days + 1):
            on = first + timedelta(days=k)
            holiday = days.holiday_on(place.place_id, on)
            if holiday is not None and holiday.estimated:
                yield DefaultUsed(
                    what=f"holiday at {place.place_id} on {on}",
                    value=holiday.name,
                    source=f"public holidays of {place.country}, date estimated",
                    label=EvidenceLabel.ESTIMATE.value,
                )


def _births(scenario: Scenario, plan: Plan) -> Iterator[DefaultUsed]:
    """Travellers whose day of birth is not known."""
    travelling = {leg.family_id for leg in plan.schedule}
    for precision in (DatePrecision.MONTH, DatePrecision.YEAR):
        members = [
            member
            for member in scenario.members
            if member.birth_precision is precision and member.family_id in travelling
        ]
        if members:
            yield DefaultUsed(
                what=f"births known by {precision.value} only",
                value=f"{len(members)} traveller{'s' * (len(members) > 1)}",
                source="the safe side: the oldest they may be for seats, fares and"
                " sessions, the youngest for newborns and who is an adult",
                label=EvidenceLabel.COMMON_PRACTICE.value,
            )
