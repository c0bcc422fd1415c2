"""Exchanges: somebody left out goes, somebody on the way goes otherwise or stays.

An integer program over a part finds the best for some dozens of blocs in a third of a
second; most of what a plan lacks early on is simpler than that. For every way of a
bloc that stays, whoever frees enough of what it lacks makes way: by another way that
fits then, or by staying if that is worth it. An exchange is made if the level gains, or
is as good and what travels uses less, at its price, of what is scarce; so it ends.
Plant stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from movplan.formulation.rowbook import IntArray
from movplan.optimiser.balance import Balance
from movplan.optimiser.progress import Stop
from movplan.optimiser.solution import Solution
from movplan.optimiser.state import LevelState

# Ways of those who stay that are tried in a pass, best first; who makes way for each.
MOST_WAYS, MOST_PARTNERS = 400, 12
MOST_PASSES = 12
# What the level gains; then what the rows of everybody's ways cost less.
Gain = tuple[int, float]
NO_GAIN: Gain = (0, 1e-6)


@dataclass(frozen=True, slots=True)
class Exchange:
    """The way ``arrives`` is taken; ``leaves`` (if any) is left for ``instead``."""

    gain: Gain
    arrives: int
    leaves: int = -1
    instead: int = -1


def exchange(state: LevelState, stop: Stop) -> bool:
    """Exchange while it gains; says whether the level is better for it."""
    before = state.value
    banned: set[int] = set()
    for _ in range(MOST_PASSES):
        descent = Descent(state)
        descent.run(stop, banned)
        good = _take(state, descent)
        if good < len(descent.made):
            banned.add(descent.made[good].arrives)
        elif not good:
            break
    return state.value > before


def _take(state: LevelState, descent: "Descent") -> int:
    """Take as many exchanges, in order, as leave a plan that can be finished."""
    good, bad = 0, len(descent.made) + 1
    trial = bad - 1
    while trial > good:
        found = state.blocs.to_solution(descent.used_after(trial), state.best.plant)
        if state.offer_sideways(Solution(found.column, state.best.plant)):
            good = trial
        else:
            bad = trial
        trial = (good + bad) // 2
    return good


class Descent:
    """Exchanges made one after another from the best solution."""

    def __init__(self, state: LevelState) -> None:
        self.state, self.blocs = state, state.blocs
        self.balance = Balance(state)
        self.value, self.price = self.blocs.values[state.k], self.balance.price
        self.first = dict(self.balance.used)
        self.made: list[Exchange] = []
        order = np.argsort(self.blocs.bloc, kind="stable")
        cuts = np.arange(1, self.blocs.blocs.count)
        self.ways = np.split(order, np.searchsorted(self.blocs.bloc[order], cuts))

    def run(self, stop: Stop, banned: set[int]) -> None:
        """Try every way of those who stay, but those banned."""
        for column in self._promising():
            if stop():
                return
            if int(self.blocs.bloc[column]) in self.balance.used or column in banned:
                continue
            best = max(self._exchanges(column), key=lambda e: e.gain, default=None)
            if best is not None and best.gain > NO_GAIN:
                self.balance.change(best.arrives, best.leaves, best.instead)
                self.made.append(best)

    def used_after(self, count: int) -> IntArray:
        """Bloc columns used after the first exchanges."""
        used, bloc = dict(self.first), self.blocs.bloc
        for each in self.made[:count]:
            if each.leaves >= 0:
                del used[int(bloc[each.leaves])]
            for column in (each.arrives, each.instead):
                if column >= 0:
                    used[int(bloc[column])] = column
        return np.array(sorted(used.values()), np.int64)

    def _promising(self) -> list[int]:
        """Ways of blocs that stay, by what they are worth less their rows' prices."""
        stays = np.ones(self.blocs.blocs.count, np.bool_)
        stays[list(self.balance.used)] = False
        candidates = np.flatnonzero(stays[self.blocs.bloc] & (self.value > 0))
        worth = self.value[candidates] - self.price[candidates]
        best: list[int] = candidates[np.argsort(-worth, kind="stable")].tolist()
        return best[:MOST_WAYS]

    def _exchanges(self, column: int) -> Iterator[Exchange]:
        """What would do for a way to be taken, each with its gain."""
        lacking = self.balance.lacking(column)
        if not lacking:
            gain = int(self.value[column]), -float(self.price[column])
            yield Exchange(gain, column)
        for old in self._partners(lacking):
            self.balance.put(column)
            self.balance.take_off(old)
            if self.balance.holds(column, old):
                yield self._best_with(column, old)
            self.balance.put(old)
            self.balance.take_off(column)

    def _partners(self, lacking: dict[int, int]) -> list[int]:
        """Ways in use that take enough of all that lacks, of least worth first."""
        found = self.balance.users(lacking)
        found.sort(key=lambda c: (int(self.value[c]), -float(self.price[c]), c))
        return found[:MOST_PARTNERS]

    def _best_with(self, column: int, old: int) -> Exchange:
        """The exchange by which ``old`` takes its best other way that fits, or none."""
        gain = int(self.value[column]) - int(self.value[old])
        spared = float(self.price[old] - self.price[column])
        best = Exchange((gain, spared), column, old)
        for other in self.ways[int(self.blocs.bloc[old])].tolist():
            rank = gain + int(self.value[other]), spared - float(self.price[other])
            if other != old and rank > best.gain and self.balance.has_room(other):
                best = Exchange(rank, column, old, other)
        return best
