"""How often a key may come: a bucket of tokens each, refilled with time.

Kept in the process: with several API processes a key has as much in each.
"""

import threading
import time
from dataclasses import dataclass, field

from movplan_api.problems import TooManyError

# So many buckets are kept; those that are full again say nothing and go first.
_MOST = 10_000


@dataclass(slots=True)
class Rates:
    """``burst`` requests at once, then ``per_s`` each second; of every key alone."""

    burst: int
    per_s: float
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key_id: str, *, at: float | None = None) -> None:
        """One request of a key; refuses one too many. ``at``: seconds of any clock."""
        moment = time.monotonic() if at is None else at
        with self._lock:
            if len(self._buckets) >= _MOST:
                self._forget_full(moment)
            tokens = self._tokens(key_id, moment)
            if tokens >= 1:
                self._buckets[key_id] = (tokens - 1, moment)
                return
        wait_s = max(1, round((1 - tokens) / self.per_s + 0.5))
        words = f"This key may come {self.per_s:g} times a second; try again later."
        raise TooManyError("RATE_LIMITED", words, headers={"Retry-After": str(wait_s)})

    def _tokens(self, key_id: str, moment: float) -> float:
        tokens, since = self._buckets.get(key_id, (float(self.burst), moment))
        return min(float(self.burst), tokens + (moment - since) * self.per_s)

    def _forget_full(self, moment: float) -> None:
        full = [key for key in self._buckets if self._tokens(key, moment) >= self.burst]
        for key in full or list(self._buckets)[: _MOST // 2]:
            del self._buckets[key]
