"""First tables.

Revision 0001, the first. Written once, then frozen: types are plain, whatever the
tables module calls them now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSED = "audit entries are only ever added"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(length=200), nullable=True),
        sa.Column("request_id", sa.String(length=200), nullable=True),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(
        op.f("ix_audit_entry_workspace_id_id"),
        "audit_entry",
        ["workspace_id", "id"],
        unique=False,
    )

    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("home", sa.String(length=200), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("name", name=op.f("uq_workspace_name")),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("scopes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("secret_sha256", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_api_key_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
    )
    op.create_index(
        op.f("ix_api_key_workspace_id"), "api_key", ["workspace_id"], unique=False
    )

    op.create_table(
        "identity",
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.String(length=200), nullable=False),
        sa.Column("key_number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_identity_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", name=op.f("pk_identity")),
    )
    op.create_table(
        "movement_event",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("family_id", sa.String(length=200), nullable=True),
        sa.Column("departure_id", sa.String(length=200), nullable=True),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_movement_event_workspace_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_event")),
    )
    op.create_index(
        op.f("ix_movement_event_workspace_id_id"),
        "movement_event",
        ["workspace_id", "id"],
        unique=False,
    )

    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_notice_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(
        op.f("ix_notice_workspace_id_id"),
        "notice",
        ["workspace_id", "id"],
        unique=False,
    )

    op.create_table(
        "scenario",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(length=200), nullable=True),
        sa.Column("digest", sa.String(length=200), nullable=False),
        sa.Column("aside_sha256", sa.String(length=200), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("set_aside", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["scenario.id"], name=op.f("fk_scenario_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_scenario_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint(
            "workspace_id",
            "digest",
            "aside_sha256",
            name=op.f("uq_scenario_workspace_id_digest_aside_sha256"),
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "name",
            "version",
            name=op.f("uq_scenario_workspace_id_name_version"),
        ),
    )
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("kinds", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_webhook_endpoint_workspace_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    op.create_index(
        op.f("ix_webhook_endpoint_workspace_id"),
        "webhook_endpoint",
        ["workspace_id"],
        unique=False,
    )

    op.create_table(
        "plan",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("scenario_id", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.Column("stop_reason", sa.String(length=200), nullable=True),
        sa.Column("tags", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("limits", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("webhook_url", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.String(length=200), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("failure", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("approval", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["plan.id"], name=op.f("fk_plan_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenario.id"], name=op.f("fk_plan_scenario_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_plan_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_parent_id"), "plan", ["parent_id"], unique=False)
    op.create_index(op.f("ix_plan_scenario_id"), "plan", ["scenario_id"], unique=False)
    op.create_index(
        op.f("ix_plan_workspace_id_id"), "plan", ["workspace_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_plan_workspace_id_status_id"),
        "plan",
        ["workspace_id", "status", "id"],
        unique=False,
    )

    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("notice_id", sa.String(length=200), nullable=False),
        sa.Column("endpoint_id", sa.String(length=200), nullable=True),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoint.id"],
            name=op.f("fk_webhook_delivery_endpoint_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
            name=op.f("fk_webhook_delivery_notice_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
    )
    op.create_index(
        op.f("ix_webhook_delivery_notice_id"),
        "webhook_delivery",
        ["notice_id"],
        unique=False,
    )

    op.create_table(
        "idempotency_key",
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_sha256", sa.String(length=200), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan.id"],
            name=op.f("fk_idempotency_key_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_idempotency_key_workspace_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_table(
        "in_force",
        sa.Column("workspace_id", sa.String(length=200), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_in_force_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_in_force_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_in_force")),
    )
    op.create_table(
        "incumbent",
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("run", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan.id"],
            name=op.f("fk_incumbent_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_incumbent")),
    )
    op.create_table(
        "plan_document",
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=200), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("run", sa.LargeBinary(), nullable=False),
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan.id"],
            name=op.f("fk_plan_document_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_document")),
    )
    op.create_table(
        "webhook_attempt",
        sa.Column("delivery_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["webhook_delivery.id"],
            name=op.f("fk_webhook_attempt_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "delivery_id", "number", name=op.f("pk_webhook_attempt")
        ),
    )

    _make_audit_append_only()


def downgrade() -> None:
    """Back."""
    _drop_audit_triggers()
    op.drop_table("webhook_attempt")
    op.drop_table("plan_document")
    op.drop_table("incumbent")
    op.drop_table("in_force")
    op.drop_table("idempotency_key")
    op.drop_index(op.f("ix_webhook_delivery_notice_id"), table_name="webhook_delivery")

    op.drop_table("webhook_delivery")
    op.drop_index(op.f("ix_plan_workspace_id_status_id"), table_name="plan")
    op.drop_index(op.f("ix_plan_workspace_id_id"), table_name="plan")
    op.drop_index(op.f("ix_plan_scenario_id"), table_name="plan")
    op.drop_index(op.f("ix_plan_parent_id"), table_name="plan")

    op.drop_table("plan")
    op.drop_index(
        op.f("ix_webhook_endpoint_workspace_id"), table_name="webhook_endpoint"
    )

    op.drop_table("webhook_endpoint")
    op.drop_table("scenario")
    op.drop_index(op.f("ix_notice_workspace_id_id"), table_name="notice")

    op.drop_table("notice")
    op.drop_index(
        op.f("ix_movement_event_workspace_id_id"), table_name="movement_event"
    )

    op.drop_table("movement_event")
    op.drop_table("identity")
    op.drop_index(op.f("ix_api_key_workspace_id"), table_name="api_key")

    op.drop_table("api_key")
    op.drop_table("workspace")
    op.drop_table("worker")
    op.drop_index(op.f("ix_audit_entry_workspace_id_id"), table_name="audit_entry")

    op.drop_table("audit_entry")


def _make_audit_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb} BEFORE {verb.upper()} ON audit_entry "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )


def _drop_audit_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_no_update")
        op.execute("DROP TRIGGER audit_no_delete")
        return
    op.execute("DROP TRIGGER audit_append_only ON audit_entry")
    op.execute("DROP FUNCTION audit_is_append_only()")
