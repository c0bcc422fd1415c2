"""Variants of one scenario, planned and compared."""
