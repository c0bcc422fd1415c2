"""Settings of the service: environment variables ``MOVPLAN_*``, each with a default.

Nothing here is secret except ``database_url`` (it may carry a password), ``names_key``,
``secrets_key`` and ``metrics_token``; none is ever logged.
"""

import ipaddress
import os
from pathlib import Path
from typing import Literal

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
    # A plan taken up has what is left of its time limit, and at least this.
    least_time_s: float = Field(default=10, gt=0)
    max_attempts: int = Field(default=5, ge=1)
    solver_niceness: int = Field(default=10, ge=0, le=19)

    # Who reads /metrics shows it; without one only a loopback service has metrics.
    metrics_token: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    # Solves at once on this machine, all workers together; as many as cores if unset.
    max_solves: int | None = Field(default=None, ge=1)
    # Where they are counted; a folder of this machine and user if unset.
    slots_dir: Path | None = None
    # How long jobs, their progress and idempotency keys outlive their plan's end.
    keep_jobs_h: float = Field(default=24, gt=0)
    tidy_s: float = Field(default=900, gt=0)
    # Processes that read what callers send; each may take so long for one body.
    readers: int = Field(default=2, ge=1, le=16)
    read_deadline_s: float = Field(default=30, gt=0)
    # Whether the first of them starts with the service, or with its first caller.
    warm_up: bool = True
    # Seals the secrets of webhooks (as names_key); a file in data_dir if there is none.
    secrets_key: SecretStr | None = None
    webhooks_may_reach_private: bool = False
    # Requests of one key that each API process takes: at once, and then per second.
    rate_burst: int = Field(default=400, ge=1)
    rate_per_s: float = Field(default=100, gt=0)

    @property
    def listens_to_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        return is_loopback(self.host)

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


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
