"""Money: rates that are known in time, payers that pay all, lines that nest."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from movplan.domain.budgets import BudgetLine
from movplan.domain.errors import Issue
from movplan.domain.escorts import Session
from movplan.domain.money import RateTable, money_text
from movplan.domain.rows import Row
from movplan.domain.transport import Departure, DepartureVehicle, Fare
from movplan.domain.validation.lookup import Lookup
from movplan.domain.words import DepartureStatus, SubjectKind

# Tables with prices and the column that says in which currency.
CURRENCY_COLUMNS = (
    ("programmes", "grant_currency"),
    ("places", "currency"),
    ("transfers", "currency"),
    ("departures", "currency"),
    ("departure_vehicles", "currency"),
    ("fares", "currency"),
    ("escorts", "currency"),
    ("escort_travel", "currency"),
    ("sessions", "currency"),
    ("budget_lines", "currency"),
)
# Tables in which the currency may be absent, with the price it belongs to.
PRICED = (
    ("programmes", "grant_per_person_cents", "grant_currency"),
    ("programmes", "grant_per_family_cents", "grant_currency"),
    ("programmes", "grant_per_principal_cents", "grant_currency"),
    ("places", "night_price_cents", "currency"),
)


def missing_currencies(lookup: Lookup) -> Iterator[Issue]:
    """Every price has a currency."""
    for table, amount, column in PRICED:
        for row in getattr(lookup.scenario, table):
            if getattr(row, amount) and getattr(row, column) is None:
                yield lookup.error(
                    table,
                    row,
                    column,
                    f"{amount} has no currency",
                    code="MISSING",
                    expected="three capital letters of ISO 4217, e.g. USD",
                )


def grants_per_family(lookup: Lookup) -> Iterator[Issue]:
    """A grant per family is paid once per company: splitting must earn nothing."""
    for programme in lookup.scenario.programmes:
        if programme.grant_per_family_cents:
            yield lookup.warning(
                "programmes",
                programme,
                "grant_per_family_cents",
                "a grant per family tempts families to split: it is paid once for all"
                " that travel together",
                code="PER_FAMILY_GRANT",
                expected="a grant per person",
            )


def missing_rates(lookup: Lookup) -> Iterator[Issue]:
    """Every currency has a rate on or before the first date it may be charged."""
    scenario = lookup.scenario
    rates = RateTable(scenario.rates, scenario.reporting_currency)
    known: dict[tuple[str, date], bool] = {}
    dates = _Dates(lookup)
    said: set[tuple[str, str]] = set()
    for table, column in CURRENCY_COLUMNS:
        for row in getattr(scenario, table):
            currency = getattr(row, column)
            if currency is None or (table, currency) in said:
                continue
            needed = (currency, dates.first_charge(row))
            if needed not in known:
                known[needed] = rates.find_rate(*needed) is not None
            if not known[needed]:
                said.add((table, currency))
                yield _no_rate(lookup, table, row, column, needed[1])


def _no_rate(lookup: Lookup, table: str, row: Row, column: str, on: date) -> Issue:
    currency = getattr(row, column)
    reporting = lookup.scenario.reporting_currency
    return lookup.error(
        table,
        row,
        column,
        f"{currency} has no rate on or before {on}",
        code="NO_RATE",
        expected=f"a row in rates: {currency} in {reporting}, dated {on} or earlier",
    )


class _Dates:
    """The first date on which a row's currency may be charged."""

    def __init__(self, lookup: Lookup) -> None:
        self._first = lookup.scenario.horizon.first
        self._departs = {
            d.departure_id: d.departs.date() for d in lookup.scenario.departures
        }

    def first_charge(self, row: Row) -> date:
        if isinstance(row, Session):
            return row.starts.date()
        if isinstance(row, Departure | DepartureVehicle | Fare):
            return self._departs.get(row.departure_id, self._first)
        return self._first


