"""The ledger, from scratch: every charge of a plan, who pays it, in three currencies.

The second specification of what a plan costs: it reads the plan's rows and the
scenario, and nothing that the model was built from but the tariffs themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from movplan.costing.book import Book
from movplan.costing.family_charges import family_charges
from movplan.costing.fixed_charges import departure_charges, mission_charges
from movplan.costing.payers import Share
from movplan.costing.tariffs import Tariffs
from movplan.costing.unpaid import ChargeKey, UnpaidCharge, key_of
from movplan.domain.errors import InputError, Issue
from movplan.domain.plan import Charge, EscortMission, Leg, PlannedDeparture
from movplan.domain.scenario import Scenario
from movplan.domain.words import CostCategory, SubjectKind


def required_charges(
    scenario: Scenario,
    schedule: Sequence[Leg],
    departures: Sequence[PlannedDeparture],
    missions: Sequence[EscortMission],
) -> tuple[UnpaidCharge, ...]:
    """Everything the plan has to pay for, in key order, before overhead."""
    book = Book(scenario)
    by_family: dict[str, list[Leg]] = defaultdict(list)
    for leg in schedule:
        by_family[leg.family_id].append(leg)
    found = [
        charge for legs in by_family.values() for charge in family_charges(book, legs)
    ]
    found += departure_charges(book, schedule, departures)
    found += mission_charges(book, missions)
    return tuple(sorted(found, key=lambda charge: charge.key))


def price(
    scenario: Scenario,
    schedule: Sequence[Leg],
    departures: Sequence[PlannedDeparture],
    missions: Sequence[EscortMission],
    funding: Mapping[ChargeKey, str],
) -> tuple[Charge, ...]:
    """The plan's ledger, given the line that pays each charge of a family.

    ``InputError`` lists the charges ``funding`` has no line for.
    """
    required = required_charges(scenario, schedule, departures, missions)
    return pay(Tariffs(scenario), required, funding)


def pay(
    tariffs: Tariffs,
    required: Iterable[UnpaidCharge],
    funding: Mapping[ChargeKey, str],
) -> tuple[Charge, ...]:
    """Put charges on lines, with their overhead, in canonical order."""
    required = tuple(required)
    _refuse_unfunded(required, funding)
    ledger = [
        row
        for charge in required
        for line_id, amount_cents in _shares(tariffs, charge, funding)
        for row in _rows(tariffs, charge, line_id, amount_cents)
    ]
    return tuple(sorted(ledger, key=lambda row: (key_of(row), row.budget_line_id)))


def funding_of(ledger: Iterable[Charge]) -> dict[ChargeKey, str]:
    """Which line pays each charge of a family, read back from a ledger."""
    return {
        key_of(charge): charge.budget_line_id
        for charge in ledger
        if charge.subject_kind is SubjectKind.FAMILY
        and charge.category is not CostCategory.OVERHEAD
    }


def total_reporting_cents(ledger: Iterable[Charge]) -> int:
    """What a ledger costs in the reporting currency."""
    return sum(charge.reporting_cents for charge in ledger)


def _shares(
    tariffs: Tariffs, charge: UnpaidCharge, funding: Mapping[ChargeKey, str]
) -> Sequence[Share]:
    if charge.payers is None:
        return ((funding[charge.key], charge.amount_cents),)
    return tariffs.split(charge.price, charge.payers)


def _rows(
    tariffs: Tariffs, charge: UnpaidCharge, line_id: str, amount_cents: int
) -> Iterator[Charge]:
    """A charge on a line, and its overhead in the line's currency."""
    lines, own = tariffs.lines, tariffs.lines.by_id[line_id].currency
    paid = Charge(
        subject_kind=charge.subject_kind,
        subject_id=charge.subject_id,
        category=charge.category,
        item=charge.item,
        on=charge.on,
        budget_line_id=line_id,
        currency=charge.currency,
        amount_cents=amount_cents,
        line_cents=lines.convert(amount_cents, charge.currency, own, charge.on),
        reporting_cents=tariffs.reporting(amount_cents, charge.currency, charge.on),
        tariff=charge.tariff,
        basis=charge.basis,
    )
    yield paid
    overhead = lines.overhead(line_id, amount_cents, charge.currency, charge.on)
    if overhead:
        changes = {
            "category": CostCategory.OVERHEAD,
            "item": f"{charge.category.value}/{charge.item}",
            "currency": own,
            "amount_cents": overhead,
            "line_cents": overhead,
            "reporting_cents": tariffs.reporting(overhead, own, charge.on),
            "tariff": f"budget_lines/{line_id}",
        }
        yield paid.model_copy(update=changes)


def _refuse_unfunded(
    required: Iterable[UnpaidCharge], funding: Mapping[ChargeKey, str]
) -> None:
    missing = [
        charge.key
        for charge in required
        if charge.payers is None and charge.key not in funding
    ]
    if missing:
        raise InputError([_unfunded(key) for key in missing])


def _unfunded(key: ChargeKey) -> Issue:
    return Issue(
        code="NO_BUDGET_LINE",
        table="budget_lines",
        key=key.subject_id,
        value=f"{key.category} {key.item}",
        problem=f"no line pays {key}",
        family_id=key.subject_id,
    )
