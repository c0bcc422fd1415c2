"""The tree: nodes best first, a dive from each; every bound in whole numbers."""

import heapq
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.branching.costs import DOWN, UP, BranchingCosts, score
from movplan.optimiser.branching.covers import CoverMaker
from movplan.optimiser.branching.relaxation import (
    FloatArray,
    Proof,
    Relaxation,
    Relaxed,
    ValidRows,
)
from movplan.optimiser.program import Program
from movplan.optimiser.progress import Stop

WHOLE = 1e-6
# Rounds of covers at the root, at the nodes after it, and after how many nodes no more.
ROOT_ROUNDS, NODE_ROUNDS, CUT_NODES = 30, 1, 1_000
# Columns tried both ways before one is chosen, each until it was pushed so often.
TRIED, TRIED_OFTEN = 16, 8
NO_LIMIT = 1 << 62


@dataclass(frozen=True, slots=True)
class Decision:
    """A column is between these from here on."""

    column: int
    lower: int
    upper: int

    def of(self, lower: IntArray, upper: IntArray) -> tuple[IntArray, IntArray]:
        """Bounds with the decision taken; those given stay as they are."""
        least, most = lower.copy(), upper.copy()
        least[self.column] = max(self.lower, least[self.column])
        most[self.column] = min(self.upper, most[self.column])
        return least, most


