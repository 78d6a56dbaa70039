"""Merges of listings by staff, pairs found different, and points of street addresses from an online geocoder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.String(length=16), nullable=False),
        sa.Column("kept_id", sa.String(length=16), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("merged_by", sa.String(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merged_id"], ["listings.id"], name=op.f("fk_merges_merged_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["listings.id"], name=op.f("fk_merges_kept_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_merged_id"), "merges", ["merged_id"])
    op.create_table(
        "different_listings",
        sa.Column("first_id", sa.String(length=16), nullable=False),
        sa.Column("second_id", sa.String(length=16), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["listings.id"], name=op.f("fk_different_listings_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["listings.id"], name=op.f("fk_different_listings_second_id")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_different_listings")),
    )
    op.create_table(
        "street_points",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_street_points")),
    )


def downgrade() -> None:
    op.drop_table("street_points")
    op.drop_table("different_listings")
    op.drop_table("merges")
