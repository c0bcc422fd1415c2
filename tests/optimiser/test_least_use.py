"""Least uses against trying every way, and blocs that fit on no departure."""

from dataclasses import replace
from typing import cast

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from movplan.formulation.model import Model
from movplan.formulation.ragged import pointers
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.blocs import Blocs
from movplan.optimiser.columns import Columns, priced_columns
from movplan.optimiser.cuts import no_cuts
from movplan.optimiser.least_use import LeastUse, least, total
from movplan.optimiser.pricing import Multipliers, Pricing
from movplan.screening.result import Screening
from tests.optimiser.generated import mission_model
from tests.optimiser.tiny import random_data, tiny_model

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(SIZES, st.integers(0, 10_000))
def test_segments_of_rows_are_reduced_column_by_column(
    sizes: list[int], seed: int
) -> None:
    ptr = pointers(np.array(sizes))
    dense = np.random.default_rng(seed).integers(0, 4, (ptr[-1], 6))
    segments = np.split(dense, ptr[1:-1])
    assert (
        least(csr_array(dense), ptr).toarray() == [s.min(0) for s in segments]
    ).all()
    assert (
        total(csr_array(dense), ptr).toarray() == [s.sum(0) for s in segments]
    ).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_a_bloc_keeps_the_convoys_that_have_room_for_it(seed: int) -> None:
    data = replace(random_data(seed, vehicles=1), tied=True)
    model = tiny_model(data, cast(Screening, None))
    pair_of = {
        (int(u), int(d)): k
        for k, (u, d) in enumerate(
            zip(model.pairs.unit, model.pair_departures.indices, strict=True)
        )
    }
    kept = set()
    for convoy in data.convoys[0]:
        if data.sizes[0] + data.sizes[1] <= data.vehicle_seats[convoy]:
            kept |= {pair_of[family, convoy] for family in (0, 1)}
    blocs = Blocs(model)
    mine = model.pairs.unit[blocs.pair] < 2
    assert set(blocs.pair[mine].tolist()) == kept


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_no_way_of_a_pair_uses_less(seed: int) -> None:
    model = mission_model(60, 3)
    rng = np.random.default_rng(seed)
    pairs = rng.choice(len(model.pairs), 50, replace=False)
    known = LeastUse(model)
    used = _random_columns(model, pairs, rng).rows[:, known.rows]
    assert (known.of_pairs(pairs) - used).max() <= 0


def _random_columns(model: Model, pairs: IntArray, rng: np.random.Generator) -> Columns:
    """A column of every pair at prices by chance."""
    at = Multipliers(
        row=rng.normal(0, 1, len(model.rows)),
        cut=np.zeros(0),
        level=np.zeros(len(model.levels)),
    )
    priced = Pricing(model).price(no_cuts(model), at)
    return priced_columns(model, priced, pairs)
