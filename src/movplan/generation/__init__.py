"""Missions of any size from sourced distributions, and how hard they are."""

from movplan.generation.brief import Profile
from movplan.generation.generator import generate
from movplan.generation.hardness import hardness, quick_hardness, static_hardness

__all__ = ["Profile", "generate", "hardness", "quick_hardness", "static_hardness"]
