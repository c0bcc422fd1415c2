"""A plan by its views: schedule, departures, families, money, those left out."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from movplan.domain.plan import Charge, Deadline, LeftOut
from movplan_api.contract import queries as q
from movplan_api.contract import rows as r
from movplan_api.contract import views as v
from movplan_api.http.showing import A_DOCUMENT, A_TABLE, Look, PlanId, TheLook, ThingId
from movplan_api.problems import NotFoundError
from movplan_api.store.plans import Known
from movplan_api.usecases import looking
from movplan_api.views import certificate, departures, differences, families, schedule
from movplan_api.views.filters import filtered
from movplan_api.views.seen import Row

router = APIRouter(prefix="/v1/plans/{plan_id}", tags=["views"])

_PAGING = {"limit", "cursor"}


@router.get("/schedule", response_model=v.SchedulePage, responses=A_TABLE)
def get_schedule(
    look: TheLook, plan_id: PlanId, query: Annotated[q.ScheduleQuery, Query()]
) -> Response:
    """Rows of the schedule, family by family."""
    known = _finished(look, plan_id)
    base = None
    if query.changed_since is not None:
        base = looking.earlier(look.desk, look.caller, known, query.changed_since)
    of = [*_tag(known), "" if base is None else base.sha256 or ""]

    def make() -> tuple[Sequence[Row], dict[str, Any]]:
        seen = looking.seen(look.desk, look.caller, known)
        since = None if base is None else looking.seen(look.desk, look.caller, base)
        rows = schedule.schedule_rows(seen, since)
        gone = schedule.no_longer_scheduled(seen, since)
        return _wanted(rows, query, "changed_since"), {"no_longer_scheduled": gone}

    return look.table(of, query, tuple(r.LegRow.model_fields), make)


@router.get("/departures", response_model=v.DeparturePage, responses=A_TABLE)
def get_departures(
    look: TheLook, plan_id: PlanId, query: Annotated[q.DeparturesQuery, Query()]
) -> Response:
    """Departures by time, run or not, with their load."""
    known = _finished(look, plan_id)

    def make() -> tuple[Sequence[Row], dict[str, Any]]:
        seen = looking.seen(look.desk, look.caller, known)
        return _wanted(departures.departure_rows(seen), query), {}

    return look.table(_tag(known), query, tuple(r.DepartureRow.model_fields), make)


@router.get("/families", response_model=v.FamilyPage, responses=A_TABLE)
def get_families(
    look: TheLook, plan_id: PlanId, query: Annotated[q.FamiliesQuery, Query()]
) -> Response:
    """Families by id: those that travel and those that stay."""
    known = _finished(look, plan_id)

    def make() -> tuple[Sequence[Row], dict[str, Any]]:
        seen = looking.seen(look.desk, look.caller, known)
        return _wanted(families.family_rows(seen), query), {}

    return look.table(_tag(known), query, tuple(r.FamilyRow.model_fields), make)


@router.get(
    "/families/{family_id:path}", response_model=r.FamilyDetail, responses=A_DOCUMENT
)
def get_family(look: TheLook, plan_id: PlanId, family_id: ThingId) -> Response:
    """All that the plan says about one family."""
    known = _finished(look, plan_id)

    def make() -> Row:
        seen = looking.seen(look.desk, look.caller, known)
        found = families.family_detail(seen, family_id)
        return _there(found, "NO_SUCH_FAMILY", family_id)

    return look.document(_tag(known), make)


@router.get("/ledger", response_model=v.LedgerPage, responses=A_TABLE)
def get_ledger(
    look: TheLook, plan_id: PlanId, query: Annotated[q.LedgerQuery, Query()]
) -> Response:
    """Every charge: what, for whom, from which line, in which currency."""
    return _part(look, plan_id, query, "ledger", Charge)


@router.get("/left-out", response_model=v.LeftOutPage, responses=A_TABLE)
def get_left_out(
    look: TheLook, plan_id: PlanId, query: Annotated[q.LeftOutQuery, Query()]
) -> Response:
    """Who stays and why; without ``medical`` health is a hold and a date."""
    return _part(look, plan_id, query, "left_out", LeftOut)


@router.get("/deadlines", response_model=v.DeadlinePage, responses=A_TABLE)
def get_deadlines(
    look: TheLook, plan_id: PlanId, query: Annotated[q.DeadlinesQuery, Query()]
) -> Response:
    """By when somebody must act for the plan to hold, in time order."""
    return _part(look, plan_id, query, "deadlines", Deadline)


@router.get("/missions", response_model=v.MissionPage, responses=A_TABLE)
def get_missions(
    look: TheLook, plan_id: PlanId, query: Annotated[q.MissionsQuery, Query()]
) -> Response:
    """Escorts' missions; whom they serve is for the scope ``medical``."""
    return _part(look, plan_id, query, "missions", r.MissionRow)


