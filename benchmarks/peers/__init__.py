"""The peers: the full model given whole to CP-SAT, HiGHS and SCIP.

A name that ends in ``+hint`` is the same engine, given our first plan as a start.
"""

from collections.abc import Callable
from importlib import import_module

from benchmarks.peers.found import Found
from benchmarks.specs import HINT
from movplan.formulation.rowbook import IntArray
from movplan.optimiser.program import Program

Peer = Callable[[Program, float, int, IntArray | None], Found]

MODULES = {"highs": "highs", "cpsat8": "cpsat", "cpsat2": "cpsat", "scip": "scip"}


def peer_named(method: str) -> Peer:
    """A peer by its name; loads its engine and no other, as its clock is running."""
    name = method.removesuffix(HINT)
    found: Peer = getattr(import_module(f"benchmarks.peers.{MODULES[name]}"), name)
    return found
