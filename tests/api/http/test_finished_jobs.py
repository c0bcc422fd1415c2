"""Jobs that ended are cleared from the engine's tables; their plans stay."""

from sqlalchemy import inspect, text

from movplan_api.store.tables import StoredPlan, Worker
from movplan_api.words import Role
from tests.api.jobs.running import until, workers

ENGINE_TABLES = ("workflow_status", "operation_outputs", "streams")


def rows(store) -> dict[str, int]:
    schema = None if store.on_sqlite else "dbos"
    dot = "" if schema is None else "dbos."
    names = inspect(store.engine).get_table_names(schema=schema)
    assert set(ENGINE_TABLES) <= set(names)
    with store.engine.connect() as c:
        return {
            name: c.execute(text(f"SELECT count(*) FROM {dot}{name}")).scalar_one()
            for name in ENGINE_TABLES
        }


def test_finished_jobs_go_and_their_plans_stay(app_client, as_role, order):
    """Jobs are kept for a moment only: soon the engine has no row of them."""
    me = as_role(Role.PLANNER)
    at = app_client.post("/v1/plans", content=order, headers=me).headers["Location"]
    told = {"keep_jobs_h": 0.0001, "tidy_s": 0.5}
    settings = app_client.app.state.desk.settings.model_copy(update=told)
    with workers(settings, 1):
        until(lambda: app_client.get(at, headers=me).json()["plan"])
        assert rows(app_client.store)["workflow_status"] <= 1
        until(lambda: sum(rows(app_client.store).values()) == 0)
    said = app_client.get(at, headers=me).json()
    assert said["metadata"]["status"] == "COMPLETED"
    with app_client.store.transaction() as session:
        assert session.get_one(StoredPlan, at.rpartition("/")[2]).attempt == 1
        assert session.query(Worker).count() == 1
