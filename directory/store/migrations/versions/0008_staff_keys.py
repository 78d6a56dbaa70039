"""The keyboard shortcuts of each member of staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_keys",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("command", sa.String(length=12), nullable=False),
        sa.Column("keys", sa.String(length=24), nullable=False),
        sa.CheckConstraint("length(command) <= 12 AND length(keys) <= 24", name=op.f("ck_staff_keys_short")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_keys_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "command", name=op.f("pk_staff_keys")),
    )
