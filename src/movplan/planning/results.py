"""Results: drafts checked, re-costed, certified."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from movplan.checks import findings
from movplan.domain.plan import LeftOut, Plan
from movplan.domain.scenario import Scenario
from movplan.formulation.build import Built
from movplan.optimiser.progress import Limits
from movplan.optimiser.solve import Optimised
from movplan.planning.alongside import meanwhile
from movplan.planning.certify import certify
from movplan.planning.draft import Desk, Drafted
from movplan.planning.in_force import in_force_findings
from movplan.planning.run_record import RunRecord
from movplan.planning.standing import revised
from movplan.screening import Screening


@dataclass(frozen=True, slots=True)
class PlanningResult:
    """A checked, re-costed, certified plan, and how the run went."""

    plan: Plan
    run: RunRecord


@dataclass(frozen=True, slots=True)
class Results:
    """Makes results of solutions of one built model."""

    desk: Desk
    screening: Screening
    built: Built
    limits: Limits
    set_aside: Sequence[LeftOut]
    before: Plan | None = None

    def of(self, optimised: Optimised) -> PlanningResult:
        """A solution as a certified plan."""
        drafted = self.desk.finish(self.screening, self.built, optimised)
        plan = certified(
            self.desk.scenario, drafted, self.limits, self.set_aside, self.before
        )
        return PlanningResult(plan=plan, run=self.desk.recorder.record())


def certified(
    scenario: Scenario,
    drafted: Drafted,
    limits: Limits,
    set_aside: Sequence[LeftOut],
    before: Plan | None = None,
) -> Plan:
    """A draft that passed every check; ``InternalError`` if it fails one.

    ``before`` is the plan it was made from: its rows' revisions count on.
    """
    model, outcomes = drafted.built.model, drafted.optimised.outcomes
    levels = model.levels[1:] if model.has_pins else model.levels
    outcomes = outcomes[len(model.levels) - len(levels) :]
    rows = revised(drafted.plan.schedule, before)
    in_force = meanwhile(
        partial(in_force_findings, scenario, drafted.screening),
        len(scenario.families),
    )
    plan = certify(
        scenario,
        drafted.plan.model_copy(update={"schedule": rows}),
        [level.level for level in levels],
        [outcome.bound for outcome in outcomes],
        [
            level.external(outcome.held_internal)
            for level, outcome in zip(levels, outcomes, strict=True)
        ],
        limits,
    )
    both = sorted((*plan.left_out, *set_aside), key=lambda row: row.family_id)
    said = (*findings(scenario, plan), *in_force())
    return plan.model_copy(update={"left_out": tuple(both), "findings": said})
