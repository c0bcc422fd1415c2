"""Pauses between tries, ever longer, until patience is over."""

import time

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.3, 10.0


class Pauses:
    """Pauses of one conversation: ``patience_s`` in all since it last went on."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self.begin_again()

    def begin_again(self) -> None:
        """Something came: patience is new."""
        self._spent_s, self._pause_s = 0.0, _FIRST_PAUSE_S

    def wait_or_raise(self, error: Exception, *, at_least_s: float = 0.0) -> None:
        """Wait before the next try; ``error`` if that asks for too much patience."""
        pause_s = max(self._pause_s, at_least_s)
        self._spent_s += pause_s
        if self._spent_s > self._patience_s:
            raise error
        time.sleep(pause_s)
        self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
