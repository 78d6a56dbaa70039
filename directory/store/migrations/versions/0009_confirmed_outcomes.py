"""The few call outcomes that an editor confirmed are found without reading all."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_call_outcomes_confirmed", "call_outcomes", ["confirmed"])


def downgrade() -> None:
    op.drop_index("ix_call_outcomes_confirmed", "call_outcomes")
