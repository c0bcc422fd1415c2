"""Settings of the service: environment variables ``MOVPLAN_*``, each with a default.

Nothing here is secret except ``database_url`` (it may carry a password) and
``names_key``; neither is ever logged.
"""

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MB = 1_000_000


class Settings(BaseSettings):
    """How one installation runs. Every process of it reads the same settings."""

    model_config = SettingsConfigDict(
        env_prefix="MOVPLAN_", frozen=True, extra="forbid"
    )

    data_dir: Path = Path("movplan-data")
    database_url: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    names_key: SecretStr | None = None

    max_body_bytes: int = Field(default=30 * MB, gt=0)
    max_time_limit_s: float = Field(default=3600, gt=0)
    default_time_limit_s: float = Field(default=60, gt=0)

    poll_s: float = Field(default=0.2, gt=0)
    beat_s: float = Field(default=5, gt=0)
    lost_after_s: float = Field(default=20, gt=0)
    cancel_grace_s: float = Field(default=1.2, gt=0)
    max_attempts: int = Field(default=5, ge=1)
    solver_niceness: int = Field(default=10, ge=0, le=19)

    @property
    def url(self) -> str:
        """The database: PostgreSQL if one is named, else a SQLite file."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'movplan.db').resolve()}"

    def as_environment(self) -> dict[str, str]:
        """The environment for a child process that runs with the same settings."""
        said = self.model_dump(exclude_none=True)
        own = {f"MOVPLAN_{name.upper()}": _plain(value) for name, value in said.items()}
        return {**os.environ, **own}


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
