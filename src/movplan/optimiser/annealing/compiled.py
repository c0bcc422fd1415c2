"""Functions compiled to machine code when first called, and kept on disk from then on.

``numba`` keeps what it compiled next to the source, or in the user's cache where that
cannot be written. Compiled functions run without the interpreter's lock: two of them
use both cores.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function, compiled; kept where anything can be kept."""
    try:
        fast: Any = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the source nor the user's cache can be written
        fast = njit(nogil=True)(function)
    return cast(Function, fast)
