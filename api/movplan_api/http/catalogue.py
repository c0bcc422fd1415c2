"""What stands fast: reasons for leaving families out, and scenarios to try."""

import json
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Path

from movplan.application.catalogue import reason_codes
from movplan.application.demos import DEMO_NAMES, Demo, demo
from movplan_api.auth.medical import HEALTH_REASONS
from movplan_api.contract.intake import (
    DemoAnswer,
    DemoList,
    DemoSummary,
    ReasonAnswer,
    ReasonList,
)
from movplan_api.http.depends import TheCaller
from movplan_api.http.openapi import refusals
from movplan_api.problems import NotFoundError

router = APIRouter(prefix="/v1", tags=["catalogue"])


@router.get("/reason-codes", responses=refusals(401))
def list_reasons(_caller: TheCaller) -> ReasonList:
    """Every reason for leaving a family out, with a sentence and who can help."""
    return ReasonList(
        items=tuple(
            ReasonAnswer(
                code=row.code,
                words=row.words,
                sentence=row.sentence,
                remedy=row.remedy,
                health=row.code in HEALTH_REASONS,
            )
            for row in reason_codes()
        )
    )


@router.get("/demo-scenarios", responses=refusals(401))
def list_demos(_caller: TheCaller) -> DemoList:
    """The scenarios that come with movplan."""
    return DemoList(items=tuple(_summary(_demo(name)) for name in DEMO_NAMES))


@router.get("/demo-scenarios/{demo_id}", responses=refusals(401, 404, 422))
def get_demo(
    _caller: TheCaller, demo_id: Annotated[str, Path(max_length=60)]
) -> DemoAnswer:
    """One of them, whole."""
    if demo_id not in DEMO_NAMES:
        known = ", ".join(DEMO_NAMES)
        raise NotFoundError("NO_SUCH_DEMO", f"There is none of that name; of: {known}.")
    found = _demo(demo_id)
    return DemoAnswer(
        **_summary(found).model_dump(), scenario=json.loads(found.document)
    )


@lru_cache
def _demo(name: str) -> Demo:
    return demo(name)


def _summary(found: Demo) -> DemoSummary:
    return DemoSummary(
        id=found.name,
        title=found.title,
        families=found.families,
        persons=found.persons,
    )
