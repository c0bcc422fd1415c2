"""What was read lately: plans never change, and their views are asked together."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

_MOST_WEIGHT = 24_000_000


class Shelf:
    """The last used things up to a weight (characters of text); the latest always."""

    def __init__(self, most_weight: int = _MOST_WEIGHT) -> None:
        self._most, self._weight = most_weight, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], tuple[Any, int]]) -> Any:  # noqa: ANN401
        """The thing of that key; ``make`` says a new one and its weight.

        Two who ask at once may both make it: nobody waits for the other.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        made = make()
        with self._lock:
            self._put(key, made)
        return made[0]

    def _put(self, key: Hashable, made: tuple[Any, int]) -> None:
        old = self._kept.pop(key, None)
        self._weight += made[1] - (0 if old is None else old[1])
        self._kept[key] = made
        while self._weight > self._most and len(self._kept) > 1:
            _, (_, weight) = self._kept.popitem(last=False)
            self._weight -= weight
