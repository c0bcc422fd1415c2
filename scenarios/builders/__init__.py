"""Builders of shipped scenarios: ``python -m scenarios.builders`` writes them."""
