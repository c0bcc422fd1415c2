"""Follow a plan while it is made: what was said since, and whether that was the end."""

from dataclasses import dataclass

from movplan_api.auth.caller import Caller
from movplan_api.contract.answers import PlanMetadata
from movplan_api.jobs.streaming import Said, said_since
from movplan_api.problems import GoneError
from movplan_api.store.plans import Plans
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.telling import told


@dataclass(frozen=True, slots=True)
class News:
    """What is new about a plan; once its status is final there will be no more."""

    said: tuple[Said, ...]
    plan: PlanMetadata


def begin_following(desk: Desk, caller: Caller, plan_id: str) -> None:
    """Refuse a plan that is not there, or that has nothing more to say."""
    if _look(desk, caller, plan_id).status.final:
        words = "The plan is final: get it, there is nothing to follow any more."
        link = {"Link": f'</v1/plans/{plan_id}>; rel="latest-version"'}
        raise GoneError("PLAN_FINAL", words, headers=link)


def news_of(desk: Desk, caller: Caller, plan_id: str, offset: int) -> News:
    """What was said from an offset on. The status is as old as the first word of it:
    a plan seen to be final has said everything by the time the stream is read.
    """
    plan = _look(desk, caller, plan_id)
    return News(said_since(desk.queueing, plan_id, offset), plan)


def _look(desk: Desk, caller: Caller, plan_id: str) -> PlanMetadata:
    with desk.store.transaction() as session:
        return told(Plans(session, caller.workspace_id).get(plan_id), caller)
