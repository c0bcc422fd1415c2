"""Tariffs to prices, plan to ledger and breakdowns. Knows no solver."""
