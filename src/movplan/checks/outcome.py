"""What a rule says about a plan: violations in the officer's words, and counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from movplan.domain.plan import CheckResult


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: the ids it is about and the fact, with amounts and dates."""

    rule: str
    subjects: tuple[str, ...]
    fact: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.fact}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule's check said.

    ``checked`` counts the subjects it looked at, ``unchecked`` those it could not
    (families given as counts where members are needed), ``overridden`` holds the
    violations a named authority has set aside.
    """

    rule: str
    checked: int
    violations: tuple[Violation, ...]
    unchecked: int = 0
    overridden: tuple[Violation, ...] = ()

    def result(self) -> CheckResult:
        """The counts as the certificate has them."""
        return CheckResult(
            rule=self.rule,
            checked=self.checked,
            violations=len(self.violations),
            unchecked=self.unchecked,
            overridden=len(self.overridden),
        )


@dataclass(slots=True)
class Tally:
    """Collects what a rule finds while it looks."""

    rule: str
    checked: int = 0
    unchecked: int = 0
    violations: list[Violation] = field(default_factory=list)

    def broken(self, fact: str, *subjects: str) -> None:
        """Note a violation: a sentence, and the ids it is about."""
        self.violations.append(Violation(self.rule, subjects, fact))

    def judge(self, facts: Iterable[str], *subjects: str) -> None:
        """Look at one subject: every fact is a violation about it."""
        self.checked += 1
        for fact in facts:
            self.broken(fact, *subjects)

    def outcome(self) -> Outcome:
        """What was found."""
        return Outcome(
            rule=self.rule,
            checked=self.checked,
            violations=tuple(self.violations),
            unchecked=self.unchecked,
        )
