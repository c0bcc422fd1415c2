"""Every rule binds, and is counted to bind, the family it keeps off in its folder."""

from functools import cache
from pathlib import Path

import pytest

from movplan.files import read_scenario
from movplan.planning.bound import families_bound
from tests.mutation.table import MUTATIONS, Mutation

ROOT = Path(__file__).parents[2] / "scenarios"
# Rules that bind without being counted.
NOT_COUNTED: frozenset[str] = frozenset()


@cache
def bound_in(folder: str) -> dict[str, frozenset[str]]:
    return families_bound(read_scenario(ROOT / folder))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.rule)
def test_the_family_is_counted(mutation: Mutation) -> None:
    counted = bound_in(mutation.folder).get(mutation.rule, frozenset())
    assert (mutation.family in counted) is (mutation.rule not in NOT_COUNTED)
