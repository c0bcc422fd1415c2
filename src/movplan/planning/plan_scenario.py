"""Plan a scenario: screen, formulate, optimise, finish, cost, check, certify."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from movplan.checks import findings
from movplan.costing.ledger import price
from movplan.costing.tariffs import Tariffs
from movplan.domain.assignments import Assignment
from movplan.domain.plan import LeftOut, Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind, Outcome
from movplan.formulation.build import Built, build_model
from movplan.optimiser.progress import Clock, Limits, Progress, Watch
from movplan.optimiser.solve import Optimised, optimise
from movplan.planning.certify import certify, empty_certificate
from movplan.planning.deadlines import find_deadlines
from movplan.planning.finish import Finished, Finisher
from movplan.planning.in_force import in_force_findings, start_solution
from movplan.planning.left_out import Reasons
from movplan.planning.movements import Departures, escort_missions
from movplan.planning.pins import conflict_of_pins, refuse_pin_conflicts
from movplan.planning.run_record import Recorder, RunRecord
from movplan.planning.schedule import Scheduler
from movplan.screening import screen

# What finishing, costing and checking took, measured beside screening and the model.
AFTER_SEARCH_S, AFTER_SEARCH_SHARE = 0.3, 0.6


@dataclass(frozen=True, slots=True)
class PlanningResult:
    """A checked, re-costed, certified plan, and how the run went."""

    plan: Plan
    run: RunRecord


def plan_scenario(
    scenario: Scenario,
    limits: Limits,
    *,
    progress: Watch | None = None,
    stop: Callable[[], bool] | None = None,
    start: Plan | None = None,
    set_aside: Sequence[LeftOut] = (),
) -> PlanningResult:
    """Plan a scenario within limits.

    Raises ``ConflictError`` when pins or contracts contradict each other and
    ``InternalError`` when a plan fails its own checks. ``stop`` is asked often; the
    best plan so far is finished, checked and returned.
    """
    recorder = Recorder()
    clock = Clock(limits, stop or (lambda: False))

    def watch(step: Progress) -> None:
        recorder.note(step)
        if progress is not None:
            progress(step)

    with recorder.stage("screen"):
        watch(Progress(stage="screen", fraction=0.0))
        screening = screen(scenario)
        refuse_pin_conflicts(screening)
    with recorder.stage("model"):
        watch(Progress(stage="model", fraction=0.02))
        built = build_model(scenario, screening, Tariffs(scenario))
    clock.reserve(AFTER_SEARCH_S + AFTER_SEARCH_SHARE * clock.elapsed())
    with recorder.stage("search"):
        told = (*scenario.assignments, *_proposed(start))
        optimised = optimise(
            built.model,
            clock,
            watch,
            start=lambda pool: start_solution(built.model, pool, told),
        )
    if built.model.has_pins and optimised.outcomes[0].value > 0:
        raise conflict_of_pins(scenario, built.model, clock.asked)
    with recorder.stage("finish"):
        watch(Progress(stage="finish", fraction=0.95))
        held = tuple(outcome.held_internal for outcome in optimised.outcomes)
        finisher = Finisher(scenario, built, optimised.pool)
        finished = finisher.finish(optimised.solution, held)
    with recorder.stage("write up"):
        draft = write_up(scenario, built, optimised, finished)
    with recorder.stage("check"):
        watch(Progress(stage="check", fraction=0.97))
        levels = built.model.levels[1:] if built.model.has_pins else built.model.levels
        outcomes = optimised.outcomes[len(built.model.levels) - len(levels) :]
        plan = certify(
            scenario,
            draft,
            [model.level for model in levels],
            [outcome.bound for outcome in outcomes],
            [
                model.external(outcome.held_internal)
                for model, outcome in zip(levels, outcomes, strict=True)
            ],
            limits,
        )
    both = sorted((*plan.left_out, *set_aside), key=lambda row: row.family_id)
    said = (*findings(scenario, plan), *in_force_findings(scenario, screening))
    plan = plan.model_copy(update={"left_out": tuple(both), "findings": said})
    return PlanningResult(plan=plan, run=recorder.record())


def _proposed(start: Plan | None) -> Iterator[Assignment]:
    """Rides of the plan to start from; the scenario's own assignments say more."""
    for leg in start.schedule if start is not None else ():
        if leg.kind is LegKind.RIDE and leg.departure_id is not None:
            yield Assignment(
                family_id=leg.family_id,
                part=leg.part,
                leg=leg.sequence,
                departure_id=leg.departure_id,
            )


def write_up(
    scenario: Scenario, built: Built, optimised: Optimised, finished: Finished
) -> Plan:
    """The plan of a finished solution, with an empty certificate."""
    scheduler = Scheduler(scenario, built.model, optimised.pool, finished)
    schedule = scheduler.schedule()
    sent, vehicles = finished.missions, finished.vehicles
    departures = Departures(scenario, schedule, sent, vehicles).planned()
    missions = escort_missions(sent)
    ledger = price(scenario, schedule, departures, missions, scheduler.funding())
    reasons = Reasons(scenario, built.model, optimised.pool, finished.solution)
    return Plan(
        scenario_id=scenario.scenario_id,
        as_of=scenario.as_of,
        reporting_currency=scenario.reporting_currency,
        outcome=Outcome.FEASIBLE,
        stop_reason=optimised.reason,
        repeatable=optimised.repeatable,
        schedule=schedule,
        departures=departures,
        missions=tuple(sorted(missions, key=lambda m: m.mission_id)),
        ledger=ledger,
        left_out=tuple(reasons.left_out()),
        deadlines=find_deadlines(scenario, schedule, ledger),
        certificate=empty_certificate(),
    )


__all__ = [
    "Limits",
    "PlanningResult",
    "Progress",
    "RunRecord",
    "plan_scenario",
    "write_up",
]
