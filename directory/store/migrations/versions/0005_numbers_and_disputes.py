"""Who pays for a line, who answers a number as staff established it, disputed facts, and the call back to a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DISCLOSED_TABLES = ("established_answers", "disputes")


def upgrade() -> None:
    op.add_column("phone_answers", sa.Column("payers", sa.Text(), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("called_number", sa.String(), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("called_by", sa.String(), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("call_confirmed", sa.Boolean(), nullable=True))
    op.create_table(
        "established_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("operator_name", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("cost", sa.String(), nullable=False),
        sa.Column("payers", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "answered_by <> 'paid_advertisers' OR (payers <> '' AND source_url <> '')",
            name=op.f("ck_established_answers_payers_named"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_established_answers")),
    )
    op.create_index(op.f("ix_established_answers_number"), "established_answers", ["number"])
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("length(statement) > 0", name=op.f("ck_disputes_something_is_said")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_disputes_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
    )
    op.create_index(op.f("ix_disputes_listing_id"), "disputes", ["listing_id"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in DISCLOSED_TABLES:
        _move_the_version(table, sqlite=sqlite)


def downgrade() -> None:
    op.drop_table("disputes")
    op.drop_table("established_answers")
    for column in ("called_number", "called_by", "called_at", "call_confirmed"):
        op.execute(f"ALTER TABLE cases DROP COLUMN {column}")
    op.execute("ALTER TABLE phone_answers DROP COLUMN payers")


def _move_the_version(table: str, *, sqlite: bool) -> None:
    if not sqlite:
        op.execute(
            f"CREATE TRIGGER move_disclosure_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION move_disclosure_version()"
        )
        return
    for event in ("INSERT", "UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_{event.lower()}_moves_disclosure AFTER {event} ON {table} "
            "BEGIN UPDATE disclosure_version SET version = version + 1; END"
        )
