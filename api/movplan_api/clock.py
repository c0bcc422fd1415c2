"""The service's clock, in UTC. Plans do not know it: their only now is ``as_of``."""

from datetime import UTC, datetime


def now() -> datetime:
    """The moment it is called."""
    return datetime.now(UTC)
