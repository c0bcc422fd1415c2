"""How long others wait while somebody looks at a big plan for the first time.

``python -m benchmarks.service.first_look``: plans of about 10 MB are stored, then each
is looked at, whole or in part, by one with or without the scope ``medical``; meanwhile
``/health/live`` is asked all the time.
"""

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks.service.installation import Installation, installation
from benchmarks.service.probe import Times, probing
from movplan.application.demos import load_demo
from movplan.application.documents import plan_text
from movplan.application.planning import Limits, plan
from movplan_api.cli.giving_keys import give_key
from movplan_api.settings import Settings
from movplan_api.solving.reading import draft_of
from movplan_api.store import Store
from movplan_api.store.access import Access
from movplan_api.store.attempts import Attempts, Found
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import ScenarioDraft, Scenarios
from movplan_api.words import Role, Scope

_DEMO = "self-payers"
# Of these tables each row is repeated, for a family of another id.
_OF_PLAN = ("schedule", "ledger", "left_out", "deadlines")
_OF_SCENARIO = ("families", "members")
_IDS = ("family_id", "member_id", "subject_id")
_LOOKS = ("", "/families?limit=100", "/schedule", "/schedule?limit=5", "/input")

Document = dict[str, Any]


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service.first_look")
    parser.add_argument("--times", type=int, default=250, help="the plan, repeated")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="movplan-bench-") as folder,
        installation(Settings(data_dir=Path(folder)), workers=1) as at,
    ):
        scenario, found = _texts(asked.times)
        size = len(found) / 1e6
        print(f"plan {size:.1f} MB, scenario {len(scenario.document) / 1e6:.1f} MB")
        for who, took, times in _looks(at, scenario, found):
            print(f"{who:34} {took:6.2f} s   live {times}", flush=True)


def _looks(
    at: Installation, scenario: ScenarioDraft, found: str
) -> Iterator[tuple[str, float, Times]]:
    for scopes in ((Scope.MEDICAL,), ()):
        key = give_key(at.store, "mission", "bench", Role.PLANNER, scopes)
        for number, look in enumerate(_LOOKS):
            # Each is the first look at a plan of its own.
            text = found.replace("bench-0", f"bench-{number}", 1)
            plan_id = _keep(at.store, scenario, text)
            with _client(at, key) as client, _client(at, key) as other:
                began = time.perf_counter()
                with probing(other, "/health/live", every_s=0.005) as seconds:
                    client.get(f"/v1/plans/{plan_id}{look}").raise_for_status()
                took = time.perf_counter() - began
            who = "medical" if scopes else "without"
            yield f"{who} {look or '(whole)'}", took, Times.of(seconds)


def _client(at: Installation, key: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "gzip"}
    return httpx.Client(base_url=at.address, headers=headers, timeout=60)


def _texts(times: int) -> tuple[ScenarioDraft, str]:
    """A small mission and its plan, each family so many times."""
    loaded = load_demo(_DEMO)
    draft = draft_of(loaded)
    found = plan(loaded, Limits(time_limit_s=60, effort=1, seed=1, gap=None)).plan
    scenario = _times(json.loads(draft.document), _OF_SCENARIO, times)
    many = _times(json.loads(plan_text(found)), _OF_PLAN, times)
    text = json.dumps(scenario)
    big = ScenarioDraft(
        **{
            **{name: getattr(draft, name) for name in draft.__dataclass_fields__},
            "document": text,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
        }
    )
    return big, json.dumps(many | {"scenario_id": "bench-0"})


def _times(document: Document, tables: tuple[str, ...], times: int) -> Document:
    many = {
        table: [_renamed(row, n) for n in range(times) for row in document[table]]
        for table in tables
    }
    return document | many


def _renamed(row: Document, number: int) -> Document:
    return row | {name: f"{row[name]}-{number}" for name in _IDS if row.get(name)}


def _keep(store: Store, scenario: ScenarioDraft, text: str) -> str:
    with store.transaction() as session:
        home = Access(session).workspace_named("mission")
        assert home is not None, "made with the installation"
        kept = Scenarios(session, home.id).keep(scenario)
        order = PlanOrder(scenario_id=kept.id, limits={"effort": 1})
        plan_id = Plans(session, home.id).add(order, by=None).id
        attempt = Attempts(session).begin(plan_id, "bench")
        assert attempt is not None, "just ordered"
        digest = hashlib.sha256(text.encode() + plan_id.encode()).hexdigest()
        found = Found(text, "{}", digest, "FEASIBLE", "EFFORT_LIMIT", ())
        Attempts(session).complete(attempt, found, log="")
    return plan_id


if __name__ == "__main__":
    main()
