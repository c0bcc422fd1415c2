"""The time a plan's runs have searched; names of requests that made studies.

Revision 0004 after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAME = sa.String(length=200)


def upgrade() -> None:
    """Forward."""
    op.add_column(
        "plan", sa.Column("spent_s", sa.Double(), server_default="0", nullable=False)
    )
    # SQLite changes a column only by copying its table, which this does there.
    with op.batch_alter_table("idempotency_key") as table:
        table.alter_column("plan_id", existing_type=_NAME, nullable=True)
        table.add_column(sa.Column("study_id", _NAME, nullable=True))
        table.create_foreign_key(
            op.f("fk_idempotency_key_study_id"),
            "study",
            ["study_id"],
            ["id"],
            ondelete="CASCADE",
        )


def downgrade() -> None:
    """Back; names of requests that made studies are forgotten."""
    op.execute("DELETE FROM idempotency_key WHERE plan_id IS NULL")
    with op.batch_alter_table("idempotency_key") as table:
        table.drop_constraint(op.f("fk_idempotency_key_study_id"), type_="foreignkey")
        table.drop_column("study_id")
        table.alter_column("plan_id", existing_type=_NAME, nullable=False)
    op.drop_column("plan", "spent_s")
