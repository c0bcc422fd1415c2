"""The command line ``movplan``: parse, call a use case, print."""

from movplan.cli.app import app, main

__all__ = ["app", "main"]
