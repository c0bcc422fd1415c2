"""Processes killed hard in the middle of a plan: nothing is lost."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx

from benchmarks.service.databases import Postgres
from benchmarks.service.installation import Installation, until
from benchmarks.service.orders import big_order
from movplan.application.documents import plan_of_text
from movplan_api.store.plans import Plans
from movplan_api.store.tables import StoredPlan, Worker


@dataclass(frozen=True, slots=True)
class Struck:
    """What came of a plan whose installation was struck."""

    what: str
    status: str
    outcome: str
    attempts: int
    back_after_s: float
    final_after_s: float
    balanced: bool
    told: int = 0


def kill_worker(at: Installation, seconds: float) -> Struck:
    """The worker that solves; ``back`` is when another has begun."""
    with at.client() as client:
        plan_id = _begun(client, seconds)
        with at.store.transaction() as session:
            worker_id = session.get_one(StoredPlan, plan_id).worker_id
            pid = session.get_one(Worker, worker_id).pid
        at.kill(pid)
        struck = time.monotonic()
        until(lambda: _metadata(client, plan_id)["attempt"] == 2, look_s=0.1)
        back = time.monotonic() - struck
        return _ended(at, client, plan_id, "worker", struck, back)


def kill_api(at: Installation, seconds: float) -> Struck:
    """The API, while a client follows; ``back`` is when that client hears again."""
    with at.client() as client:
        plan_id = _begun(client, seconds)
        heard: list[int] = []
        stopped = threading.Event()
        follower = threading.Thread(
            target=_follow, args=(at, plan_id, heard, stopped), daemon=True
        )
        follower.start()
        until(lambda: len(heard) >= 3)
        at.kill(at.children("serve")[0])
        struck, known = time.monotonic(), len(heard)
        until(lambda: len(heard) > known or stopped.is_set(), look_s=0.05)
        back = time.monotonic() - struck
        found = _ended(at, client, plan_id, "api", struck, back)
        follower.join(30)
    if heard != list(range(len(heard))):
        raise AssertionError(f"progress was lost or told twice: {heard}")
    return replace(found, told=len(heard))


def kill_database(
    at: Installation, server: Postgres, seconds: float, *, away_s: float
) -> Struck:
    """PostgreSQL, for some seconds; ``back`` is when the API answers from it again."""
    with at.client() as client:
        plan_id = _begun(client, seconds)
        server.kill()
        struck = time.monotonic()
        until(lambda: _refused(client, plan_id), within_s=30)
        time.sleep(away_s)
        server.start_again()
        until(lambda: client.get(f"/v1/plans/{plan_id}/metadata").is_success)
        back = time.monotonic() - struck
        return _ended(at, client, plan_id, "database", struck, back)


def _refused(client: httpx.Client, plan_id: str) -> bool:
    """Whether it says that it is unavailable; what else is wrong is raised.

    Processes of the database may answer for a moment after their first one was killed.
    """
    answer = client.get(f"/v1/plans/{plan_id}/metadata")
    if answer.status_code == 503:
        return True
    answer.raise_for_status()
    return False


def _begun(client: httpx.Client, seconds: float) -> str:
    """A plan whose search has begun."""
    answer = client.post("/v1/plans", json=big_order(seconds)).raise_for_status()
    plan_id = str(answer.json()["id"])
    until(lambda: (_metadata(client, plan_id)["progress"] or {}).get("level"))
    return plan_id


def _metadata(client: httpx.Client, plan_id: str) -> dict[str, Any]:
    answer = client.get(f"/v1/plans/{plan_id}/metadata").raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def _ended(
    at: Installation,
    client: httpx.Client,
    plan_id: str,
    what: str,
    struck: float,
    back_s: float,
) -> Struck:
    until(lambda: _metadata(client, plan_id)["finished_at"], within_s=180)
    final = time.monotonic() - struck
    found = _metadata(client, plan_id)
    with at.store.transaction() as session:
        workspace_id = session.get_one(StoredPlan, plan_id).workspace_id
        document = Plans(session, workspace_id).document(plan_id)
        text = None if document is None else document.document
    return Struck(
        what=what,
        status=found["status"],
        outcome=str(found["outcome"]),
        attempts=found["attempt"],
        back_after_s=round(back_s, 2),
        final_after_s=round(final, 2),
        balanced=text is not None and plan_of_text(text).certificate.ledger_balanced,
    )


def _follow(
    at: Installation, plan_id: str, heard: list[int], stopped: threading.Event
) -> None:
    """As a browser does: come back with the last id heard, until told it is over."""
    path = f"/v1/plans/{plan_id}/events"
    while not stopped.is_set():
        last = {"Last-Event-ID": str(heard[-1])} if heard else {}
        try:
            with (
                at.client() as client,
                client.stream("GET", path, headers=last) as line,
            ):
                if line.status_code == 410:
                    stopped.set()
                for kind, number in _events(line):
                    if kind == "plan":
                        stopped.set()
                    else:
                        heard.append(number)
        except httpx.TransportError:
            time.sleep(0.2)


def _events(line: httpx.Response) -> Iterator[tuple[str, int]]:
    number = -1
    kind = ""
    for row in line.iter_lines():
        name, _, value = row.partition(": ")
        if name == "id":
            number = int(value)
        elif name == "event":
            kind = value
        elif name == "data":
            json.loads(value)
        elif not row and kind:
            yield kind, number
            kind = ""
