"""Ids of stored things: sortable by the time they were made, safe in addresses."""

import secrets
import time
from threading import Lock

# Crockford's base 32: no I, L, O, U; in ASCII order, so that text sorts as time does.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


_STEP_BITS = 32


class _Numbers:
    """Numbers of 128 bits that grow: 48 of milliseconds, then 80 of chance.

    Within a millisecond the next is the last plus a step of chance, so that what one
    process makes is in order even where the clock stands still or goes back.
    """

    def __init__(self) -> None:
        self._last, self._lock = 0, Lock()

    def next(self) -> int:
        """The next number."""
        fresh = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
        with self._lock:
            after = self._last + 1 + secrets.randbits(_STEP_BITS)
            same_moment = fresh >> 80 <= self._last >> 80
            self._last = after if same_moment else fresh
            return self._last


_numbers = _Numbers()


def new_id(prefix: str) -> str:
    """``prefix_`` and 26 characters that sort by when a process made them."""
    number = _numbers.next()
    chars = (_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return f"{prefix}_{''.join(chars)}"
