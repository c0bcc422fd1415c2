"""Two real plans of the self-payers, stored, and a client that looks at them.

The second is of the same mission with more money and two families changed.
"""

import hashlib
import json
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from movplan.application.changing import changed
from movplan.application.documents import plan_text
from movplan.application.loading import Loaded, load
from movplan.application.planning import Limits, plan
from movplan_api.cli.giving_keys import give_key
from movplan_api.http.app import create_app
from movplan_api.settings import Settings
from movplan_api.solving.reading import draft_of
from movplan_api.store.access import Access
from movplan_api.store.attempts import Attempts, Found
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import ScenarioDraft, Scenarios
from movplan_api.vault.sealing import new_key_text
from movplan_api.words import Role, Scope
from tests.api.conftest import ROOT

CHANGES = (
    "budget_line self-payers: ceiling_cents = 4500000",
    "medical F00007-1: status = hold, hold_until = 2026-12-31",
    "family F00048: withdraw",
)


@dataclass(frozen=True)
class Made:
    """A scenario with its plan, as texts."""

    draft: ScenarioDraft
    plan: str

    @property
    def document(self) -> dict:
        """The plan as JSON."""
        return json.loads(self.plan)

    def document_of_scenario(self) -> dict:
        """Its scenario as JSON."""
        return json.loads(self.draft.document)


def made(loaded: Loaded) -> Made:
    limits = Limits(time_limit_s=60, effort=1, seed=1, gap=None)
    return Made(draft_of(loaded), plan_text(plan(loaded, limits).plan))


@pytest.fixture(scope="session")
def first() -> Made:
    return made(load(ROOT / "scenarios/self-payers"))


@pytest.fixture(scope="session")
def second() -> Made:
    return made(changed(load(ROOT / "scenarios/self-payers"), CHANGES))


def keep(store, workspace: str, found: Made, parent_id: str | None = None) -> str:
    """Store a plan as a worker does; its id."""
    document = found.document
    with store.transaction() as session:
        access = Access(session)
        owner = access.workspace_named(workspace) or access.add_workspace(workspace)
        scenario = Scenarios(session, owner.id).keep(found.draft)
        order = PlanOrder(
            scenario_id=scenario.id,
            limits={"effort": 1},
            tags=("test", "a_b"),
            parent_id=parent_id,
        )
        plan_id = Plans(session, owner.id).add(order, by=None).id
        attempt = Attempts(session).begin(plan_id, "worker")
        outcome = Found(
            plan=found.plan,
            run="{}",
            sha256=hashlib.sha256(found.plan.encode()).hexdigest(),
            outcome=document["outcome"],
            stop_reason=document["stop_reason"],
            levels=(),
        )
        Attempts(session).complete(attempt, outcome, log="")
    return plan_id


def opened(url: str) -> TestClient:
    settings = Settings(database_url=url, names_key=new_key_text())
    return TestClient(create_app(settings), raise_server_exceptions=False)


def key(client, role=Role.VIEWER, scopes=(), workspace="mission") -> dict[str, str]:
    text = give_key(client.app.state.desk.store, workspace, "test", role, scopes)
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture(scope="module")
def house(tmp_path_factory, first, second):
    """A client, the two plans' ids, and headers of viewers with and without scopes."""
    path = tmp_path_factory.mktemp("house") / "movplan.db"
    with opened(f"sqlite:///{path}") as client:
        store = client.app.state.desk.store
        before = keep(store, "mission", first)
        after = keep(store, "mission", second, parent_id=before)
        yield SimpleNamespace(
            client=client,
            store=store,
            before=before,
            after=after,
            plain=key(client),
            medical=key(client, scopes=(Scope.MEDICAL,)),
            full=key(client, Role.ADMIN, (Scope.MEDICAL, Scope.NAMES)),
        )


@pytest.fixture
def get(house):
    """Get a view of the first plan as one with the scope ``medical``."""

    def look(view: str, /, headers=None, plan_id=None, **query):
        asked = view if not query else f"{view}{'&' if '?' in view else '?'}"
        return house.client.get(
            f"/v1/plans/{plan_id or house.before}/{asked}{urlencode(query)}",
            headers=house.medical if headers is None else headers,
        )

    return look
