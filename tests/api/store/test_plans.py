"""Plans of a list: every filter, on both databases."""

from datetime import timedelta

import pytest

from movplan_api.clock import now
from movplan_api.store.attempts import Attempts, Found
from movplan_api.store.plans import PlanFilter, PlanOrder, Plans
from movplan_api.store.scenarios import Scenarios


def found(outcome: str, stop: str) -> Found:
    return Found(
        plan="{}",
        run="{}",
        sha256=outcome,
        outcome=outcome,
        stop_reason=stop,
        levels=(),
    )


@pytest.fixture
def three(store, workspace_id, first_convoy):
    """A proved plan, one cut short that came from it, and a queued one."""
    with store.transaction() as session:
        scenario = Scenarios(session, workspace_id).keep(first_convoy)
        plans, ids = Plans(session, workspace_id), []
        for tags in (("may", "a_b"), ("may:2", "aXb"), ("é", "100%")):
            order = PlanOrder(
                scenario_id=scenario.id,
                limits={},
                tags=tags,
                parent_id=ids[0] if len(ids) == 1 else None,
            )
            ids.append(plans.add(order, by=None).id)
        for plan_id, outcome in zip(
            ids[:2], (("OPTIMAL", "PROVED"), ("FEASIBLE", "TIME_LIMIT")), strict=True
        ):
            attempt = Attempts(session).begin(plan_id, "w")
            Attempts(session).complete(attempt, found(*outcome), log="")
    return scenario.id, ids


def test_every_filter_of_the_list(store, workspace_id, three):
    scenario_id, (proved, cut, queued) = three
    moment = now()
    wanted = [
        (PlanFilter(), [queued, cut, proved]),
        (PlanFilter(status="QUEUED"), [queued]),
        (PlanFilter(outcome="OPTIMAL"), [proved]),
        (PlanFilter(stop_reason="TIME_LIMIT"), [cut]),
        (PlanFilter(scenario_id=scenario_id, status="COMPLETED"), [cut, proved]),
        (PlanFilter(scenario_id="scn_other"), []),
        (PlanFilter(parent_id=proved), [cut]),
        (PlanFilter(tag="may"), [proved]),
        (PlanFilter(tag="a_b"), [proved]),
        (PlanFilter(tag="ma"), []),
        (PlanFilter(tag="é"), [queued]),
        (PlanFilter(tag="100%"), [queued]),
        (PlanFilter(tag="1%"), []),
        (PlanFilter(created_since=moment - timedelta(hours=1)), [queued, cut, proved]),
        (PlanFilter(created_since=moment + timedelta(hours=1)), []),
        (PlanFilter(created_until=moment - timedelta(hours=1)), []),
    ]
    with store.transaction() as session:
        plans = Plans(session, workspace_id)
        for only, ids in wanted:
            page = plans.page(limit=10, wanted=only)
            assert [plan.id for plan in page.items] == ids, only


def test_what_is_known_of_a_plan_without_reading_it(store, workspace_id, three):
    _, (proved, _, queued) = three
    with store.transaction() as session:
        plans = Plans(session, workspace_id)
        assert plans.known(proved).sha256 == "OPTIMAL"
        assert plans.known(queued).sha256 is None


def test_the_nearest_ancestor_that_was_final_by_a_time(store, workspace_id, three):
    _, (proved, cut, queued) = three
    with store.transaction() as session:
        plans = Plans(session, workspace_id)
        done = [plans.get(name).finished_at for name in (proved, cut)]

        def by(name, moment):
            nearest = plans.ancestor_final_by(plans.get(name), moment)
            return nearest and nearest.plan.id

        assert by(cut, done[1]) == cut
        assert by(cut, done[1] - timedelta(microseconds=1)) in (proved, None)
        assert by(cut, done[0] - timedelta(microseconds=1)) is None
        assert by(proved, done[1]) == proved
        assert by(queued, done[1]) is None
