"""Studies and their variants.

Revision 0002 after 0001. Frozen: types are plain, whatever the tables call them now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NAME = sa.String(length=200)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "study",
        sa.Column("id", _NAME, nullable=False),
        sa.Column("workspace_id", _NAME, nullable=False),
        sa.Column("scenario_id", _NAME, nullable=False),
        sa.Column("name", _NAME, nullable=False),
        sa.Column("status", _NAME, nullable=False),
        sa.Column("limits", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", _NAME, nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_study_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenario.id"],
            name=op.f("fk_study_scenario_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
    )
    op.create_index(op.f("ix_study_scenario_id"), "study", ["scenario_id"])
    op.create_index(op.f("ix_study_workspace_id_id"), "study", ["workspace_id", "id"])
    op.create_table(
        "study_variant",
        sa.Column("study_id", _NAME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", _NAME, nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("plan_id", _NAME, nullable=True),
        sa.Column("issues", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["study_id"],
            ["study.id"],
            name=op.f("fk_study_variant_study_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan.id"],
            name=op.f("fk_study_variant_plan_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("study_id", "number", name=op.f("pk_study_variant")),
    )
    op.create_index(op.f("ix_study_variant_plan_id"), "study_variant", ["plan_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("study_variant")
    op.drop_table("study")
