"""Functions compiled to machine code when first called, and kept on disk from then on.

``numba`` keeps what it compiled next to the source, or in the user's cache where that
cannot be written. Compiled functions run without the interpreter's lock: two of them
use both cores. They make no arrays, so they need not count who uses those they are
given: without ``nrt``, numba's runtime, a step takes half the time.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function, compiled; kept where anything can be kept."""
    compiler: Any = njit  # its stub does not know the runtime can be left out
    try:
        fast = compiler(cache=True, nogil=True, _nrt=False)(function)
    except RuntimeError:  # neither the source nor the user's cache can be written
        fast = compiler(nogil=True, _nrt=False)(function)
    return cast(Function, fast)
