"""The tables of the store, as SQLAlchemy Core sees them; the migrations create them and a test compares both.

A *feed* is one file or address that is imported again and again; a *source* is who states the facts. A *record* is one source
record as one feed hands it on: the same (source, key) may come through two feeds and is then one program.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Written in UTC and read back aware, also from SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant with its zone."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The importer whose words a feed speaks ("samhsa"), and where it was read last.
feeds: Final = Table(
    "feeds",
    metadata,
    Column("name", String, primary_key=True),
    Column("importer", String, nullable=False),
    Column("location", String, nullable=False),
    Column("imported_at", UtcDateTime()),
)

# What each feed states of each source; `own` where the feed is the source's own.
sources: Final = Table(
    "sources",
    metadata,
    Column("feed", ForeignKey("feeds.name"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("own", Boolean, nullable=False),
    Column("payment", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("payment IN ('not_paid', 'unknown')", name="payment"),
)

# Minted ids. They are never deleted and never used again; a merged one redirects.
listings: Final = Table(
    "listings",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("redirect_to", ForeignKey("listings.id")),
    Column("taken_down", Boolean, nullable=False, default=False),
    CheckConstraint("kind IN ('facility', 'meeting', 'helpline')", name="kind"),
)

# `content` is a ListingRecord with exactly one program, as JSON; `number` keeps the order of a source record's programs.
records: Final = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed", ForeignKey("feeds.name"), nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("listing_id", ForeignKey("listings.id"), nullable=False),
    Column("own", Boolean, nullable=False),
    Column("number", Integer, nullable=False),
    Column("match_key", String, nullable=False),
    Column("phone_key", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("content_hash", LargeBinary(16), nullable=False),
    Column("first_seen", UtcDateTime(), nullable=False),
    Column("last_seen", UtcDateTime(), nullable=False),
    Column("retired_on", Date),
    UniqueConstraint("feed", "source", "key"),
    Index(None, "listing_id"),
)

# Who answers a number, as a feed states it.
phone_answers: Final = Table(
    "phone_answers",
    metadata,
    Column("feed", ForeignKey("feeds.name"), primary_key=True),
    Column("number", String, primary_key=True),
    Column("answered_by", String, nullable=False),
    Column("operator_name", String, nullable=False),
    Column("checked_on", Date),
    Column("source_url", String, nullable=False),
    Column("hours", String, nullable=False),
    Column("cost", String, nullable=False),
    Column("payers", Text, nullable=False),  # names, one a line
)

# Append-only: a sponsorship is ended, never deleted. The flat fee is the one compensation that 18 USC 220 leaves open.
sponsorships: Final = Table(
    "sponsorships",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("payer", String, nullable=False),
    Column("compensation", String, nullable=False),
    Column("licence", String, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("source", String, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
    Column("ended_by", String),
    Column("answered_by", String),
    CheckConstraint("answered_by IN ('facility', 'operator')", name="answered_by_the_place"),
    CheckConstraint("compensation = 'flat_fee'", name="flat_fee_only"),
    CheckConstraint("ends_on >= starts_on", name="days_in_order"),
    CheckConstraint("length(payer) > 0", name="payer_named"),
)

# Every change of a paid status or an owner, written by triggers whoever makes it, shown to everyone, only ever added to.
# `before` and `after` are days ("2026-01-01/2026-12-31"), payment terms or owners, by `kind`; `subject` is the payer or source.
public_changes: Final = Table(
    "public_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("kind", String, nullable=False),
    Column("listing_id", ForeignKey("listings.id")),
    Column("subject", String, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    sqlite_autoincrement=True,
)

# One row; triggers move it whenever sponsorships, phone answers, payment terms, hidden fields or withdrawn listings change,
# whoever writes them.
disclosure_version: Final = Table(
    "disclosure_version",
    metadata,
    Column("only_row", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    CheckConstraint("only_row = 1", name="only_row"),
)

# A field that is not public: `staff` sees it, or nobody does. The field "*" is the whole listing.
field_visibility: Final = Table(
    "field_visibility",
    metadata,
    Column("listing_id", ForeignKey("listings.id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("visibility", String, nullable=False),
    CheckConstraint("visibility IN ('public', 'staff', 'hidden')", name="visibility"),
)

# What the publisher has not published yet, in order.
outbox: Final = Table(
    "outbox",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    sqlite_autoincrement=True,
)

import_runs: Final = Table(
    "import_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed", String, nullable=False, index=True),
    Column("importer", String, nullable=False),
    Column("location", String, nullable=False),
    Column("started_at", UtcDateTime(), nullable=False),
    Column("finished_at", UtcDateTime(), nullable=False),
    Column("outcome", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_merged", Integer, nullable=False),
    Column("rows_rejected", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("retired", Integer, nullable=False),
    Column("repairs", JSON, nullable=False),
    Column("unknown_codes", JSON, nullable=False),
    CheckConstraint("outcome IN ('done', 'refused')", name="outcome"),
)

# Records that fit several listings: kept as listings of their own until staff decide.
ambiguous_matches: Final = Table(
    "ambiguous_matches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed", String, nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("listing_id", ForeignKey("listings.id"), nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("noticed_at", UtcDateTime(), nullable=False),
    UniqueConstraint("feed", "source", "key"),
)

# Single values of this store: the secret from which the monthly tie salt is derived, the list of feeds kept up to date.
kept_values: Final = Table(
    "kept_values",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# Who works here. Nobody is deleted: a disabled account keeps its name in the audit log.
staff: Final = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("disabled_at", UtcDateTime()),
    CheckConstraint("role IN ('helpline', 'editor', 'admin')", name="role"),
)

# Hashes only: whoever reads the database cannot use a session of it.
staff_sessions: Final = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("seen_at", UtcDateTime(), nullable=False),
)

# For slowing down guesses; no network address, and forgotten after the throttling window.
failed_logins: Final = Table(
    "failed_logins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login_hash", LargeBinary(32), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

# What staff did, only ever added to.
audit_log: Final = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("login", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Reports of a problem with a listing. A reply address goes when the case closes.
cases: Final = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("reply_address", String, nullable=False),
    Column("from_provider", Boolean, nullable=False),
    Column("opened_at", UtcDateTime(), nullable=False),
    Column("closed_at", UtcDateTime()),
    Column("closed_by", String),
    Column("outcome", Text, nullable=False),
    Column("called_number", String, nullable=False),  # what staff called back to check what a place says of itself
    Column("called_by", String, nullable=False),
    Column("called_at", UtcDateTime()),
    Column("call_confirmed", Boolean),
    CheckConstraint("closed_at IS NULL OR reply_address = ''", name="no_address_after_closing"),
)

# What staff corrected: `field` is one of `directory.duties.correcting.FIELDS`, "phone:" with the number that a source states, or
# "offer:" with a concept; an empty value removes it.
overrides: Final = Table(
    "overrides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("said_by", String, nullable=False),
    Column("set_by", String, nullable=False),
    Column("set_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
    Column("ended_by", String),
    CheckConstraint("length(said_by) > 0", name="somebody_says_it"),
)
