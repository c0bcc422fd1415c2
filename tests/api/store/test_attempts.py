"""A run writes only while it is the plan's latest; the next starts from its best."""

import pytest

from movplan_api.problems import InvalidError, NotFoundError
from movplan_api.store.attempts import Attempts, Found, SupersededError, is_better
from movplan_api.store.idempotency import IdempotencyKeys
from movplan_api.store.plans import PlanOrder, Plans
from movplan_api.store.scenarios import Scenarios

LEVELS = ({"name": "moved", "value": 5, "bound": 6},)


def moved(value: int, held_at: int) -> dict[str, object]:
    return {"value": value, "held_at": held_at, "maximise": True}


def cost(value: int) -> dict[str, object]:
    return {"value": value, "held_at": value, "maximise": False}


def found(text: str, levels=LEVELS) -> Found:
    return Found(
        plan=text,
        run="{}",
        sha256="0" * 64,
        outcome="FEASIBLE",
        stop_reason="TIME_LIMIT",
        levels=levels,
    )


@pytest.fixture
def plan_id(store, workspace_id, first_convoy):
    with store.transaction() as session:
        scenario = Scenarios(session, workspace_id).keep(first_convoy)
        order = PlanOrder(scenario_id=scenario.id, limits={"effort": 1})
        return Plans(session, workspace_id).add(order, by=None).id


def test_a_superseded_run_cannot_write(store, workspace_id, plan_id):
    with store.transaction() as session:
        first = Attempts(session).begin(plan_id, "stalled")
        second = Attempts(session).begin(plan_id, "survivor")
    assert (first.number, second.number) == (1, 2)
    for write in (
        lambda s: Attempts(s).complete(first, found("late"), log=""),
        lambda s: Attempts(s).keep_incumbent(first, found("late")),
        lambda s: Attempts(s).note_progress(first, {"stage": "late"}),
        lambda s: Attempts(s).cancel_asked(first),
    ):
        with pytest.raises(SupersededError), store.transaction() as session:
            write(session)
    with store.transaction() as session:
        Attempts(session).complete(second, found("in time"), log="")
    with store.transaction() as session:
        plans = Plans(session, workspace_id)
        assert plans.get(plan_id).status == "COMPLETED"
        assert plans.document(plan_id).document == "in time"


def test_the_next_run_starts_from_the_best_kept(store, plan_id):
    with store.transaction() as session:
        first = Attempts(session).begin(plan_id, "w1")
        Attempts(session).keep_incumbent(first, found("one"))
    with store.transaction() as session:
        Attempts(session).keep_incumbent(first, found("two"))
    with store.transaction() as session:
        second = Attempts(session).begin(plan_id, "w2")
        todo = Attempts(session).assignment(second)
    assert (todo.start, todo.before) == ("two", None)
    assert todo.limits == {"effort": 1}


def test_the_time_searched_is_counted_over_all_runs(store, plan_id):
    with store.transaction() as session:
        first = Attempts(session).begin(plan_id, "w1")
        assert Attempts(session).assignment(first).spent_s == 0
        Attempts(session).note_spent(first, 12.5)
        second = Attempts(session).begin(plan_id, "w2")
        assert Attempts(session).assignment(second).spent_s == 12.5
        with pytest.raises(SupersededError):
            Attempts(session).note_spent(first, 30)
        assert Attempts(session).assignment(second).spent_s == 12.5


@pytest.mark.parametrize(
    ("one", "other", "better"),
    [
        ([moved(11, 11), cost(9)], [moved(10, 10), cost(1)], True),
        ([moved(10, 10), cost(8)], [moved(10, 10), cost(9)], True),
        ([moved(10, 10), cost(9)], [moved(10, 10), cost(9)], False),
        # A tenth may be given up: 95 is as good as 100, and cheaper.
        ([moved(100, 90), cost(9)], [moved(95, 90), cost(5)], False),
        ([moved(100, 90), cost(9)], [moved(89, 80), cost(5)], True),
    ],
)
def test_the_better_plan_by_levels(one, other, better):
    assert is_better(one, other) is better
    assert not (better and is_better(other, one))


