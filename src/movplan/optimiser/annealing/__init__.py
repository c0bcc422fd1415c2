"""Walks that cool: many small steps, compiled, over everything a level decides."""
