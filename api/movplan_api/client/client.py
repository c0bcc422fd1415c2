"""The client."""

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx

from movplan_api.client.answers import News, Page, PlanState, Row
from movplan_api.client.calling import AGAIN, Calling
from movplan_api.client.failures import ServiceFault, StillRunningError
from movplan_api.client.limits import USUAL, Limits
from movplan_api.client.pauses import Pauses
from movplan_api.client.streaming import news_in

_LOOK_S, _LONGEST_LOOK_S = 0.3, 3.0
_GONE = 410
# The service says something each 15 s, if only that it is there.
_SILENCE_S = 45.0


class Client:
    """A connection to one service with one key.

    What may be sent twice is sent again while the service is away, for ``patience_s``;
    ``submit`` names its request, so that it may.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        timeout_s: float = 30,
        patience_s: float = 60,
    ) -> None:
        self._calling = Calling(
            base_url, key, timeout_s=timeout_s, patience_s=patience_s
        )

    def submit(
        self,
        scenario: Mapping[str, Any] | str,
        limits: Limits = USUAL,
        *,
        overrides: Sequence[str | Row] = (),
        tags: Sequence[str] = (),
        webhook: str | None = None,
        idempotency_key: str | None = None,
    ) -> PlanState:
        """Hand in a plan of a scenario sent along, or of one sent before (its id)."""
        name = "scenario_id" if isinstance(scenario, str) else "scenario"
        asked = {
            name: scenario,
            "overrides": list(overrides),
            "limits": limits.said,
            "tags": list(tags),
            "webhook": webhook,
        }
        return self._order("/v1/plans", asked, idempotency_key)

    def replan(  # noqa: PLR0913 -- what may be asked
        self,
        plan_id: str,
        changes: Sequence[str | Row] = (),
        limits: Limits = USUAL,
        *,
        as_of: datetime | str | None = None,
        tags: Sequence[str] = (),
        webhook: str | None = None,
        idempotency_key: str | None = None,
    ) -> PlanState:
        """Hand in a plan that keeps what is notified or locked in another.

        ``as_of`` (with its zone) is when it is made; left out, as the plan before.
        """
        asked = {
            "changes": list(changes),
            "limits": limits.said,
            "as_of": as_of.isoformat() if isinstance(as_of, datetime) else as_of,
            "tags": list(tags),
            "webhook": webhook,
        }
        return self._order(f"/v1/plans/{_part(plan_id)}:replan", asked, idempotency_key)

    def state(self, plan_id: str) -> PlanState:
        """Where it stands."""
        found = self._calling.json("GET", f"/v1/plans/{_part(plan_id)}/metadata")
        return PlanState.model_validate(found)

    def wait(self, plan_id: str, *, within_s: float = 3600) -> PlanState:
        """Where it stands once it is final; raises ``StillRunningError``."""
        until, pause_s = time.monotonic() + within_s, _LOOK_S
        while True:
            state = self.state(plan_id)
            if state.status.final:
                return state
            if time.monotonic() + pause_s > until:
                raise StillRunningError(plan_id, within_s)
            time.sleep(pause_s)
            pause_s = min(1.3 * pause_s, _LONGEST_LOOK_S)

    def stream(self, plan_id: str, *, after: int | None = None) -> Iterator[News]:
        """Its events up to the end; a broken line is taken up where it broke.

        Of a plan that is final there is the last event only. While the service is away
        or has no room it is asked again, ever more seldom and not before it asks to be;
        after ``patience_s`` of waiting without an event the failure is raised.
        """
        at, pauses = after, Pauses(self._calling.patience_s)
        while True:
            try:
                for news in self._events(plan_id, at):
                    yield news
                    pauses.begin_again()
                    if news.kind == "plan":
                        return
                    at = news.number
                # The service let go before the plan's end, but it is there.
                time.sleep(_LOOK_S)
            except httpx.TransportError as error:
                pauses.wait_or_raise(error)
            except ServiceFault as fault:
                if fault.status in AGAIN:
                    pauses.wait_or_raise(fault, at_least_s=fault.retry_after_s)
                    continue
                if fault.status != _GONE:
                    raise
                state = self.state(plan_id).model_dump(mode="json")
                yield News("plan", 0 if at is None else at + 1, state)
                return

    def plan(self, plan_id: str) -> Row | None:
        """The plan whole, as docs/plan.schema.json says; ``None``: there is none."""
        found: Row = self._calling.json("GET", f"/v1/plans/{_part(plan_id)}")
        document: Row | None = found["plan"]
        return document

    def page(self, plan_id: str, view: str, **query: str | int) -> Page:
        """One page of a view: schedule, departures, families, ledger, left-out..."""
        path = f"/v1/plans/{_part(plan_id)}/{view}"
        found: Row = self._calling.json("GET", path, params=query)
        items, cursor = tuple(found.pop("items")), found.pop("next_cursor")
        return Page(items, cursor, beside=found)

    def rows(self, plan_id: str, view: str, **query: str | int) -> Iterator[Row]:
        """All rows of a view, page by page."""
        page = self.page(plan_id, view, **query)
        yield from page.items
        while page.next_cursor is not None:
            query["cursor"] = page.next_cursor
            page = self.page(plan_id, view, **query)
            yield from page.items

    def cancel(self, plan_id: str) -> PlanState:
        """Stop it; the best plan so far is kept."""
        path = f"/v1/plans/{_part(plan_id)}:cancel"
        return PlanState.model_validate(self._calling.json("POST", path, again=True))

    def approve(self, plan_id: str, waived: Sequence[Row] = ()) -> Row:
        """Make it the plan in force."""
        path = f"/v1/plans/{_part(plan_id)}:approve"
        found: Row = self._calling.json("POST", path, json={"waived": list(waived)})
        return found

    def call(self, method: str, path: str, json: Row | None = None) -> Any:  # noqa: ANN401
        """Anything else of the service, by its address; the answer as JSON."""
        return self._calling.json(method, path, json=json)

    def close(self) -> None:
        """Let go of the connection."""
        self._calling.http.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def _order(self, path: str, asked: Row, key: str | None) -> PlanState:
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        found = self._calling.json(
            "POST", path, json=asked, headers=headers, again=True
        )
        return PlanState.model_validate(found)

    def _events(self, plan_id: str, after: int | None) -> Iterator[News]:
        headers = {} if after is None else {"Last-Event-ID": str(after)}
        path, http = f"/v1/plans/{_part(plan_id)}/events", self._calling.http
        with http.stream("GET", path, headers=headers, timeout=_SILENCE_S) as answer:
            if not answer.is_success:
                raise ServiceFault.of(answer)
            yield from news_in(answer.iter_lines())


def _part(name: str) -> str:
    return quote(name, safe="")
