"""The tables of the helpline desk.

Each row hangs on a listing, a link of a listing, or a whole week. A test names every column: one that could hold who called, what
they said or where they are does not get in unnoticed.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from directory.store.tables import UtcDateTime, metadata

# What came of a call by our staff to a number of a listing. `called_on` is the operator's own day; `days` is a waiting time.
# `decided_at` and `confirmed` are an editor's word on what stays internal until then.
call_outcomes: Final = Table(
    "call_outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False),
    Column("number", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("days", Integer),
    Column("called_on", Date, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("recorded_at", UtcDateTime(), nullable=False),
    Column("undone_at", UtcDateTime()),
    Column("decided_by", String),
    Column("decided_at", UtcDateTime()),
    Column("confirmed", Boolean),
    CheckConstraint("(kind = 'waits') = (days IS NOT NULL)", name="days_of_waiting"),
    CheckConstraint("undone_at IS NULL OR decided_at IS NULL", name="undone_or_decided"),
    Index(None, "listing_id"),
    Index("ix_call_outcomes_called_on", "called_on"),
    Index("ix_call_outcomes_confirmed", "confirmed"),  # the few that an editor confirmed
)

# What a place answers to what we say of our calls, told by staff or through its own link; public once an editor publishes it.
place_answers: Final = Table(
    "place_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("statement", Text, nullable=False),
    Column("told_by", String, nullable=False),
    Column("told_at", UtcDateTime(), nullable=False),
    Column("told_on", Date, nullable=False),
    Column("published_at", UtcDateTime()),
    Column("published_by", String),
    Column("ended_at", UtcDateTime()),
    Column("ended_by", String),
    CheckConstraint("length(statement) > 0", name="something_is_said"),
)

# What the desk knows of a place for its own use; each ends on its day, or when somebody takes it away.
intake_facts: Final = Table(
    "intake_facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("set_by", String, nullable=False),
    Column("set_at", UtcDateTime(), nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("ended_at", UtcDateTime()),
    Column("ended_by", String),
    CheckConstraint("length(text) > 0", name="something_is_said"),
)

# The private address under which a place tells its openings; a hash alone, so that the database cannot be used to write there.
opening_links: Final = Table(
    "opening_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("made_by", String, nullable=False),
    Column("made_at", UtcDateTime(), nullable=False),
    Column("revoked_at", UtcDateTime()),
    Column("revoked_by", String),
)

# How many places are free, told by staff (`told_by`) or through a link of the place itself.
openings: Final = Table(
    "openings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False),
    Column("places", Integer, nullable=False),
    Column("told_by", String, nullable=False),
    Column("link_id", ForeignKey("opening_links.id")),
    Column("told_at", UtcDateTime(), nullable=False),
    CheckConstraint("places >= 0", name="places_counted"),
    Index(None, "listing_id"),
    Index("ix_openings_told_at", "told_at"),
)

# The counts of a week that is not over: gone when its report is written. One dimension a row, so that nothing can be joined.
week_tallies: Final = Table(
    "week_tallies",
    metadata,
    Column("week", Date, primary_key=True),
    Column("dimension", String, primary_key=True),
    Column("measure", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("number", Integer, nullable=False),
    CheckConstraint("dimension IN ('all', 'need', 'county')", name="dimension"),
    CheckConstraint("number > 0", name="number_counted"),
)

# What a report says of a week that is over. The database itself refuses a small cell.
week_reports: Final = Table(
    "week_reports",
    metadata,
    Column("week", Date, primary_key=True),
    Column("dimension", String, primary_key=True),
    Column("measure", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("number", Integer, nullable=False),
    CheckConstraint("number >= 11", name="no_small_cell"),
)
