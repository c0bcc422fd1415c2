"""Names and document numbers: encrypted, apart from scenarios, purged alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from movplan_api.store.tables.base import Base


class Identity(Base):
    """What one member is called, sealed with the key of that number."""

    __tablename__ = "identity"

    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspace.id"), primary_key=True
    )
    member_id: Mapped[str] = mapped_column(primary_key=True)
    key_number: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime]
