"""Who answers a sponsor's phone; sponsorships stay ended; the append-only public change log, written by the database itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ENDING_COLUMNS = "ended_at, ended_by"
CHANGE_COLUMNS = "at, kind, listing_id, subject, before, after"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE sponsorships ADD COLUMN answered_by VARCHAR "
        "CONSTRAINT ck_sponsorships_answered_by_the_place CHECK (answered_by IN ('facility', 'operator'))"
    )
    op.create_table(
        "public_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_public_changes_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_changes")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("who_answers_is_not_rewritten", "end_stands", "recorded_is_logged", "ended_is_logged"):
            op.execute(f"DROP TRIGGER sponsorships_{trigger}")
        op.execute("DROP TRIGGER sources_terms_are_logged")
        op.execute("DROP TRIGGER records_owner_is_logged")
    else:
        for table, trigger in (
            ("sponsorships", "keep_ends"), ("sponsorships", "log_sponsorships"), ("sources", "log_terms"),
            ("records", "log_owner"), ("public_changes", "keep_public_changes"),
        ):
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
            op.execute(f"DROP FUNCTION {trigger}()")
    op.drop_table("public_changes")
    op.execute("ALTER TABLE sponsorships DROP COLUMN answered_by")


def _sqlite_triggers() -> None:
    op.execute(
        "CREATE TRIGGER sponsorships_who_answers_is_not_rewritten BEFORE UPDATE OF answered_by ON sponsorships "
        "BEGIN SELECT RAISE(ABORT, 'a sponsorship is ended, never rewritten'); END"
    )
    op.execute(
        f"CREATE TRIGGER sponsorships_end_stands BEFORE UPDATE OF {ENDING_COLUMNS} ON sponsorships "
        "WHEN OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NOT OLD.ended_at OR NEW.ended_by IS NOT OLD.ended_by) "
        "BEGIN SELECT RAISE(ABORT, 'a sponsorship that has ended never begins again'); END"
    )
    op.execute(
        f"CREATE TRIGGER sponsorships_recorded_is_logged AFTER INSERT ON sponsorships BEGIN "
        f"INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES (NEW.recorded_at, 'sponsorship_recorded', NEW.listing_id, "
        "NEW.payer, '', NEW.starts_on || '/' || NEW.ends_on); END"
    )
    op.execute(
        f"CREATE TRIGGER sponsorships_ended_is_logged AFTER UPDATE OF ended_at ON sponsorships "
        f"WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL BEGIN "
        f"INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES (NEW.ended_at, 'sponsorship_ended', NEW.listing_id, "
        "NEW.payer, NEW.starts_on || '/' || NEW.ends_on, ''); END"
    )
    op.execute(
        "CREATE TRIGGER sources_terms_are_logged AFTER UPDATE OF payment ON sources WHEN OLD.payment <> NEW.payment BEGIN "
        f"INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000', "
        "'source_terms', NULL, NEW.name, OLD.payment, NEW.payment); END"
    )
    owner = "coalesce(json_extract(CAST({0}.content AS TEXT), '$.operator'), '')"
    before, after = owner.format("OLD"), owner.format("NEW")
    op.execute(
        "CREATE TRIGGER records_owner_is_logged AFTER UPDATE OF content ON records "
        f"WHEN OLD.content <> NEW.content AND {before} <> {after} BEGIN "
        f"INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES (NEW.last_seen, 'owner', NEW.listing_id, NEW.source, "
        f"{before}, {after}); END"
    )
    for event in ("DELETE", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER public_changes_refuse_{event.lower()} BEFORE {event} ON public_changes "
            "BEGIN SELECT RAISE(ABORT, 'the public change log is only ever added to'); END"
        )


def _postgresql_triggers() -> None:
    _postgresql(
        "keep_ends",
        "IF OLD.ended_at IS NOT NULL AND (NEW.ended_at IS DISTINCT FROM OLD.ended_at "
        "OR NEW.ended_by IS DISTINCT FROM OLD.ended_by) "
        "THEN RAISE EXCEPTION 'a sponsorship that has ended never begins again'; END IF; "
        "IF NEW.answered_by IS DISTINCT FROM OLD.answered_by "
        "THEN RAISE EXCEPTION 'a sponsorship is ended, never rewritten'; END IF; RETURN NEW;",
        "BEFORE UPDATE ON sponsorships",
    )
    _postgresql(
        "log_sponsorships",
        "IF TG_OP = 'INSERT' THEN "
        f"INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES (NEW.recorded_at, 'sponsorship_recorded', NEW.listing_id, "
        "NEW.payer, '', NEW.starts_on || '/' || NEW.ends_on); "
        "ELSIF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN "
        f"INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES (NEW.ended_at, 'sponsorship_ended', NEW.listing_id, "
        "NEW.payer, NEW.starts_on || '/' || NEW.ends_on, ''); END IF; RETURN NULL;",
        "AFTER INSERT OR UPDATE ON sponsorships",
    )
    _postgresql(
        "log_terms",
        f"IF OLD.payment <> NEW.payment THEN INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES "
        "(now(), 'source_terms', NULL, NEW.name, OLD.payment, NEW.payment); END IF; RETURN NULL;",
        "AFTER UPDATE OF payment ON sources",
    )
    owner = "coalesce(convert_from({0}.content, 'UTF8')::json ->> 'operator', '')"
    before, after = owner.format("OLD"), owner.format("NEW")
    _postgresql(
        "log_owner",
        f"IF OLD.content <> NEW.content AND {before} <> {after} THEN INSERT INTO public_changes ({CHANGE_COLUMNS}) VALUES "
        f"(NEW.last_seen, 'owner', NEW.listing_id, NEW.source, {before}, {after}); END IF; RETURN NULL;",
        "AFTER UPDATE OF content ON records",
    )
    _postgresql(
        "keep_public_changes",
        "RAISE EXCEPTION 'the public change log is only ever added to';",
        "BEFORE UPDATE OR DELETE ON public_changes",
    )


def _postgresql(name: str, body: str, when: str) -> None:
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")
