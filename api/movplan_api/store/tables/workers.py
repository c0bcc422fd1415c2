"""Workers: the processes that solve, and whether they are alive."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from movplan_api.store.tables.base import Base


class Worker(Base):
    """One worker process; its id is its executor's id in the engine.

    ``beats`` only ever grows: others watch it by their own clocks, so no two machines
    need the same time. ``home`` names the machine and its process numbers.
    """

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(primary_key=True)
    home: Mapped[str]
    pid: Mapped[int]
    version: Mapped[str]
    started_at: Mapped[datetime]
    beats: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime]
    lost_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
