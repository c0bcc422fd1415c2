"""Flights: seat blocks on scheduled flights, and charters with a fixed price."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from movplan.domain.escorts import Payer
from movplan.domain.transport import Departure, Fare
from movplan.domain.words import (
    AgeClass,
    DepartureKind,
    DepartureStatus,
    PriceBasis,
    SubjectKind,
)
from movplan.generation.brief import (
    ARRIVE_BY,
    LEAVE_FROM,
    Brief,
    after,
    horizon_dates,
    local,
)
from movplan.generation.demand import Demand
from movplan.generation.figures import Record, records
from movplan.generation.geography import places, zone

# Seats offered per person asking for the route, before dates are thinned out.
SEATS_PER_PERSON = {"first": 1.20, "last": 1.10, "direct": 1.00}
PERSONS_PER_BLOCK = 11
# Fewest departures of a flight in the horizon, so that a family has a choice of dates.
FEWEST = {"first": 14, "last": 8, "direct": 8}
SMALLEST_BLOCK = 7
CHILD_PERCENT = 75
CHARTER_SEATS = 180
CHARTER_SHARE = 0.5
CHARTER_SEAT_PRICE_CENTS = 95_000
CHARTER_DATES = (date(2026, 5, 5), date(2026, 4, 21), date(2026, 5, 19))


@dataclass
class Timetable:
    """Departures and the rows that belong to them."""

    departures: list[Departure] = field(default_factory=list)
    fares: list[Fare] = field(default_factory=list)
    payers: list[Payer] = field(default_factory=list)


def draw_flights(brief: Brief, demand: Demand) -> Timetable:
    """Blocks on every pattern of the carried flights, then the charters."""
    rng = brief.stream(6)
    table = Timetable()
    for row in records("flights"):
        if row["role"] == "back":
            _returns(rng, table, row, demand)
        else:
            _blocks(rng, table, row, demand)
    _charters(table, demand)
    return table


def _weekdays(row: Record) -> tuple[int, ...]:
    return tuple(int(day) for day in row["weekdays"].split())


def _pattern_share(row: Record) -> float:
    """Part of its route that is this flight's: by weekly frequency."""
    route = (row["from_place"], row["to_place"])
    rows = [r for r in records("flights") if (r["from_place"], r["to_place"]) == route]
    return len(_weekdays(row)) / sum(len(_weekdays(r)) for r in rows)


def _blocks(
    rng: np.random.Generator, table: Timetable, row: Record, demand: Demand
) -> None:
    persons = demand.routes[row["from_place"], row["to_place"]] / _scale(row)
    seats = SEATS_PER_PERSON[row["role"]] * persons * _pattern_share(row)
    dates = horizon_dates(_weekdays(row))
    if seats < 1:
        return
    wanted = int(np.clip(round(seats / PERSONS_PER_BLOCK), FEWEST[row["role"]], 999))
    chosen = _spread(rng, dates, min(wanted, len(dates)))
    for day in chosen:
        block = round(seats / len(chosen) * rng.uniform(0.5, 1.5))
        extra = _event_seats(row, day, demand)
        _add(table, row, day, max(SMALLEST_BLOCK, block) + extra)


def _scale(row: Record) -> int:
    """Air demand is counted in hundredths of a person, direct flights in persons."""
    return 1 if row["role"] == "direct" else 100


def _spread(rng: np.random.Generator, dates: list[date], wanted: int) -> list[date]:
    """So many dates, one from each equal stretch of the list."""
    edges = np.linspace(0, len(dates), wanted + 1).astype(int)
    return [dates[int(rng.integers(low, high))] for low, high in pairwise(edges)]


