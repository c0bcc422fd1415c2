"""Planning end to end: plans checked, pins kept, promises counted, stops obeyed."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from movplan.checks import run_checks
from movplan.domain.assignments import Assignment
from movplan.domain.errors import ConflictError
from movplan.domain.plan import LeftOut, Plan
from movplan.domain.scenario import Level, Scenario
from movplan.domain.words import (
    AssignmentState,
    DepartureStatus,
    LegKind,
    Measure,
    Reason,
    StopReason,
)
from movplan.files import read_scenario
from movplan.planning import Limits, PlanningResult, Progress, plan_scenario
from tests.planning.conftest import ROOT
from tests.reports.by_hand import SCENARIO as FIVE

CONVOY, FLIGHT = "MH-0414", "W5-0415"
QUICK = Limits(effort=1, seed=1)
SMALL = ("workshop", "rqa-kabul", "self-payers", "resettlement-transit", "avrr-herat")


def rides(plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for leg in plan.schedule:
        if leg.kind is LegKind.RIDE:
            found.setdefault(leg.family_id, []).append(leg.departure_id or "")
    return found


def told(
    scenario: Scenario, state: AssignmentState, *pairs: tuple[str, str]
) -> Scenario:
    rows = tuple(Assignment(family_id=f, departure_id=d, state=state) for f, d in pairs)
    return scenario.model_copy(update={"assignments": rows})


@pytest.mark.parametrize("name", SMALL)
def test_shipped_scenarios_plan_and_pass_every_check(name: str) -> None:
    scenario = read_scenario(ROOT / name)
    plan = plan_scenario(scenario, Limits(time_limit_s=2.0)).plan
    assert run_checks(scenario, plan).violations == ()
    listed = {leg.family_id for leg in plan.schedule}
    listed |= {row.family_id for row in plan.left_out}
    assert listed == {family.family_id for family in scenario.families}


def test_a_pin_is_kept_though_it_costs_value(first_convoy: Scenario) -> None:
    # without F5 the value is 31; F5 (300.00) fits when F6 (1150.00) stays: 30
    pinned = told(first_convoy, AssignmentState.PINNED, ("F5", CONVOY))
    plan = plan_scenario(pinned, QUICK).plan
    assert rides(plan)["F5"] == [CONVOY]
    assert plan.certificate.levels[0].value == 3000


def test_conflicting_pins_are_named_and_no_others(first_convoy: Scenario) -> None:
    # F1 5 + F2 5 + F4 7 + F5 3 = 20 of 18 usable seats: one too many in every way.
    # F6 and F7 fill the flight and are no part of the contradiction.
    pins = [(f, CONVOY) for f in ("F1", "F2", "F4", "F5")]
    pins += [(f, FLIGHT) for f in ("F6",)]
    with pytest.raises(ConflictError) as caught:
        plan_scenario(told(rich(first_convoy), AssignmentState.PINNED, *pins), QUICK)
    *families, seats = caught.value.conflict
    assert sorted(said.split()[0] for said in families) == ["F1", "F2", "F4", "F5"]
    assert seats == (
        f"{CONVOY}: 18 usable seats, together they need 20 (rule vehicle_load)"
    )


def test_pins_that_no_row_alone_forbids_are_told_what_would_do(
    first_convoy: Scenario,
) -> None:
    # F2's fare is 500, the convoy's own costs come on top of it
    (line,) = first_convoy.budget_lines
    row = line.model_copy(update={"spent_cents": 0, "ceiling_cents": 60_000})
    poor = first_convoy.model_copy(update={"budget_lines": (row,)})
    with pytest.raises(ConflictError) as caught:
        plan_scenario(told(poor, AssignmentState.PINNED, ("F2", CONVOY)), QUICK)
    assert caught.value.conflict[0] == f"F2 is pinned on {CONVOY}"
    said = "more room in eu-return would do (rule budget_ceiling)"
    assert said in caught.value.conflict


def rich(scenario: Scenario) -> Scenario:
    """Money is no object."""
    (line,) = scenario.budget_lines
    row = line.model_copy(update={"spent_cents": 0, "ceiling_cents": 10_000_000})
    return scenario.model_copy(update={"budget_lines": (row,)})


def test_notified_families_are_kept_where_they_can_be() -> None:
    # F1 was told of the first chain, F4 of the second convoy, which is cancelled
    told_of = [("F1", "CV-0505"), ("F1", "CV-0506"), ("F4", "CV-0513")]
    scenario = told(FIVE, AssignmentState.NOTIFIED, *told_of)
    rows = tuple(
        row.model_copy(update={"leg": 2}) if row.departure_id == "CV-0506" else row
        for row in scenario.assignments
    )
    departures = tuple(
        d.model_copy(update={"status": DepartureStatus.CANCELLED})
        if d.departure_id == "CV-0513"
        else d
        for d in scenario.departures
    )
    levels = (
        Level(name="moved", measure=Measure.PERSONS),
        Level(name="changes", measure=Measure.CHANGES),
        Level(name="cost", measure=Measure.COST),
    )
    changed = {"assignments": rows, "departures": departures, "levels": levels}
    plan = plan_scenario(scenario.model_copy(update=changed), QUICK).plan
    assert rides(plan)["F1"] == ["CV-0505", "CV-0506"]
    # F4's change weighs 1 + (28 - 23) // 7 = 1 at the most, F1's nothing
    changes = {lv.name: lv.value for lv in plan.certificate.levels}["changes"]
    assert changes >= 1
    assert any("CV-0513" in finding.fact for finding in plan.findings)


def test_a_stop_at_once_still_returns_a_checked_plan(first_convoy: Scenario) -> None:
    plan = plan_scenario(first_convoy, QUICK, stop=lambda: True).plan
    assert plan.stop_reason is StopReason.CANCELLED
    assert not plan.repeatable
    assert run_checks(first_convoy, plan).violations == ()
    assert all(check.violations == 0 for check in plan.certificate.checks)


def test_families_set_aside_are_among_those_left_out(first_convoy: Scenario) -> None:
    aside = LeftOut(family_id="F0", persons=3, reason=Reason.DATA_ERROR, fact="typo")
    plan = plan_scenario(first_convoy, QUICK, set_aside=[aside]).plan
    assert plan.left_out[0] == aside
    assert [row.family_id for row in plan.left_out] == ["F0", "F1", "F5", "F8"]


def test_progress_names_every_level(first_convoy: Scenario) -> None:
    seen: list[str | None] = []
    plan_scenario(first_convoy, QUICK, progress=lambda step: seen.append(step.level))
    assert {"moved", "cost"} <= set(seen)


def test_the_run_record_times_every_stage(planned: PlanningResult) -> None:
    stages = [stage.stage for stage in planned.run.stages]
    assert stages[0] == "screen"
    assert stages[-1] == "check"
    assert planned.run.seconds >= 0


BYTES = """
import sys
from movplan.files import plan_text, read_scenario
from movplan.planning import Limits, plan_scenario
scenario = read_scenario(sys.argv[1])
sys.stdout.write(plan_text(plan_scenario(scenario, Limits(effort=1, seed=3)).plan))
"""


def bytes_of(folder: Path, *, hash_seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", BYTES, str(folder)],
        env=environment,
        capture_output=True,
        check=True,
        timeout=300,
    )
    return done.stdout


def shuffled(folder: Path, to: Path) -> Path:
    """The same tables, rows in another order."""
    to.mkdir()
    for path in folder.iterdir():
        lines = path.read_text("utf-8").splitlines()
        if path.suffix == ".csv":
            rows = lines[1:]
            random.Random(5).shuffle(rows)
            lines = [lines[0], *rows]
        (to / path.name).write_text("\n".join(lines) + "\n", "utf-8")
    return to


@pytest.mark.parametrize("name", ["first-convoy", "rqa-kabul"])
def test_same_bytes_in_other_processes_and_row_orders(
    name: str, tmp_path: Path
) -> None:
    first = bytes_of(ROOT / name, hash_seed="1")
    again = bytes_of(shuffled(ROOT / name, tmp_path / name), hash_seed="2")
    assert first
    assert first == again


def test_every_step_says_how_long_it_has_been(first_convoy: Scenario) -> None:
    steps: list[Progress] = []
    plan_scenario(first_convoy, Limits(effort=1, seed=1), progress=steps.append)
    times = [step.elapsed_s for step in steps]
    assert [step.stage for step in steps][-1] == "check"
    assert times == sorted(times)
    assert times[0] > 0
