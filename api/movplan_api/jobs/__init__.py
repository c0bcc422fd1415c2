"""Durable jobs: the queue, the workflow that solves, workers and who watches them.

Only this package knows DBOS. It keeps its tables in the same database as ours, so a
plan and its job are stored in one transaction.
"""
