"""Missions of any size from documented, sourced distributions, and how hard they are."""

from movplan.generation.generator import Profile, generate

__all__ = ["Profile", "generate"]
