"""``movplan-server``: run the service, its parts, and make keys."""

from movplan_api.cli.commands import app


def main() -> None:
    """Run the command line."""
    app()


__all__ = ["main"]