def _event_seats(row: Record, day: date, demand: Demand) -> int:
    """Seats added in the week before the workshop, on flights to its town."""
    days_before = (ARRIVE_BY - day).days
    if row["to_place"] != "ist" or not 0 <= days_before <= 7:
        return 0
    return -(-demand.workshop[row["from_place"]] * 30 // 100)


def _returns(
    rng: np.random.Generator, table: Timetable, row: Record, demand: Demand
) -> None:
    persons = demand.workshop[row["to_place"]]
    if not persons:
        return
    days = (LEAVE_FROM + timedelta(days=k) for k in range(9))
    dates = [day for day in days if day.isoweekday() in _weekdays(row)]
    for day in dates:
        block = round(0.85 * persons / len(dates) * rng.uniform(0.8, 1.2))
        _add(table, row, day, max(2, block))


def _add(table: Timetable, row: Record, day: date, seats: int) -> None:
    name = f"{row['carrier']}{row['number']}-{day:%m%d}"
    departs = local(day, row["departs"], zone(row["from_place"]))
    table.departures.append(
        Departure(
            departure_id=name,
            kind=DepartureKind.FLIGHT,
            carrier=row["carrier"],
            number=row["number"],
            from_place=row["from_place"],
            to_place=row["to_place"],
            departs=departs,
            arrives=after(departs, int(row["minutes"]), zone(row["to_place"])),
            status=DepartureStatus.OPTION,
            option_until=day - timedelta(days=5),
            seats=seats,
            programmes=("rqa",) if row["role"] == "direct" else (),
            currency="USD",
            basis=PriceBasis.QUOTE,
            names_due=day - timedelta(days=3),
            ticket_by=day - timedelta(days=4),
            source=f"{row['source']} ({row['label']})",
        )
    )
    table.fares += _fares(name, int(row["adult_usd_cents"]))


def _fares(departure_id: str, adult: int) -> list[Fare]:
    amounts = {
        AgeClass.ADULT: adult,
        AgeClass.CHILD: adult * CHILD_PERCENT // 100,
        AgeClass.INFANT: adult // 10,
    }
    return [
        Fare(
            departure_id=departure_id,
            age_class=age_class,
            amount_cents=amount,
            currency="USD",
            basis=PriceBasis.QUOTE,
        )
        for age_class, amount in amounts.items()
    ]


def _charters(table: Timetable, demand: Demand) -> None:
    """Part or whole charters Tehran-Frankfurt.

    The first is contracted, hence firm, for the resettled; the others are candidates
    on which self-payers pay the seat rate.
    """
    persons = demand.countries["DE"]
    wanted = persons * CHARTER_SHARE
    flights = int(np.clip(round(wanted / CHARTER_SEATS), 2, len(CHARTER_DATES)))
    for k, day in enumerate(CHARTER_DATES[:flights] if persons else ()):
        seats = int(np.clip(round(wanted / flights), 12, CHARTER_SEATS))
        departs = local(day, "08:00", "Asia/Tehran")
        name = f"CH{k + 1}-{day:%m%d}"
        table.departures.append(
            Departure(
                departure_id=name,
                kind=DepartureKind.FLIGHT,
                carrier="CH",
                number=str(k + 1),
                from_place="ika",
                to_place="fra",
                departs=departs,
                arrives=after(departs, 330, places()["fra"].timezone),
                status=DepartureStatus.CANDIDATE if k else DepartureStatus.CONTRACTED,
                seats=seats,
                min_persons=seats // 2 if k else 0,
                wheelchair_limit=8,
                stretcher_limit=1,
                programmes=() if k else ("resettlement",),
                fixed_price_cents=seats * CHARTER_SEAT_PRICE_CENTS,
                seat_rate_cents=CHARTER_SEAT_PRICE_CENTS if k else None,
                cancellation_fee_cents=seats * CHARTER_SEAT_PRICE_CENTS // 4,
                currency="EUR",
                basis=PriceBasis.CONTRACT,
                names_due=day - timedelta(days=7),
                source="whole aircraft USD 150 000 to 300 000 for 190 seats (UE)",
            )
        )
        for line, percent in (("de-admission", 80), ("eu-resettlement", 20)):
            table.payers.append(
                Payer(
                    subject_kind=SubjectKind.DEPARTURE,
                    subject_id=name,
                    budget_line_id=line,
                    share_percent=percent,
                )
            )
