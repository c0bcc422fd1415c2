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
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], tuple[Any, int]]) -> Any:  # noqa: ANN401
        """The thing of that key; ``make`` says a new one and its weight.

        Of those who ask for the same at once the first makes it, the others wait.
        """
        kept, making = self._look(key)
        if making is None:
            return kept
        with making:
            # Somebody may have made it meanwhile.
            kept, making = self._look(key)
            if making is None:
                return kept
            try:
                made = make()
            except BaseException:
                self._not_made(key)
                raise
            self._put(key, made)
            return made[0]

    def clear(self) -> None:
        """Forget everything: some of it may not be kept any more."""
        with self._lock:
            self._kept.clear()
            self._weight = 0

    def _look(self, key: Hashable) -> "tuple[Any, threading.Lock | None]":
        """The thing, or who makes it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0], None
            return None, self._making.setdefault(key, threading.Lock())

    def _not_made(self, key: Hashable) -> None:
        with self._lock:
            self._making.pop(key, None)

    def _put(self, key: Hashable, made: tuple[Any, int]) -> None:
        with self._lock:
            self._making.pop(key, None)
            old = self._kept.pop(key, None)
            self._kept[key] = made
            self._weight += made[1] - (0 if old is None else old[1])
            while self._weight > self._most and len(self._kept) > 1:
                _, (_, weight) = self._kept.popitem(last=False)
                self._weight -= weight
