"""Corrections by staff: kept beside what sources state, so that the next import cannot undo them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("length(said_by) > 0", name=op.f("ck_overrides_somebody_says_it")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_overrides_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    op.create_index(op.f("ix_overrides_listing_id"), "overrides", ["listing_id"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER overrides_{event.lower()}_moves_disclosure AFTER {event} ON overrides "
                "BEGIN UPDATE disclosure_version SET version = version + 1; END"
            )
    else:
        op.execute(
            "CREATE TRIGGER move_disclosure_version AFTER INSERT OR UPDATE OR DELETE ON overrides "
            "FOR EACH STATEMENT EXECUTE FUNCTION move_disclosure_version()"
        )


def downgrade() -> None:
    op.drop_table("overrides")
