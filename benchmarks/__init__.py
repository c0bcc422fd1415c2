"""Measurements: our planner beside the same model given whole to other solvers."""
