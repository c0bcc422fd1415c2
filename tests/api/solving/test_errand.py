"""What a parent leaves in the folder is what its solver finds."""

import pytest

from movplan_api.solving import child
from movplan_api.solving.errand import Errand


@pytest.mark.parametrize(
    ("plans", "begins_with"),
    [
        ({}, None),
        ({"before": "replaced"}, "replaced"),
        ({"before": "replaced", "start": "cut short"}, "cut short"),
    ],
)
def test_a_replan_begins_with_the_plan_it_replaces(
    tmp_path, monkeypatch, plans, begins_with
):
    """Cut short, with what it found; revisions count on from the replaced one still."""
    errand, asked = Errand(tmp_path), {}
    errand.write(scenario="{}", limits={"effort": 1}, **plans)
    assert (errand.before(), errand.start()) == (
        plans.get("before"),
        plans.get("start"),
    )
    monkeypatch.setattr(child, "load", lambda _: _Loaded())
    monkeypatch.setattr(child, "replace", lambda loaded, **_: loaded)
    monkeypatch.setattr(child, "plan_of_text", str)
    monkeypatch.setattr(
        child,
        "_planner",
        lambda *_: lambda _loaded, _limits, **said: asked.update(said),
    )
    child._plan(errand, lambda *_: None, lambda: False)
    assert (asked["start"], asked["before"]) == (begins_with, plans.get("before"))


class _Loaded:
    """A scenario that nobody looks at."""
