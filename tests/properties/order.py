"""Level values compared in order, as far as they are proved."""

from collections.abc import Mapping, Sequence

from movplan.domain.plan import LevelResult

Levels = Sequence[LevelResult]


def not_worse(levels: Levels, values: Mapping[str, int]) -> bool:
    """Whether proved levels are, in order, at least as good as other values.

    The first level that differs decides; from one that is not proved on nothing is
    known.
    """
    for level in levels:
        value = values[level.name]
        if not level.proved:
            return True
        if level.value != value:
            return level.maximise == (level.value > value)
    return True


def no_worse_plan(better: Levels, worse: Levels) -> bool:
    """Whether one plan's levels are at least as good, up to what either has proved."""
    for level, other in zip(better, worse, strict=True):
        if not (level.proved and other.proved):
            return True
        if level.value != other.value:
            return level.maximise == (level.value > other.value)
    return True


def equal_where_proved(levels: Levels, others: Levels) -> bool:
    """Whether the values are equal up to the first level not proved in either."""
    return no_worse_plan(levels, others) and no_worse_plan(others, levels)
