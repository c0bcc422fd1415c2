"""Branch and bound over an integer program, every leaf proved in whole numbers."""

from movplan.optimiser.branching.relaxation import Rows
from movplan.optimiser.branching.tree import Tree

__all__ = ["Rows", "Tree"]