@router.get("/costs", response_model=v.CostPage, responses=A_TABLE)
def get_costs(
    look: TheLook, plan_id: PlanId, query: Annotated[q.CostsQuery, Query()]
) -> Response:
    """Costs by family, departure, programme, category, budget line or donor."""
    known = _finished(look, plan_id)

    def make() -> tuple[Sequence[Row], dict[str, Any]]:
        rows = looking.costs(look.desk, look.caller, known, query)
        plan = looking.seen(look.desk, look.caller, known).plan
        return rows, {
            "by": query.by,
            "view": query.sharing,
            "reporting_currency": plan["reporting_currency"],
            "total_reporting_cents": sum(row["reporting_cents"] for row in rows),
        }

    return look.table(_tag(known), query, tuple(r.CostRow.model_fields), make)


@router.get("/certificate", response_model=v.CertificateAnswer, responses=A_DOCUMENT)
def get_certificate(look: TheLook, plan_id: PlanId) -> Response:
    """Levels with value, bound and gap; checks; defaults; overrides; findings."""
    known = _finished(look, plan_id)

    def make() -> Row:
        plan = looking.seen(look.desk, look.caller, known).plan
        named = {"plan_id": plan_id, "plan_sha256": known.sha256}
        return {**named, **certificate.certificate(plan)}

    return look.document(_tag(known), make)


@router.get("/input", response_model=v.InputAnswer, responses=A_DOCUMENT)
def get_input(look: TheLook, plan_id: PlanId) -> Response:
    """What the plan was made from."""
    known = _finished(look, plan_id)
    return look.document(
        _tag(known), lambda: looking.input_of(look.desk, look.caller, known)
    )


@router.get("/diff", response_model=v.DiffPage, responses=A_TABLE)
def get_diff(
    look: TheLook, plan_id: PlanId, query: Annotated[q.DiffQuery, Query()]
) -> Response:
    """What this plan changes against another; in CSV the families."""
    known, base = _finished(look, plan_id), _finished(look, query.against)

    def make() -> tuple[Sequence[Row], dict[str, Any]]:
        before = looking.seen(look.desk, look.caller, base)
        after = looking.seen(look.desk, look.caller, known)
        rows = differences.family_changes(before, after)
        return _wanted(rows, query, "against"), {
            "plan_id": plan_id,
            "against": query.against,
            "same_scenario": known.plan.scenario_id == base.plan.scenario_id,
            "totals": differences.totals(before, after),
            "departures": list(differences.departure_changes(before, after)),
        }

    of = [*_tag(known), *_tag(base)]
    return look.table(of, query, tuple(r.FamilyChange.model_fields), make)


def _finished(look: Look, plan_id: str) -> Known:
    return looking.finished(look.desk, look.caller, plan_id)


def _tag(known: Known) -> list[str]:
    return [known.plan.id, known.sha256 or ""]


def _part(
    look: Look, plan_id: str, query: q.RowsQuery, part: str, row: type[BaseModel]
) -> Response:
    """A part of the plan that is a table already."""
    known = _finished(look, plan_id)

    def make() -> tuple[Sequence[Row], dict[str, Any]]:
        plan = looking.seen(look.desk, look.caller, known).plan
        return _wanted(plan[part], query), {}

    return look.table(_tag(known), query, tuple(row.model_fields), make)


def _wanted(rows: Any, query: q.RowsQuery, *not_filters: str) -> list[Row]:  # noqa: ANN401
    wanted = query.model_dump(mode="json", exclude={*_PAGING, *not_filters})
    return list(filtered(rows, wanted))


def _there(found: Row | None, code: str, name: str) -> Row:
    if found is None:
        raise NotFoundError(code, f"The plan has no {name!r}.")
    return found
