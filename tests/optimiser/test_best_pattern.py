"""The best pattern against trying every count of every size."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from movplan.optimiser.best_pattern import best_pattern, best_values

ITEMS = st.lists(
    st.tuples(st.integers(1, 7), st.integers(0, 9), st.integers(1, 4)),
    min_size=1,
    max_size=4,
    unique_by=lambda item: item[0],
)


@settings(max_examples=100, deadline=None)
@given(ITEMS, st.integers(1, 14))
def test_the_best_pattern_takes_no_more_than_there_are(
    items: list[tuple[int, int, int]], capacity: int
) -> None:
    sizes, alpha, most = (np.array(column) for column in zip(*items, strict=True))
    tried = [np.array(c) for c in product(*(range(m + 1) for m in most))]
    for room, value in enumerate(best_values(sizes, alpha, most, capacity)):
        assert value == max(alpha @ c for c in tried if sizes @ c <= room)
    worth, counts = best_pattern(sizes, alpha * 1.0, most, capacity)
    assert worth == alpha @ counts
    assert (counts <= most).all()
    assert sizes @ counts <= capacity