@dataclass(order=True, frozen=True, slots=True)
class Node:
    """Vectors between bounds, worth at most ``-less``; ``number`` settles ties.

    The bounds are kept in the smallest integers that hold those of the program.
    """

    less: int
    number: int
    lower: NDArray[Any] = field(compare=False)
    upper: NDArray[Any] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a column: ``way`` down or up, ``by`` how much; maybe proved empty."""

    decision: Decision
    way: int
    by: float
    empty: bool = False


class Tree:
    """Looks for vectors of a program worth more than a value known, and their bound.

    ``known`` are more rows that every vector keeps; ``first`` [n] marks columns that
    are decided before others. The tree may be left at any time and gone on with;
    ``bound`` holds all along. ``best`` is the best vector found here, ``relaxed`` the
    LP solution of the node last looked at.
    """

    def __init__(
        self,
        program: Program,
        known: ValidRows | None,
        *,
        value: int,
        step: int,
        first: NDArray[np.bool_],
        stop: Stop,
    ) -> None:
        self.program, self.value, self.step = program, value, step
        self.best: IntArray | None = None
        self.relaxed: FloatArray | None = None
        self.nodes = 0
        self._first, self._stop = first, stop
        self._relaxation = Relaxation(program, stop)
        if known is not None:
            self._relaxation.add(known)
        self._covers = CoverMaker(program)
        self._costs = BranchingCosts(len(program.objective))
        self._lower = np.zeros(len(program.bound), np.int64)
        self._upper = program.bound.astype(np.int64)
        self._root: Proof | None = None
        self._lost: int | None = None
        self._small = np.min_scalar_type(int(program.bound.max(initial=0)))
        most = int(np.maximum(program.objective, 0).astype(object) @ program.bound)
        self._open: list[Node] = []
        self._made = 0
        heapq.heappush(self._open, self._node(-most, self._lower, self._upper))

    @property
    def needed(self) -> int:
        """The least value that is better than the best known."""
        return self.value + self.step

    @property
    def bound(self) -> int:
        """No vector of the program is worth more, nor is the value known."""
        left = [-node.less for node in self._open[:1]]
        left += [] if self._lost is None else [self._lost]
        return max([self.value, *left])

    @property
    def over(self) -> bool:
        """Whether nothing is left to look at."""
        return not self._open

    def learn(self, value: int) -> None:
        """A vector of this value is known by now."""
        if value > self.value:
            self.value = value
            self._tighten()

    @property
    def work(self) -> float:
        """What was done so far, in seconds of a machine that is always the same."""
        return self._relaxation.work

    def run(self, work: float | None = None) -> None:
        """Look at nodes until none is left, stopped, or after so much more work."""
        until = float("inf") if work is None else self.work + work
        node: Node | None = None
        while node is not None or self._open:
            if self._stop() or self.work >= until:
                break
            node = self._look(node or heapq.heappop(self._open))
        if node is not None:
            heapq.heappush(self._open, node)

    def _look(self, node: Node) -> Node | None:
        """Bound a node and branch; the child to go on with, if there is one."""
        if -node.less < self.needed:
            return None
        self.nodes += 1
        lower, upper = self._between(node)
        found = self._solved(lower, upper)
        if found.empty:
            return None
        if found.proof is None or found.x is None:
            self._put_back(node)
            return None
        self.relaxed = found.x
        bound = min(-node.less, found.proof.bound(self.step))
        lower, upper = found.proof.tightened(lower, upper, self.needed)
        some = np.flatnonzero(np.abs(found.x - np.rint(found.x)) > WHOLE)
        if not len(some):
            self._take(np.rint(found.x).astype(np.int64))
        if bound < self.needed:
            return None
        if not len(some):
            self._lose(bound)
            return None
        sides = self._choose(found.proof, found.x, some, lower, upper)
        return self._branch(bound, sides, lower, upper)

    def _node(self, less: int, lower: IntArray, upper: IntArray) -> Node:
        self._made += 1
        small = self._small
        return Node(less, self._made, lower.astype(small), upper.astype(small))

    def _between(self, node: Node) -> tuple[IntArray, IntArray]:
        """Bounds of a node, and of all better vectors as they are known by now."""
        return (
            np.maximum(self._lower, node.lower.astype(np.int64)),
            np.minimum(self._upper, node.upper.astype(np.int64)),
        )

    def _put_back(self, node: Node) -> None:
        """A node whose LP was not solved: for later, if it was stopped."""
        if self._stop():
            heapq.heappush(self._open, node)
        else:
            self._lose(-node.less)

    def _lose(self, bound: int) -> None:
        """A node that nothing more can be done about: its bound stays."""
        self._lost = bound if self._lost is None else max(self._lost, bound)

    def _solved(self, lower: IntArray, upper: IntArray) -> Relaxed:
        """The LP of a node, with links and covers it breaks."""
        if (lower > upper).any():
            return Relaxed(None, None, empty=True)
        found = self._relaxation.solve(lower, upper)
        at_root = self._root is None
        rounds = ROOT_ROUNDS if at_root else NODE_ROUNDS
        for _ in range(rounds if self.nodes <= CUT_NODES else 0):
            if found.x is None or not self._is_open(found):
                break
            rows = self._covers.broken(found.x)
            if not len(rows):
                break
            self._relaxation.add(rows)
            again = self._relaxation.solve(lower, upper)
            if again.x is None and not again.empty:
                break
            found = again
        if at_root and found.proof is not None:
            self._root = found.proof
            self._tighten()
        return found

    def _is_open(self, found: Relaxed) -> bool:
        """Whether something better than the best known may be where an LP ended."""
        if found.empty:
            return False
        return found.proof is None or found.proof.bound(self.step) >= self.needed

    def _tighten(self) -> None:
        """Bounds of all better vectors, by the proof at the root."""
        if self._root is not None and self._root.bound(self.step) >= self.needed:
            free = np.zeros_like(self._upper), self.program.bound.astype(np.int64)
            self._lower, self._upper = self._root.tightened(*free, self.needed)

    def _take(self, x: IntArray) -> None:
        """A vector that may be the best so far."""
        value = self.program.value(x)
        if value > self.value and self.program.is_solution(x):
            self.best = x
            self.learn(value)

    def _choose(
        self,
        proof: Proof,
        x: FloatArray,
        some: IntArray,
        lower: IntArray,
        upper: IntArray,
    ) -> tuple[Side, Side]:
        """The column to branch on: its nearer side first."""
        first = some[self._first[some]]
        order = self._costs.ranked(first if len(first) else some, x)[:TRIED]
        scores = self._costs.scores(order, x)
        best, most = _sides(x, int(order[0])), -1.0
        for column, worth in zip(order.tolist(), scores.tolist(), strict=True):
            sides = _sides(x, column)
            if self._costs.sure(column) < TRIED_OFTEN:
                sides, worth = self._try(proof, sides, lower, upper)
                if any(side.empty for side in sides):
                    return sides
            if worth > most:
                best, most = sides, worth
        return best

    def _try(
        self,
        proof: Proof,
        sides: tuple[Side, Side],
        lower: IntArray,
        upper: IntArray,
    ) -> tuple[tuple[Side, Side], float]:
        """Solve both sides of a column: which are proved empty, and how good it is."""
        tried: list[Side] = []
        losses: list[float] = []
        for side in sides:
            decision = side.decision
            found = self._relaxation.solve(*decision.of(lower, upper))
            loss = float("inf") if found.empty else 0.0
            if found.proof is not None:
                loss = proof.value - found.proof.value
                self._costs.record(decision.column, side.way, loss, side.by)
            losses.append(loss)
            tried.append(replace(side, empty=not self._is_open(found)))
        return (tried[0], tried[1]), score(*losses)

    def _branch(
        self, bound: int, sides: tuple[Side, Side], lower: IntArray, upper: IntArray
    ) -> Node | None:
        """Children of the sides that are not empty; the first is gone on with."""
        children = [
            self._node(-bound, *side.decision.of(lower, upper))
            for side in sides
            if not side.empty
        ]
        for other in children[1:]:
            heapq.heappush(self._open, other)
        return children[0] if children else None


def _sides(x: FloatArray, column: int) -> tuple[Side, Side]:
    """Both sides of a column that is not whole, the nearer first."""
    floor = int(np.floor(x[column]))
    part = float(x[column]) - floor
    down = Side(Decision(column, 0, floor), DOWN, part)
    up = Side(Decision(column, floor + 1, NO_LIMIT), UP, 1 - part)
    return (down, up) if part <= 0.5 else (up, down)
