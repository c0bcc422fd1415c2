"""payers: fixed costs and credits are split over the payers their contract names."""

from collections import defaultdict
from collections.abc import Iterator

from movplan.checks.outcome import Outcome, Tally
from movplan.checks.view import PlanView
from movplan.domain.escorts import Payer
from movplan.domain.money import money_text, share_out
from movplan.domain.plan import Charge
from movplan.domain.words import CostCategory, SubjectKind

RULE = "payers"
Subject = tuple[SubjectKind, str]
CREDIT = "credit/"


def check(view: PlanView) -> Outcome:
    """Charges of departures and escorts: largest remainder, line order."""
    tally = Tally(RULE)
    payers = _payers(view)
    charges: dict[tuple[Subject, CostCategory, str], list[Charge]] = defaultdict(list)
    for charge in view.plan.ledger:
        overhead = charge.category is CostCategory.OVERHEAD
        if charge.subject_kind is not SubjectKind.FAMILY and not overhead:
            subject: Subject = (charge.subject_kind, charge.subject_id)
            charges[subject, charge.category, charge.item].append(charge)
    for (subject, _, item), rows in charges.items():
        tally.judge(_split(payers[subject], item, rows), subject[1], item)
    _credits(tally, view, payers)
    return tally.outcome()


def _payers(view: PlanView) -> dict[Subject, list[Payer]]:
    payers: dict[Subject, list[Payer]] = defaultdict(list)
    for row in sorted(view.scenario.payers, key=lambda row: row.budget_line_id):
        payers[row.subject_kind, row.subject_id].append(row)
    return payers


def _split(payers: list[Payer], item: str, rows: list[Charge]) -> Iterator[str]:
    total = sum(row.amount_cents for row in rows)
    currency, name = rows[0].currency, rows[0].subject_id
    paid: dict[str, int] = defaultdict(int)
    for row in rows:
        paid[row.budget_line_id] += row.amount_cents
    parts = share_out(total, [payer.share_percent for payer in payers] or [1])
    due = {
        payer.budget_line_id: part
        for payer, part in zip(payers, parts, strict=False)
        if part
    }
    for line_id in sorted({*paid, *due}):
        if paid[line_id] != due.get(line_id, 0):
            yield (
                f"{name} {item}: {line_id} pays {money_text(paid[line_id], currency)} "
                f"of {money_text(total, currency)}, its share is "
                f"{money_text(due.get(line_id, 0), currency)}"
            )


def _credits(tally: Tally, view: PlanView, payers: dict[Subject, list[Payer]]) -> None:
    """What a foreign family pays for its seats goes back to the departure's payers."""
    paid = _seat_fares(view, payers)
    credited: dict[tuple[str, str], int] = defaultdict(int)
    for charge in view.plan.ledger:
        if charge.category is CostCategory.FARE and charge.item.startswith(CREDIT):
            key = (charge.subject_id, "/".join(charge.item.split("/")[1:4]))
            credited[key] -= charge.amount_cents
    for key in sorted({*paid, *credited}):
        fare, back = paid.get(key, 0), credited.get(key, 0)
        fact = f"{key[0]}: {fare} cents of seats sold to {key[1]}, {back} credited"
        tally.judge([fact] if fare != back else [], key[0])


def _seat_fares(
    view: PlanView, payers: dict[Subject, list[Payer]]
) -> dict[tuple[str, str], int]:
    """Fares of families no payer's line serves, by departure and family/part/leg."""
    found: dict[tuple[str, str], int] = {}
    for charge in view.plan.ledger:
        family = view.families.get(charge.subject_id)
        if charge.category is not CostCategory.FARE or family is None:
            continue
        part, leg, departure_id = (*charge.item.split("/", 2), "", "")[:3]
        service = view.services.get(departure_id)
        own = payers[SubjectKind.DEPARTURE, departure_id]
        if service is None or service.departure.seat_rate_cents is None or not own:
            continue
        lines = (view.lines.get(payer.budget_line_id) for payer in own)
        if not any(
            line and (not line.programmes or family.programme in line.programmes)
            for line in lines
        ):
            found[departure_id, f"{family.family_id}/{part}/{leg}"] = (
                charge.amount_cents
            )
    return found
