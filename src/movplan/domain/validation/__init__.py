"""How the rows of a scenario fit together: one small function per rule."""

from collections.abc import Mapping

from movplan.domain.errors import Issue
from movplan.domain.scenario import Scenario


def find_issues(
    scenario: Scenario, *, broken: Mapping[str, frozenset[str]] | None = None
) -> tuple[Issue, ...]:
    """Everything wrong with how the rows fit together."""
    return ()
