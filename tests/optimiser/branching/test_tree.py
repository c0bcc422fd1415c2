"""Branch and bound against trying everything."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.branching.covers import CoverMaker
from movplan.optimiser.branching.relaxation import FloatArray, Relaxation
from movplan.optimiser.branching.tree import Tree
from movplan.optimiser.program import Program
from tests.optimiser.programs import best_value, random_program, vectors

FAR_BELOW = -(10**15)


def never() -> bool:
    """No stop."""
    return False


def grown(
    program: Program, value: int = FAR_BELOW, *, mark: int = 0, step: int = 1
) -> Tree:
    """A tree that decides the first columns first."""
    first = np.arange(len(program.objective)) < mark
    return Tree(program, None, value=value, step=step, first=first, stop=never)


@pytest.mark.parametrize("scale", [1, 10**9])
@pytest.mark.parametrize("seed", range(40))
def test_the_tree_ends_at_the_optimum_and_proves_it(seed: int, scale: int) -> None:
    program = random_program(seed, scale=scale)
    best = best_value(program)
    tree = grown(program, mark=seed % 3, step=scale)
    tree.run()
    if best is None:
        assert (tree.best, tree.bound) == (None, FAR_BELOW)
        return
    assert tree.best is not None
    assert program.is_solution(tree.best)
    assert program.value(tree.best) == best == tree.bound


@pytest.mark.parametrize("seed", range(40))
def test_the_bound_holds_wherever_the_tree_is_left(seed: int) -> None:
    program = random_program(seed)
    best = best_value(program)
    tree, bounds = grown(program), []
    for _ in range(200):
        tree.run(work=1e-9)
        bounds.append(tree.bound)
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] == (FAR_BELOW if best is None else best)
    assert best is None or min(bounds) >= best


@pytest.mark.parametrize("seed", range(10))
def test_values_too_large_to_prove_are_never_proved_wrong(seed: int) -> None:
    program = random_program(seed, scale=10**15)
    best = best_value(program)
    tree = grown(program)
    tree.run()
    assert best is None or tree.value <= best <= tree.bound


def test_a_sum_beyond_64_bits_proves_nothing() -> None:
    program = Program(
        objective=np.full(12, 10**18),
        matrix=csr_array(np.ones((1, 12), np.int64)),
        upper=np.array([3]),
        equal=np.array([False]),
        bound=np.ones(12, np.int64),
    )
    tree = grown(program)
    tree.run()
    assert tree.bound >= 3 * 10**18


def test_what_stands_in_a_row_with_nothing_is_no_item_of_it() -> None:
    stored_zero = csr_array(
        (np.array([3, 2, 0, -4]), (np.zeros(4, np.int64), np.arange(4)))
    )
    program = Program(
        objective=np.array([1, 1, 5, -9]),
        matrix=stored_zero,
        upper=np.array([0]),
        equal=np.array([False]),
        bound=np.ones(4, np.int64),
    )
    tree = grown(program)
    tree.run()
    assert tree.value == tree.bound == best_value(program) == 5


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_found_beside_the_optimum_known(seed: int) -> None:
    program = random_program(seed)
    best = best_value(program)
    if best is None:
        return
    tree = grown(program, best)
    tree.run()
    assert (tree.best, tree.bound) == (None, best)


def test_what_is_learnt_on_the_way_counts() -> None:
    program = random_program(3)
    best = best_value(program)
    assert best is not None
    tree = grown(program)
    tree.run(work=1e-9)
    tree.learn(best)
    tree.run()
    assert tree.bound == best


def between(program: Program) -> tuple[IntArray, IntArray]:
    """The bounds of a program."""
    return np.zeros(len(program.bound), np.int64), program.bound.astype(np.int64)


@pytest.mark.parametrize("scale", [1, 10**9])
@pytest.mark.parametrize("seed", range(40))
def test_bounds_that_are_tightened_keep_whoever_is_good_enough(
    seed: int, scale: int
) -> None:
    program = random_program(seed, scale=scale)
    found = Relaxation(program, never).solve(*between(program))
    if found.proof is None:
        return
    for needed in sorted({program.value(x) for x in vectors(program)}):
        lower, upper = found.proof.tightened(*between(program), needed)
        for x in vectors(program):
            if program.value(x) >= needed:
                assert ((lower <= x) & (x <= upper)).all()


@pytest.mark.parametrize("seed", range(40))
def test_links_and_covers_cut_off_no_vector(seed: int) -> None:
    program, rng = random_program(seed), np.random.default_rng(seed)
    maker, all_vectors = CoverMaker(program), list(vectors(program))
    for _ in range(30):
        x = rng.random(len(program.bound)) * program.bound
        rows = maker.broken(x)
        assert (rows.matrix @ x > rows.upper).all()
        for vector in all_vectors:
            assert (rows.matrix @ vector <= rows.upper).all()


def test_some_links_and_some_covers_are_found() -> None:
    links, covers = 0, 0
    for seed in range(40):
        program, rng = random_program(seed), np.random.default_rng(seed)
        maker = CoverMaker(program)
        for _ in range(30):
            rows = maker.broken(rng.random(len(program.bound)) * program.bound)
            widths = np.diff(rows.matrix.indptr)
            links += int((widths == 2).sum())
            covers += int((widths > 2).sum())
    assert min(links, covers) > 20


def test_an_lp_without_a_solution_is_proved_to_have_none() -> None:
    program = random_program(1)
    lower, upper = between(program)
    upper[:], lower[1:] = 0, 1
    upper[1:] = 1
    found = Relaxation(program, never).solve(lower, upper)
    assert found.empty
    assert (found.proof, found.x) == (None, None)


def test_a_ray_that_proves_nothing_is_not_believed() -> None:
    """HiGHS may be wrong; a program with a solution is never told to have none."""

    class Mistaken:
        def getDualRay(self) -> tuple[None, bool, FloatArray]:  # noqa: N802
            return None, True, np.ones(len(program.upper))

    program = random_program(5)
    relaxation = Relaxation(program, never)
    assert not relaxation.solve(*between(program)).empty
    relaxation._highs = Mistaken()
    assert not relaxation._is_empty(*between(program))


def test_a_stop_anywhere_loses_nothing() -> None:
    program = random_program(5)
    best = best_value(program)
    assert best is not None
    left = 0

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    first = np.zeros(len(program.bound), np.bool_)
    tree = Tree(program, None, value=FAR_BELOW, step=1, first=first, stop=stop)
    for asked in range(200):
        left = asked
        tree.run()
        assert tree.bound >= best
    assert tree.bound == best
