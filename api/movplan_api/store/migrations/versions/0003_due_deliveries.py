"""An index for the deliveries that are due: workers look for them each second.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NAME = "ix_webhook_delivery_state_next_at"


def upgrade() -> None:
    """Add it."""
    op.create_index(op.f(_NAME), "webhook_delivery", ["state", "next_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f(_NAME), table_name="webhook_delivery")
