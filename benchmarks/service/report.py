"""What was measured, as tables."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.service.kills import Struck
from benchmarks.service.load import Load
from benchmarks.service.probe import Times

_TIMES = ("count", "p50", "p95", "p99", "worst")


def report(
    machine: str,
    loads: Mapping[str, Load],
    lives: Mapping[str, Times],
    struck: Mapping[str, Sequence[Struck]],
) -> str:
    """The report in Markdown. Times are in milliseconds unless they say otherwise."""
    parts = [
        "# The service, measured\n",
        f"{machine}. API and two workers on one machine, times in milliseconds.\n",
        "## Many plans at once\n",
        "`different`: plans whose bytes differ (same scenario, effort and seed: 1).\n",
        _table(
            (
                "database",
                "plans",
                "clients",
                "completed",
                "begun again",
                "different",
                "by worker",
                "plans a minute",
            ),
            [_load_row(kind, row) for kind, row in loads.items()],
        ),
        "## Answers meanwhile\n",
        _table(("database", "what", *_TIMES), _times_rows(loads, lives)),
        "## Killed hard in the middle of a plan\n",
        "`back`: another worker has begun, a follower hears again, the API answers.\n",
        _table(
            (
                "database",
                "killed",
                "status",
                "outcome",
                "attempts",
                "back s",
                "final s",
                "ledger balanced",
                "events heard once",
            ),
            [_struck_row(kind, row) for kind, rows in struck.items() for row in rows],
        ),
    ]
    return "\n".join(parts)


def _load_row(kind: str, row: Load) -> list[object]:
    return [
        kind,
        row.plans,
        row.clients,
        row.completed,
        row.begun_again,
        row.different_plans,
        " + ".join(map(str, row.by_worker)),
        row.plans_a_minute,
    ]


def _times_rows(
    loads: Mapping[str, Load], lives: Mapping[str, Times]
) -> list[list[object]]:
    rows = []
    for kind, row in loads.items():
        rows.append(_times_row(kind, "handing in, 20 clients at once", row.submitting))
        rows.append(_times_row(kind, "/health/live all the while", row.live))
        rows.append(_times_row(kind, "/metadata while plans are made", row.polling))
    for kind, times in lives.items():
        rows.append(_times_row(kind, "/health/live, two big solves", times))
    return rows


def _times_row(kind: str, what: str, t: Times) -> list[object]:
    return [kind, what, t.count, t.p50_ms, t.p95_ms, t.p99_ms, t.worst_ms]


def _struck_row(kind: str, row: Struck) -> list[object]:
    return [
        kind,
        row.what,
        row.status,
        row.outcome,
        row.attempts,
        row.back_after_s,
        row.final_after_s,
        "yes" if row.balanced else "no",
        row.told or "",
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"
