"""The command line ``movplan``: parse, call a use case, print."""

from movplan.cli import began  # first, so that imports count
from movplan.cli.app import app, main

__all__ = ["app", "began", "main"]
