"""How long to search."""

from dataclasses import asdict, dataclass

from movplan_api.client.answers import Row


@dataclass(frozen=True, slots=True)
class Limits:
    """A clock in seconds, rounds of effort, or both; and what gap is enough.

    With effort alone the same scenario and seed give the same plan; without any the
    service has a time limit of its own.
    """

    time_limit_s: float | None = None
    effort: int | None = None
    seed: int = 0
    gap: str | None = None

    @property
    def said(self) -> Row:
        """As requests say it."""
        return {
            name: value for name, value in asdict(self).items() if value is not None
        }


USUAL = Limits()
