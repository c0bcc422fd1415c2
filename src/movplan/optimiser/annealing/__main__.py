"""``python -m movplan.optimiser.annealing``: compile the walk."""

from movplan.optimiser.annealing.prepare import prepare

prepare()
