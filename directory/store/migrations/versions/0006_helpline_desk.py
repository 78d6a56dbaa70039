"""The helpline desk: call outcomes, answers of places, intake facts, openings, and the counts of weeks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DISCLOSED_TABLES = ("call_outcomes", "place_answers")  # readers hear of them with the next answer


def upgrade() -> None:
    _listing_table(
        "call_outcomes",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("(kind = 'waits') = (days IS NOT NULL)", name=op.f("ck_call_outcomes_days_of_waiting")),
        sa.CheckConstraint("undone_at IS NULL OR decided_at IS NULL", name=op.f("ck_call_outcomes_undone_or_decided")),
    )
    op.create_index("ix_call_outcomes_called_on", "call_outcomes", ["called_on"])
    _listing_table(
        "place_answers",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        *_ended(),
        sa.CheckConstraint("length(statement) > 0", name=op.f("ck_place_answers_something_is_said")),
    )
    _listing_table(
        "intake_facts",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        *_ended(),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_intake_facts_something_is_said")),
    )
    _openings()
    _weeks()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in DISCLOSED_TABLES:
        _move_the_version(table, sqlite=sqlite)


def downgrade() -> None:
    for table in ("week_reports", "week_tallies", "openings", "opening_links", "intake_facts", "place_answers", "call_outcomes"):
        op.drop_table(table)


def _listing_table(name: str, *columns: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f(f"fk_{name}_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_listing_id"), name, ["listing_id"])


def _ended() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True), sa.Column("ended_by", sa.String(), nullable=True)


def _openings() -> None:
    _listing_table(
        "opening_links",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.UniqueConstraint("token_hash", name=op.f("uq_opening_links_token_hash")),
    )
    _listing_table(
        "openings",
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_openings_places_counted")),
        sa.ForeignKeyConstraint(["link_id"], ["opening_links.id"], name=op.f("fk_openings_link_id")),
    )
    op.create_index("ix_openings_told_at", "openings", ["told_at"])


def _weeks() -> None:
    for name, check in (("week_tallies", "number > 0"), ("week_reports", "number >= 11")):
        rule = "number_counted" if name == "week_tallies" else "no_small_cell"
        dimension = "dimension IN ('all', 'need', 'county')"
        extra = [sa.CheckConstraint(dimension, name=op.f(f"ck_{name}_dimension"))] if name == "week_tallies" else []
        op.create_table(
            name,
            sa.Column("week", sa.Date(), nullable=False),
            sa.Column("dimension", sa.String(), nullable=False),
            sa.Column("measure", sa.String(), nullable=False),
            sa.Column("key", sa.String(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.CheckConstraint(check, name=op.f(f"ck_{name}_{rule}")),
            *extra,
            sa.PrimaryKeyConstraint("week", "dimension", "measure", "key", name=op.f(f"pk_{name}")),
        )


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
