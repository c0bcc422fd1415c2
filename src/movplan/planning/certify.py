"""The certificate: every check run, the ledger costed again, values beside bounds."""

import platform
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from importlib.metadata import version

from movplan import __version__
from movplan.checks import CheckReport, level_values, run_checks
from movplan.costing.breakdown import estimated_share_percent
from movplan.costing.ledger import total_reporting_cents
from movplan.costing.recost import Difference, recost
from movplan.domain.aside import counting_overrides
from movplan.domain.errors import InternalError
from movplan.domain.levels import MAXIMISED
from movplan.domain.plan import Certificate, LevelResult, Plan
from movplan.domain.scenario import Level, Scenario
from movplan.domain.words import Outcome
from movplan.files import digest
from movplan.optimiser.progress import Limits
from movplan.planning.alongside import meanwhile
from movplan.planning.assumptions import assumptions


def certify(
    scenario: Scenario,
    draft: Plan,
    levels: Sequence[Level],
    bounds: Sequence[int],
    held: Sequence[int],
    limits: Limits,
) -> Plan:
    """Check, re-cost and certify a drafted plan; ``InternalError`` if it fails.

    Values are counted from the plan, not taken from the solver.
    """
    values = level_values(scenario, draft)
    results = [
        level_result(level, values[level.name], bound, kept)
        for level, bound, kept in zip(levels, bounds, held, strict=True)
    ]
    plan = draft.model_copy(
        update={
            "outcome": _outcome(results),
            "certificate": _certificate(scenario, draft, results, limits),
        }
    )
    beside = meanwhile(partial(_costed_again, scenario, plan), len(scenario.families))
    report = run_checks(scenario, plan)
    differences, scenario_digest = beside()
    _refuse_broken(report, differences)
    certificate = plan.certificate.model_copy(
        update={
            "scenario_digest": scenario_digest,
            "checks": report.results(),
            "ledger_balanced": True,
        }
    )
    return plan.model_copy(update={"certificate": certificate})


def _costed_again(scenario: Scenario, plan: Plan) -> tuple[tuple[Difference, ...], str]:
    """Where costs from scratch differ, and the digest of what was planned."""
    return recost(scenario, plan), digest(scenario)


def empty_certificate() -> Certificate:
    """A certificate that certifies nothing yet."""
    return Certificate(
        scenario_digest="",
        levels=(),
        checks=(),
        ledger_balanced=False,
        ledger_total_reporting_cents=0,
        estimated_share_percent=0,
        seed=0,
        effort=None,
        versions=versions(),
    )


def level_result(level: Level, value: int, bound: int, held_at: int) -> LevelResult:
    """Value, bound and exact gap of a level; a bound is never worse than the value."""
    maximise = level.measure in MAXIMISED
    bound = max(bound, value) if maximise else min(bound, value)
    absolute = abs(value - bound)
    gap = Fraction(absolute, max(abs(value), abs(bound), 1))
    return LevelResult(
        name=level.name,
        measure=level.measure,
        maximise=maximise,
        value=value,
        bound=bound,
        gap=str(gap),
        absolute_gap=absolute,
        held_at=held_at,
        proved=gap <= level.tolerance,
    )


def _outcome(results: Sequence[LevelResult]) -> Outcome:
    return Outcome.OPTIMAL if all(r.proved for r in results) else Outcome.FEASIBLE


def _refuse_broken(report: CheckReport, differences: Sequence[Difference]) -> None:
    """One violation or one cent of difference is our fault, never a plan."""
    said = [f"{v.rule}: {v.fact}" for v in report.violations]
    said += [f"ledger: {difference}" for difference in differences]
    if said:
        listed = "\n".join(said[:20])
        raise InternalError(f"the plan fails {len(said)} of its own checks:\n{listed}")


def _certificate(
    scenario: Scenario, draft: Plan, results: Sequence[LevelResult], limits: Limits
) -> Certificate:
    """The certificate but for what takes long: digest, checks, costs from scratch."""
    # Later levels were proven with these held where they are, not where they could be.
    unproved = tuple(r.name for r in results[:-1] if r.absolute_gap)
    return Certificate(
        scenario_digest="",
        levels=tuple(results),
        optimal_given=unproved,
        checks=(),
        ledger_balanced=False,
        ledger_total_reporting_cents=total_reporting_cents(draft.ledger),
        estimated_share_percent=estimated_share_percent(draft.ledger),
        scope=_scope(scenario),
        defaults=tuple(assumptions(scenario, draft)),
        overrides=tuple(
            f"{row.rule} for {row.scope} by {row.by} ({row.reference}, {row.date})"
            for row in counting_overrides(scenario)
        ),
        seed=limits.seed,
        effort=limits.effort,
        versions=versions(),
    )


def versions() -> dict[str, str]:
    """What the plan's bytes depend on besides scenario, seed and effort."""
    names = ("ortools", "highspy", "numpy", "scipy")
    return {
        "movplan": __version__,
        **{name: version(name) for name in names},
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def _scope(scenario: Scenario) -> tuple[str, ...]:
    limits = scenario.limits
    return (
        f"at most {limits.max_rides} rides and {limits.max_transit_nights} nights",
        f"at most {limits.max_wait_hours} hours between two rides",
        f"at most {limits.max_journey_hours} hours of journey",
        "within these limits every itinerary was considered",
    )
