"""What a peer found: best solution, bound, and the trace of both over time."""

from dataclasses import dataclass, field

from movplan.formulation.rowbook import IntArray


@dataclass(slots=True)
class Found:
    """Best solution (``None``: none), bound (``None``: none), and the trace.

    The solution is verified in exact integers, the bound rounded down to a whole value
    the level can take. ``trace`` rows: seconds, value or ``None``, bound or ``None``.
    ``started`` says whether a start was taken up (``None``: there was none).
    """

    x: IntArray | None = None
    bound: int | None = None
    status: str = ""
    started: bool | None = None
    trace: list[tuple[float, int | None, int | None]] = field(default_factory=list)
