"""Plans on disk: stable bytes, whole or not there, errors by field."""

import json
from datetime import date

import pytest

from movplan.domain.errors import InputError
from movplan.domain.plan import LeftOut, Plan
from movplan.domain.words import Outcome, Reason, StopReason
from movplan.files import plan_text, read_plan, write_plan
from movplan.files.atomic import write_all
from tests.domain.mission import mission
from tests.rows import UNJUDGED


def nobody_travels() -> Plan:
    return Plan(
        scenario_id="small",
        as_of=mission().as_of,
        reporting_currency="USD",
        outcome=Outcome.OPTIMAL,
        stop_reason=StopReason.PROVED,
        repeatable=True,
        schedule=(),
        departures=(),
        missions=(),
        ledger=(),
        left_out=(
            LeftOut(
                family_id="F1",
                persons=2,
                reason=Reason.NO_ROUTE,
                fact="no departure leaves Mašhad",
                lapses_on=date(2026, 5, 30),
            ),
        ),
        certificate=UNJUDGED.model_copy(
            update={"scenario_digest": "0", "seed": 1, "versions": {"b": "2", "a": "1"}}
        ),
    )


def test_a_plan_survives_and_its_bytes_repeat(tmp_path):
    write_plan(nobody_travels(), tmp_path / "plan.json")
    plan = read_plan(tmp_path / "plan.json")
    assert plan == nobody_travels()

    write_plan(plan, tmp_path / "again.json")
    first, again = tmp_path / "plan.json", tmp_path / "again.json"
    assert first.read_bytes() == again.read_bytes()
    assert first.read_text("utf-8") == plan_text(plan)


def test_keys_are_sorted_and_the_file_ends_with_a_newline():
    text = plan_text(nobody_travels())
    keys = list(json.loads(text))

    assert keys == sorted(keys)
    assert text.endswith("}\n")
    assert '"a": "1",\n   "b": "2"' in text
    assert "Mašhad" in text


def test_every_wrong_field_is_named(tmp_path):
    document = json.loads(plan_text(nobody_travels()))
    document["outcome"] = "GREAT"
    document["left_out"][0]["persons"] = "many"
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document))
    with pytest.raises(InputError) as caught:
        read_plan(path)

    assert {i.column for i in caught.value.issues} == {"outcome", "left_out.0.persons"}
    with pytest.raises(InputError, match="no plan here"):
        read_plan(tmp_path / "nowhere.json")


def test_a_write_that_fails_leaves_what_was_there(tmp_path):
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_all(tmp_path, {"a.csv": "new", "b.csv": "half \ud800"})

    assert (tmp_path / "a.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