def test_a_worse_plan_does_not_replace_a_better_one_kept(store, plan_id):
    """The second run starts afresh: what it finds first is worse."""
    with store.transaction() as session:
        first = Attempts(session).begin(plan_id, "w1")
        better = found("better", (moved(11, 11),))
        assert Attempts(session).keep_incumbent(first, better)
    with store.transaction() as session:
        second = Attempts(session).begin(plan_id, "w2")
        worse = found("worse", (moved(10, 10),))
        assert not Attempts(session).keep_incumbent(second, worse)
        with pytest.raises(SupersededError):
            Attempts(session).keep_incumbent(first, worse)
        assert Attempts(session).assignment(second).start == "better"


def test_what_was_kept_on_the_way_goes_with_the_end(store, plan_id):
    with store.transaction() as session:
        attempt = Attempts(session).begin(plan_id, "w")
        Attempts(session).keep_incumbent(attempt, found("on the way"))
    with store.transaction() as session:
        Attempts(session).complete(attempt, found("at the end"), log="")
        assert Attempts(session).best(plan_id) is None


def test_a_final_plan_is_not_begun_again(store, plan_id):
    with store.transaction() as session:
        attempt = Attempts(session).begin(plan_id, "w")
        Attempts(session).complete(attempt, found("plan"), log="")
    with store.transaction() as session:
        assert Attempts(session).begin(plan_id, "w") is None


def test_a_queued_plan_is_cancelled_at_once(store, workspace_id, plan_id):
    with store.transaction() as session:
        Plans(session, workspace_id).ask_to_cancel(plan_id)
    with store.transaction() as session:
        assert Plans(session, workspace_id).get(plan_id).status == "CANCELLED"
        assert Attempts(session).begin(plan_id, "w") is None


def test_a_plan_being_solved_is_asked_to_stop(store, workspace_id, plan_id):
    with store.transaction() as session:
        attempt = Attempts(session).begin(plan_id, "w")
        assert not Attempts(session).cancel_asked(attempt)
    with store.transaction() as session:
        Plans(session, workspace_id).ask_to_cancel(plan_id)
    with store.transaction() as session:
        assert Plans(session, workspace_id).get(plan_id).status == "SOLVING"
        assert Attempts(session).cancel_asked(attempt)


def test_another_workspace_sees_nothing(store, plan_id):
    with store.transaction() as session:
        plans = Plans(session, "wsp_other")
        with pytest.raises(NotFoundError):
            plans.get(plan_id)
        assert plans.document(plan_id) is None
        assert plans.page(limit=10).items == ()
        plans.ask_to_cancel(plan_id)
    with store.transaction() as session:
        assert Attempts(session).begin(plan_id, "w") is not None


def test_the_same_scenario_is_stored_once(store, workspace_id, first_convoy):
    with store.transaction() as session:
        scenarios = Scenarios(session, workspace_id)
        first, again = scenarios.keep(first_convoy), scenarios.keep(first_convoy)
    assert (first.id, first.version) == (again.id, 1)


def test_a_key_used_for_another_request_is_refused(store, workspace_id, plan_id):
    with store.transaction() as session:
        IdempotencyKeys(session, workspace_id).keep("k", "a" * 64, plan_id=plan_id)
    with store.transaction() as session:
        keys = IdempotencyKeys(session, workspace_id)
        assert keys.plan_of("k", "a" * 64) == plan_id
        with pytest.raises(InvalidError):
            keys.plan_of("k", "b" * 64)


def test_pages_hold_every_plan_once_newest_first(store, workspace_id, first_convoy):
    """Seven plans by pages of three: 3 + 3 + 1."""
    with store.transaction() as session:
        scenario = Scenarios(session, workspace_id).keep(first_convoy)
        order = PlanOrder(scenario_id=scenario.id, limits={})
        plans = Plans(session, workspace_id)
        made = [plans.add(order, by=None).id for _ in range(7)]
    seen, sizes, cursor = [], [], None
    with store.transaction() as session:
        while True:
            page = Plans(session, workspace_id).page(limit=3, cursor=cursor)
            seen += [plan.id for plan in page.items]
            sizes.append(len(page.items))
            cursor = page.next_cursor
            if cursor is None:
                break
    assert sizes == [3, 3, 1]
    assert seen == sorted(made, reverse=True)
