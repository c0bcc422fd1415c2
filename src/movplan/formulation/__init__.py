"""Scenario, screening and tariffs -> one integer linear model in arrays. No solver."""
