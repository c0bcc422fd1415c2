"""What the far end can take: crossings, arrivals, quotas, beds; and closed days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from movplan.domain.transport import Capacity, Closure, DepartureVehicle
from movplan.domain.words import CapacityKind, EvidenceLabel, Period
from movplan.generation.brief import DAYS, FIRST, Brief
from movplan.generation.convoys import Fleet
from movplan.generation.demand import Demand
from movplan.generation.figures import records
from movplan.generation.vehicles import USABLE

WEEKS = DAYS / 7
# Nights per person who has to stay: checks end two days ahead of most departures.
CHECK_NIGHTS = 2.2
ONWARD_NIGHTS = 1.6
LARGEST_FAMILY = 12
# Places left in the quota year per person asking (the Australian one counts Melbourne).
QUOTA_SHARE = {"CA": 0.85, "NO": 0.75, "AU": 0.6}


@dataclass(frozen=True, slots=True)
class Limit:
    """One capacity to be: where, what, per which period, how many."""

    place: str
    kind: CapacityKind
    period: Period
    limit: float
    source: str
    label: EvidenceLabel = EvidenceLabel.COMMON_PRACTICE


def draw_capacities(brief: Brief, demand: Demand, fleet: Fleet) -> list[Capacity]:
    """Every limit of the mission, set against what is asked of it."""
    rng = brief.stream(10)
    limits = [*_crossings(fleet), *_arrivals(demand), *_beds(demand, fleet)]
    rows = [_capacity(limit, rng.uniform(0.95, 1.05)) for limit in limits]
    quotas = (("CA", "yyz"), ("NO", "osl"), ("AU", "mel"))
    return rows + [_quota(demand, *q) for q in quotas if demand.countries[q[0]]]


def _capacity(limit: Limit, wobble: float) -> Capacity:
    return Capacity(
        capacity_id=f"{limit.place}-{limit.kind.value}-{limit.period.value}",
        place_id=limit.place,
        kind=limit.kind,
        period=limit.period,
        limit=max(LARGEST_FAMILY, round(limit.limit * wobble)),
        source=limit.source,
        label=limit.label,
    )


def _seats_by_convoy(fleet: Fleet, code: str) -> list[int]:
    seats: dict[str, int] = {}
    for row in fleet.vehicles:
        if row.departure_id.startswith(f"{code}-"):
            seats[row.departure_id] = seats.get(row.departure_id, 0) + _usable(row)
    return list(seats.values())


def _usable(row: DepartureVehicle) -> int:
    return row.max_vehicles * USABLE[row.vehicle_type_id]


def _quantile(values: Iterable[int], share: float) -> float:
    found = list(values)
    return float(np.quantile(found, share)) if found else 0.0


def _crossings(fleet: Fleet) -> Iterable[Limit]:
    """Persons per day: below what the largest convoys could bring."""
    for place, code in (("dogharoun", "TH"), ("milak", "KZ")):
        limit = _quantile(_seats_by_convoy(fleet, code), 0.8)
        source = "agreed with the crossing; no published figure"
        yield Limit(place, CapacityKind.CROSSING, Period.DAY, limit, source)


def _arrivals(demand: Demand) -> Iterable[Limit]:
    """Persons per week at the airports of reception, below a busy week's demand."""
    for airport, country in (("yyz", "CA"), ("fra", "DE"), ("lhr", "GB")):
        persons = demand.countries[country]
        source = "processing capacity limits arrivals (A11); figure ours"
        limit = max(persons * 1.25 / WEEKS, persons * 0.5 if airport == "fra" else 0)
        yield Limit(airport, CapacityKind.ARRIVAL, Period.WEEK, limit, source)


def _beds(demand: Demand, fleet: Fleet) -> Iterable[Limit]:
    """Beds per night, against the nights that checks and onward convoys cause."""
    for place, factor in (("tehran", 1.0), ("mashhad", 1.0), ("kerman", 1.2)):
        limit = demand.nights[place] * CHECK_NIGHTS / DAYS * factor
        yield Limit(
            place, CapacityKind.BEDS, Period.DAY, limit, "centre places; figure ours"
        )
    onward = (("herat-tc", "TH", 0.75), ("zaranj", "KZ", 0.95))
    for place, code, factor in onward:
        limit = _quantile(_seats_by_convoy(fleet, code), 0.5) * factor
        source = "Herat held 9 500 against a design of 4 000 in 2004 (C13); scaled"
        yield Limit(place, CapacityKind.BEDS, Period.DAY, limit, source)
    airborne = sum(demand.countries.values())
    for hub in ("ist", "doh", "dxb"):
        limit = airborne * 0.35 / WEEKS
        yield Limit(
            hub, CapacityKind.BEDS, Period.DAY, limit, "airport hotel rooms held; ours"
        )


def _quota(demand: Demand, country: str, airport: str) -> Capacity:
    """A quota year, partly used, that ends below what is asked (A7, A10)."""
    persons = demand.countries[country]
    used = persons // 2
    return Capacity(
        capacity_id=f"quota-{country}",
        place_id=airport,
        kind=CapacityKind.ARRIVAL,
        period=Period.QUOTA_YEAR,
        limit=used + round(persons * QUOTA_SHARE[country]),
        used_to_date=used,
        date_from=date(2026, 1, 1),
        date_to=date(2026, 12, 31),
        programme="resettlement",
        notice_working_days=10,
        source="quota tables by country (A7); places lapse at year end (A10); scaled",
    )


def closures() -> list[Closure]:
    """Closed days: holidays, the crossings' Friday, Canada's Friday to Sunday."""
    rows: list[Closure] = []
    for record in records("closures"):
        weekdays = tuple(int(day) for day in record["weekdays"].split())
        start = max(date.fromisoformat(record["date_from"]), FIRST)
        for place in record["places"].split():
            rows.append(
                Closure(
                    closure_id=f"{place}-{start:%Y%m%d}-{len(rows):02d}",
                    place_id=place,
                    date_from=start,
                    date_to=date.fromisoformat(record["date_to"]),
                    weekdays=weekdays,
                    reason=f"{record['reason']} ({record['label']})",
                )
            )
    return rows
