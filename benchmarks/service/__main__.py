"""Measure the service and write ``benchmarks/service/RESULTS.md``."""

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.service.databases import Postgres, postgres
from benchmarks.service.installation import Installation, installation
from benchmarks.service.kills import Struck, kill_api, kill_database, kill_worker
from benchmarks.service.load import Load, live_under_solves, load
from benchmarks.service.probe import Times
from benchmarks.service.report import report
from movplan_api.settings import Settings

_WORKERS = 2


def main() -> None:
    """On both databases: load, then kills; everything goes into the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service")
    parser.add_argument("--plans", type=int, default=200)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20, help="a big solve's time")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"))
    asked = parser.parse_args()
    kinds = ("sqlite", "postgresql")
    if asked.database in kinds:
        kinds = (asked.database,)
    loads: dict[str, Load] = {}
    lives: dict[str, Times] = {}
    struck: dict[str, list[Struck]] = {}
    for kind in kinds:
        with _running(kind) as (at, server):
            print(kind, "two big solves", flush=True)
            lives[kind] = live_under_solves(at, solves=2, seconds=asked.seconds)
            print(lives[kind], "\nkills", flush=True)
            struck[kind] = _kills(at, server, asked.seconds)
            print(struck[kind], "\nload", flush=True)
            loads[kind] = load(at, plans=asked.plans, clients=asked.clients)
            print(loads[kind], flush=True)
    path = Path(__file__).with_name("RESULTS.md")
    path.write_text(report(_machine(), loads, lives, struck), "utf-8")
    print(f"written to {path}")


def _kills(at: Installation, server: Postgres | None, seconds: float) -> list[Struck]:
    found = [kill_worker(at, seconds), kill_api(at, 2 * seconds)]
    if server is not None:
        found.append(kill_database(at, server, seconds, away_s=5))
    return found


@contextmanager
def _running(kind: str) -> Iterator[tuple[Installation, Postgres | None]]:
    with tempfile.TemporaryDirectory(prefix="movplan-bench-") as folder:
        data = Path(folder)
        if kind == "sqlite":
            with installation(Settings(data_dir=data), _WORKERS) as at:
                yield at, None
            return
        with postgres() as server:
            settings = Settings(data_dir=data, database_url=server.url)
            with installation(settings, _WORKERS) as at:
                yield at, server


def _machine() -> str:
    load = os.getloadavg()[0]
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load {load:.1f} at the end"
    )


if __name__ == "__main__":
    main()
