"""A plan before it is certified: screened, formulated, optimised, finished, costed.

``draft_plan`` can leave rules out. It says what a rule does; nobody travels on a draft.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log10

from movplan.costing.ledger import price
from movplan.costing.tariffs import Tariffs
from movplan.domain.assignments import Assignment
from movplan.domain.plan import Plan
from movplan.domain.scenario import Scenario
from movplan.domain.words import LegKind, Outcome
from movplan.formulation.build import Built, build_model
from movplan.optimiser.bloc_pool import BlocPool
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Pool
from movplan.optimiser.progress import Clock, Limits, Progress, Watch
from movplan.optimiser.run import Board
from movplan.optimiser.solution import Solution
from movplan.optimiser.solve import Optimised, Planner, optimise
from movplan.planning.certify import empty_certificate
from movplan.planning.deadlines import find_deadlines
from movplan.planning.finish import Finished, Finisher
from movplan.planning.in_force import plain_solution, start_solution
from movplan.planning.left_out import Reasons
from movplan.planning.movements import Departures, escort_missions
from movplan.planning.pins import (
    conflict_of_pins,
    refuse_lost_pins,
    refuse_pin_conflicts,
)
from movplan.planning.road import remembered
from movplan.planning.run_record import Recorder
from movplan.planning.schedule import Scheduler
from movplan.screening import Screening, screen

# What the last solution, finishing, costing, checking and writing take, as a share of
# screening and the model: these do much once per kind, so what follows grows faster
# (measured: 0.8 of them at 1,000 families, 1.2 at 10,000, 1.5 at 100,000).
AFTER_SEARCH_S, AFTER_A_THOUSAND, MORE_PER_DECADE = 0.4, 0.9, 0.4
LEAST_AFTER_SEARCH, MOST_AFTER_SEARCH = 0.75, 1.6
# Share of the search in which the plan in force is found again.
START_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Drafted:
    """A plan with an empty certificate, and what it was made from."""

    screening: Screening
    built: Built
    optimised: Optimised
    plan: Plan


def draft_plan(
    scenario: Scenario, limits: Limits, *, without: frozenset[str] = frozenset()
) -> Plan:
    """A plan that keeps all rules but those in ``without``: unchecked, not certified.

    Raises ``ConflictError`` when pins or contracts contradict each other.
    """
    clock = Clock(limits, lambda: False)
    desk = Desk(scenario, clock, Recorder(), lambda _: None, without=without)
    return desk.draft(None).plan


class Desk:
    """Drafts the plan of one scenario, stage by stage.

    ``board`` has the best solution while the search goes on; ``prepared`` is called
    with what was screened and formulated before it begins.
    """

    def __init__(
        self,
        scenario: Scenario,
        clock: Clock,
        recorder: Recorder,
        watch: Watch,
        *,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.scenario, self.clock, self.without = scenario, clock, without
        self.recorder, self.watch = recorder, watch
        self.board = Board()
        self._load = remembered()
        self.prepared: Callable[[Screening, Built], None] = lambda *_: None

    def draft(self, start: Plan | None) -> Drafted:
        """The plan, searched for from the assignments and from ``start``."""
        screening, built = self._prepare()
        self.prepared(screening, built)
        optimised = self._search(built, start)
        if built.model.has_pins and optimised.outcomes[0].value > 0:
            raise conflict_of_pins(self.scenario, built.model, self.clock.asked)
        return self.finish(screening, built, optimised)

    def finish(
        self, screening: Screening, built: Built, optimised: Optimised
    ) -> Drafted:
        """The plan of what was found: vehicles, escorts, schedule, costs."""
        with self.recorder.stage("finish"):
            self._tell("finish", 0.95)
            held = tuple(outcome.held_internal for outcome in optimised.outcomes)
            finisher = self._finisher(built, optimised.pool, optimised.blocs)
            finished = finisher.finish(optimised.solution, held)
            refuse_lost_pins(self.scenario, built.model, finished.solution)
        with self.recorder.stage("write up"):
            plan = write_up(self.scenario, built, optimised, finished)
        return Drafted(screening, built, optimised, plan)

    def _tell(self, stage: str, fraction: float) -> None:
        elapsed = self.clock.elapsed()
        self.watch(Progress(stage=stage, fraction=fraction, elapsed_s=elapsed))

    def _finisher(self, built: Built, pool: Pool, blocs: Blocs) -> Finisher:
        return Finisher(self.scenario, built, pool, self._load, blocs)

    def _prepare(self) -> tuple[Screening, Built]:
        before = self.clock.elapsed()
        with self.recorder.stage("screen"):
            self._tell("screen", 0.0)
            screening = screen(self.scenario, without=self.without)
            refuse_pin_conflicts(screening)
        with self.recorder.stage("model"):
            self._tell("model", 0.02)
            tariffs = Tariffs(self.scenario, self.without)
            built = build_model(self.scenario, screening, tariffs, without=self.without)
        took = self.clock.elapsed() - before
        self.clock.reserve(after_search_s(len(self.scenario.families), took))
        return screening, built

    def _search(self, built: Built, start: Plan | None) -> Optimised:
        with self.recorder.stage("search"):
            told, clock = self.scenario.assignments, self.clock
            clock.share(1.0)

            def finisher(pool: BlocPool) -> Finisher:
                return self._finisher(built, pool.pool, pool.blocs)

            def plain(pool: BlocPool, so_far: Solution) -> Solution:
                served = plain_solution(built.model, pool.pool, so_far)
                return finisher(pool).finish(served, held=()).solution

            planner = Planner(
                start=lambda pool: start_solution(
                    built.model,
                    pool,
                    told,
                    _proposed(start),
                    clock.until_share(START_SHARE),
                ),
                plain=plain,
                finisher=lambda pool: finisher(pool).mended,
                patient=lambda pool: finisher(pool).repaired,
            )
            return optimise(
                built.model, self.clock, self.watch, planner, board=self.board
            )


def after_search_s(families: int, took: float) -> float:
    """Seconds to keep back where screening and the model took so many."""
    decades = log10(max(1, families)) - 3
    share = AFTER_A_THOUSAND + MORE_PER_DECADE * decades
    share = min(max(LEAST_AFTER_SEARCH, share), MOST_AFTER_SEARCH)
    return AFTER_SEARCH_S + share * took


def _proposed(start: Plan | None) -> Iterator[Assignment]:
    """Rides of the plan to start from."""
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
    reasons = Reasons(
        scenario,
        built.model,
        optimised.pool,
        finished.solution,
        stop_reason=optimised.reason,
    )
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
        deadlines=find_deadlines(scenario, schedule, ledger, missions),
        certificate=empty_certificate(),
    )
