"""Many plans of many clients at once: all done, each once, by all workers."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import func, select

from benchmarks.service.installation import Installation, until
from benchmarks.service.orders import big_order, small_order
from benchmarks.service.probe import Times, probing
from movplan_api.store.tables import PlanDocument, StoredPlan


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it. ``begun_again``: attempts beyond the first of all plans."""

    plans: int
    clients: int
    completed: int
    begun_again: int
    different_plans: int
    by_worker: tuple[int, ...]
    plans_a_minute: float
    submitting: Times
    live: Times
    polling: Times


def load(at: Installation, *, plans: int, clients: int) -> Load:
    """Each client hands in its share, one after the other, all clients at once."""
    order = small_order()
    began = time.monotonic()
    with (
        at.client() as prober,
        at.client() as poller,
        ThreadPoolExecutor(clients) as pool,
        probing(prober, "/health/live") as live,
    ):
        shares = enumerate([plans // clients] * clients)
        handed = list(pool.map(lambda share: _hand_in(at, order, *share), shares))
        ids = [plan_id for found, _ in handed for plan_id in found]
        with probing(poller, f"/v1/plans/{ids[-1]}/metadata") as polling:
            until(lambda: _open(at) == 0, within_s=30 + 10 * plans, look_s=0.5)
    took = time.monotonic() - began
    with at.store.transaction() as session:
        rows = session.execute(
            select(StoredPlan.status, StoredPlan.attempt, StoredPlan.worker_id).where(
                StoredPlan.id.in_(ids)
            )
        ).all()
        digests = select(func.count(func.distinct(PlanDocument.sha256))).where(
            PlanDocument.plan_id.in_(ids)
        )
        different = session.scalar(digests) or 0
    return Load(
        plans=len(set(ids)),
        clients=clients,
        completed=sum(row[0] == "COMPLETED" for row in rows),
        begun_again=sum(row[1] - 1 for row in rows),
        different_plans=different,
        by_worker=tuple(sorted(Counter(row[2] for row in rows).values())),
        plans_a_minute=round(60 * plans / took, 1),
        submitting=Times.of([second for _, times in handed for second in times]),
        live=Times.of(live),
        polling=Times.of(polling),
    )


def _hand_in(
    at: Installation, order: object, client_number: int, count: int
) -> tuple[list[str], list[float]]:
    ids, times = [], []
    with at.client() as client:
        for number in range(count):
            key = {"Idempotency-Key": f"load-{client_number}-{number}"}
            began = time.perf_counter()
            answer = client.post("/v1/plans", json=order, headers=key)
            times.append(time.perf_counter() - began)
            answer.raise_for_status()
            ids.append(answer.json()["id"])
    return ids, times


def _open(at: Installation) -> int:
    with at.store.transaction() as session:
        query = select(func.count()).where(StoredPlan.status.in_(["QUEUED", "SOLVING"]))
        return session.scalar(query) or 0


def live_under_solves(at: Installation, *, solves: int, seconds: float) -> Times:
    """How fast the service says that it lives while big plans are being solved."""
    with at.client() as client, at.client() as prober:
        order = big_order(seconds)
        ids = [client.post("/v1/plans", json=order).json()["id"] for _ in range(solves)]

        def statuses() -> list[str]:
            return [
                client.get(f"/v1/plans/{one}/metadata").json()["status"] for one in ids
            ]

        until(lambda: set(statuses()) == {"SOLVING"})
        with probing(prober, "/health/live") as live:
            time.sleep(seconds / 2)
        assert set(statuses()) == {"SOLVING"}, "they were to be solved all the while"
        for one in ids:
            client.post(f"/v1/plans/{one}:cancel")
        until(lambda: _open(at) == 0)
    return Times.of(live)
