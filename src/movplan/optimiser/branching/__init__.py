"""Branch and bound over an integer program, every leaf proved in whole numbers."""

from movplan.optimiser.branching.relaxation import ValidRows
from movplan.optimiser.branching.tree import Tree

__all__ = ["Tree", "ValidRows"]
