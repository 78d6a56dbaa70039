"""Listings, records and their provenance; disclosure facts with their version; outbox, runs and questions to staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A change of any of these, or a listing withdrawn, is a change of what must be disclosed or kept back, whoever makes it.
DISCLOSED_TABLES = ("sponsorships", "phone_answers", "sources", "field_visibility")
FIXED_SPONSORSHIP_COLUMNS = (
    "id",
    "listing_id",
    "payer",
    "compensation",
    "licence",
    "starts_on",
    "ends_on",
    "source",
    "recorded_by",
    "recorded_at",
)


def upgrade() -> None:
    _feeds_and_their_runs()
    _listings()
    _what_feeds_state()
    _sponsorships()
    op.execute("INSERT INTO disclosure_version (only_row, version) VALUES (1, 1)")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _feeds_and_their_runs() -> None:
    op.create_table(
        "disclosure_version",
        sa.Column("only_row", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("only_row = 1", name=op.f("ck_disclosure_version_only_row")),
        sa.PrimaryKeyConstraint("only_row", name=op.f("pk_disclosure_version")),
    )
    op.create_table(
        "feeds",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("importer", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_feeds")),
    )
    op.create_table(
        "import_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("importer", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_merged", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Integer(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("unknown_codes", sa.JSON(), nullable=False),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name=op.f("ck_import_runs_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
    )
    op.create_index(op.f("ix_import_runs_feed"), "import_runs", ["feed"], unique=False)
    op.create_table(
        "kept_values",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_kept_values")),
    )


def _listings() -> None:
    op.create_table(
        "listings",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redirect_to", sa.String(length=16), nullable=True),
        sa.Column("taken_down", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('facility', 'meeting', 'helpline')", name=op.f("ck_listings_kind")),
        sa.ForeignKeyConstraint(["redirect_to"], ["listings.id"], name=op.f("fk_listings_redirect_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
    )
    op.create_table(
        "ambiguous_matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_ambiguous_matches_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambiguous_matches")),
        sa.UniqueConstraint("feed", "source", "key", name=op.f("uq_ambiguous_matches_feed_source_key")),
    )
    op.create_table(
        "field_visibility",
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.CheckConstraint("visibility IN ('public', 'staff', 'hidden')", name=op.f("ck_field_visibility_visibility")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_field_visibility_listing_id")),
        sa.PrimaryKeyConstraint("listing_id", "field", name=op.f("pk_field_visibility")),
    )
    op.create_table(
        "outbox",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_outbox_listing_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )


def _what_feeds_state() -> None:
    op.create_table(
        "phone_answers",
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("operator_name", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("cost", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feeds.name"], name=op.f("fk_phone_answers_feed")),
        sa.PrimaryKeyConstraint("feed", "number", name=op.f("pk_phone_answers")),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("phone_key", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["feed"], ["feeds.name"], name=op.f("fk_records_feed")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_records_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("feed", "source", "key", name=op.f("uq_records_feed_source_key")),
    )
    op.create_index(op.f("ix_records_listing_id"), "records", ["listing_id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("payment", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("payment IN ('not_paid', 'unknown')", name=op.f("ck_sources_payment")),
        sa.ForeignKeyConstraint(["feed"], ["feeds.name"], name=op.f("fk_sources_feed")),
        sa.PrimaryKeyConstraint("feed", "name", name=op.f("pk_sources")),
    )


def _sponsorships() -> None:
    op.create_table(
        "sponsorships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("compensation", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("compensation = 'flat_fee'", name=op.f("ck_sponsorships_flat_fee_only")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_sponsorships_days_in_order")),
        sa.CheckConstraint("length(payer) > 0", name=op.f("ck_sponsorships_payer_named")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_sponsorships_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsorships")),
    )
    op.create_index(op.f("ix_sponsorships_listing_id"), "sponsorships", ["listing_id"], unique=False)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in (*DISCLOSED_TABLES, "listings"):
            op.execute(f"DROP TRIGGER move_disclosure_version ON {table}")
        op.execute("DROP TRIGGER keep_sponsorships ON sponsorships")
        op.execute("DROP FUNCTION move_disclosure_version()")
        op.execute("DROP FUNCTION keep_sponsorships()")
    op.drop_index(op.f("ix_sponsorships_listing_id"), table_name="sponsorships")
    op.drop_table("sponsorships")
    op.drop_table("sources")
    op.drop_index(op.f("ix_records_listing_id"), table_name="records")
    op.drop_table("records")
    op.drop_table("phone_answers")
    op.drop_table("outbox")
    op.drop_table("field_visibility")
    op.drop_table("ambiguous_matches")
    op.drop_table("listings")
    op.drop_table("kept_values")
    op.drop_index(op.f("ix_import_runs_feed"), table_name="import_runs")
    op.drop_table("import_runs")
    op.drop_table("feeds")
    op.drop_table("disclosure_version")


def _sqlite_triggers() -> None:
    for table in DISCLOSED_TABLES:
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{event.lower()}_moves_disclosure AFTER {event} ON {table} "
                "BEGIN UPDATE disclosure_version SET version = version + 1; END"
            )
    op.execute(
        "CREATE TRIGGER listings_withdrawal_moves_disclosure AFTER UPDATE OF taken_down, redirect_to ON listings "
        "BEGIN UPDATE disclosure_version SET version = version + 1; END"
    )
    op.execute(
        "CREATE TRIGGER sponsorships_are_not_deleted BEFORE DELETE ON sponsorships "
        "BEGIN SELECT RAISE(ABORT, 'a sponsorship is ended, never deleted'); END"
    )
    op.execute(
        f"CREATE TRIGGER sponsorships_are_not_rewritten BEFORE UPDATE OF {', '.join(FIXED_SPONSORSHIP_COLUMNS)} "
        "ON sponsorships BEGIN SELECT RAISE(ABORT, 'a sponsorship is ended, never rewritten'); END"
    )


def _postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION move_disclosure_version() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN UPDATE disclosure_version SET version = version + 1; RETURN NULL; END $$"
    )
    for table in DISCLOSED_TABLES:
        op.execute(
            f"CREATE TRIGGER move_disclosure_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION move_disclosure_version()"
        )
    op.execute(
        "CREATE TRIGGER move_disclosure_version AFTER UPDATE OF taken_down, redirect_to ON listings "
        "FOR EACH STATEMENT EXECUTE FUNCTION move_disclosure_version()"
    )
    op.execute(
        "CREATE FUNCTION keep_sponsorships() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a sponsorship is ended, never deleted or rewritten'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER keep_sponsorships BEFORE DELETE OR UPDATE OF {', '.join(FIXED_SPONSORSHIP_COLUMNS)} "
        "ON sponsorships FOR EACH ROW EXECUTE FUNCTION keep_sponsorships()"
    )