def bad_rates(lookup: Lookup) -> Iterator[Issue]:
    """Rates are above zero; the reporting currency is worth one of itself."""
    for rate in lookup.scenario.rates:
        own = rate.currency == lookup.scenario.reporting_currency
        if not rate.value.is_finite() or rate.value <= 0 or (own and rate.value != 1):
            yield lookup.error(
                "rates",
                rate,
                "value",
                "the reporting currency is worth 1" if own else "is not above zero",
                code="BAD_VALUE",
                expected="what one unit is worth in the reporting currency",
            )


def wrong_shares(lookup: Lookup) -> Iterator[Issue]:
    """The payers of a departure or an escort pay 100 percent together."""
    total: dict[tuple[SubjectKind, str], int] = defaultdict(int)
    partly_read = lookup.broken_values("payers", "subject_id")
    for payer in lookup.scenario.payers:
        total[payer.subject_kind, payer.subject_id] += payer.share_percent
    said = set(partly_read)
    for payer in lookup.scenario.payers:
        found = total[payer.subject_kind, payer.subject_id]
        if found != 100 and payer.subject_id not in said:
            said.add(payer.subject_id)
            yield lookup.error(
                "payers",
                payer,
                "share_percent",
                f"the shares of {payer.subject_id} sum to {found} percent",
                code="WRONG_SHARES",
                expected="100 percent together",
            )


def missing_payers(lookup: Lookup) -> Iterator[Issue]:
    """What a departure or an escort costs by itself has payers."""
    scenario = lookup.scenario
    paid = {payer.subject_id for payer in scenario.payers}
    paid |= lookup.broken_values("payers", "subject_id")
    hired = {
        vehicle.departure_id
        for vehicle in scenario.departure_vehicles
        if vehicle.price_cents or vehicle.price_per_km_cents
    }
    for departure in scenario.departures:
        if departure.departure_id not in paid and _costs(departure, hired):
            yield _no_payers(lookup, "departures", departure, "departure_id")
    for escort in scenario.escorts:
        if escort.escort_id not in paid and escort.day_rate_cents:
            yield _no_payers(lookup, "escorts", escort, "escort_id")


def _costs(departure: Departure, hired: set[str]) -> bool:
    if departure.status is DepartureStatus.CANCELLED:
        return departure.cancellation_fee_cents > 0
    return departure.fixed_price_cents > 0 or departure.departure_id in hired


def _no_payers(lookup: Lookup, table: str, row: Row, column: str) -> Issue:
    return lookup.error(
        table,
        row,
        column,
        "it costs money but nobody pays",
        code="NO_PAYERS",
        expected="rows in payers whose shares sum to 100 percent",
    )


def overspent_lines(lookup: Lookup) -> Iterator[Issue]:
    """A line on which more is spent and committed than its ceiling pays nothing."""
    for line in lookup.scenario.budget_lines:
        available = line.available_cents
        if available is not None and available < 0:
            over = money_text(-available, line.currency)
            yield lookup.warning(
                "budget_lines",
                line,
                "spent_cents",
                f"spent and committed are {over} more than the ceiling: the line pays"
                " nothing in a plan",
                code="OVERSPENT",
                expected="spent_cents + committed_cents up to ceiling_cents",
            )


def parent_cycles(lookup: Lookup) -> Iterator[Issue]:
    """Budget lines nest: no line is its own ancestor."""
    lines = {line.budget_line_id: line for line in lookup.scenario.budget_lines}
    for line in lookup.scenario.budget_lines:
        if _is_own_ancestor(line, lines):
            yield lookup.error(
                "budget_lines",
                line,
                "parent",
                "the line is its own ancestor",
                code="PARENT_CYCLE",
                expected="a parent outside the line's descendants",
            )


def _is_own_ancestor(line: BudgetLine, lines: dict[str, BudgetLine]) -> bool:
    seen: set[str] = set()
    name = line.parent
    while name in lines and name not in seen:
        if name == line.budget_line_id:
            return True
        seen.add(name)
        name = lines[name].parent
    return False
