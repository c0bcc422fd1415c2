"""Progress as server-sent events: resumed by ``Last-Event-ID``, 410 once it is over."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from anyio import to_thread
from fastapi import APIRouter, Header, Request
from sqlalchemy.exc import OperationalError
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from movplan_api.auth.caller import Caller
from movplan_api.http.depends import TheCaller, TheDesk
from movplan_api.http.openapi import refusals
from movplan_api.problems import NotFoundError, UnavailableError
from movplan_api.usecases.desk import Desk
from movplan_api.usecases.following import News, begin_following, news_of

router = APIRouter(prefix="/v1/plans", tags=["plans"])

# How often a follower's plan is looked at, and how long the line may be silent.
_LOOK_S, _PING_S = 0.5, 15
_RETRY_MS = 2_000
# Followers look at the database in few threads of their own: however many there are,
# other requests find theirs free.
_LOOKERS = 4
_MOST_FOLLOWERS = 200

LastSeen = Annotated[
    int | None,
    Header(alias="Last-Event-ID", ge=0, le=2**31, description="Go on after this one."),
]


class Followers:
    """Who follows plans just now, and the few threads that look for them."""

    def __init__(self) -> None:
        self.lookers = anyio.CapacityLimiter(_LOOKERS)
        self.count = 0

    def welcome(self) -> None:
        """Refuse one too many."""
        if self.count >= _MOST_FOLLOWERS:
            words = "Too many follow plans just now; poll /metadata instead."
            raise UnavailableError(
                "TOO_MANY_FOLLOWERS", words, headers={"Retry-After": "10"}
            )


@router.get(
    "/{plan_id}/events",
    response_class=EventSourceResponse,
    responses={
        200: {
            "description": "`progress` events, then one `plan` event and the end.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **refusals(401, 404, 410, 422, 503),
    },
)
async def follow_plan(
    request: Request,
    desk: TheDesk,
    caller: TheCaller,
    plan_id: str,
    last_event_id: LastSeen = None,
) -> EventSourceResponse:
    """Follow a plan: stage, level, value, bound, gap; better plans; the end.

    A plan that is final has nothing to follow: 410, get the plan itself.
    """
    followers = _followers(request)
    followers.welcome()
    await to_thread.run_sync(begin_following, desk, caller, plan_id)
    offset = 0 if last_event_id is None else last_event_id + 1
    events = _events(followers, desk, caller, plan_id, offset)
    return EventSourceResponse(events, ping=_PING_S)


def _followers(request: Request) -> Followers:
    state = request.app.state
    if not hasattr(state, "followers"):
        state.followers = Followers()
    followers: Followers = state.followers
    return followers


async def _events(
    followers: Followers, desk: Desk, caller: Caller, plan_id: str, offset: int
) -> AsyncIterator[JSONServerSentEvent]:
    followers.count += 1
    try:
        while True:
            news = await _news(followers, desk, caller, plan_id, offset)
            for said in news.said if news else ():
                offset = said.offset + 1
                yield _event("progress", said.offset, said.body)
            if news and news.plan.status.final:
                yield _event("plan", offset, news.plan.model_dump(mode="json"))
                return
            await anyio.sleep(_LOOK_S)
    except NotFoundError:
        # Purged meanwhile: the line ends, and asked again it is 404.
        return
    finally:
        followers.count -= 1


async def _news(
    followers: Followers, desk: Desk, caller: Caller, plan_id: str, offset: int
) -> News | None:
    """``None`` while the database is away: the follower waits for it as we do."""
    try:
        return await to_thread.run_sync(
            news_of, desk, caller, plan_id, offset, limiter=followers.lookers
        )
    except OperationalError:
        return None


def _event(kind: str, offset: int, body: dict[str, Any]) -> JSONServerSentEvent:
    return JSONServerSentEvent(body, event=kind, id=str(offset), retry=_RETRY_MS)
