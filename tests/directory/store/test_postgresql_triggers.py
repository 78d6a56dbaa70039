"""What SQLite's triggers promise of sponsorships and logs, PostgreSQL's promise too; and a copy over PostgreSQL answers."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from store_factory import NOW, place

from directory.asking.query import SearchQuery
from directory.duties.correcting import correct
from directory.lookup import Lookup
from directory.publish import Publisher
from directory.settings import Settings
from directory.store import Store
from directory.store.disclosed.changes import latest_changes
from directory.store.facts import ChangeKind
from directory.store.staff import write_audit
from directory.store.tables import audit_log, public_changes, sponsorships
from index.engine.whoosh_engine import WhooshEngine
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary

POSTGRES = os.environ.get("DIRECTORY_TEST_POSTGRES_URL", "")
pytestmark = pytest.mark.skipif(not POSTGRES, reason="DIRECTORY_TEST_POSTGRES_URL names no database")


@pytest.fixture
def store():
    opened = Store(POSTGRES)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def paid(store, bring_in) -> str:
    """The id of a listing that somebody pays for."""
    bring_in(place("Cedar House"))
    (listing,) = store.public_listings()
    values = {"payer": "Example Payer Inc", "compensation": "flat_fee", "licence": "CO 1", "answered_by": "facility"}
    values |= {"source": "", "recorded_by": "editor", "recorded_at": NOW}
    days = {"starts_on": date(2026, 11, 1), "ends_on": date.max}
    with store.writing() as connection:
        connection.execute(insert(sponsorships).values(listing_id=listing.id, **values, **days))
    return listing.id


def kinds(store) -> list[ChangeKind]:
    with store.reading() as connection:
        return [change.kind for change in latest_changes(connection, 10)]


def refuses(store, statement, words: str) -> None:
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match=words):
        connection.execute(statement)


def test_changes_are_logged(store, bring_in, paid):
    """Recording, ending and a new owner, whoever writes them."""
    with store.writing() as connection:
        connection.execute(update(sponsorships).values(ended_at=NOW, ended_by="editor"))
    bring_in(place("Cedar House", operator="Example Owner"))

    assert kinds(store) == [ChangeKind.OWNER, ChangeKind.SPONSORSHIP_ENDED, ChangeKind.SPONSORSHIP_RECORDED]


def test_nothing_is_taken_back(store, paid):
    """Neither a sponsorship nor its end, nor a line of a log."""
    with store.writing() as connection:
        write_audit(connection, NOW, "editor", "test")
        connection.execute(update(sponsorships).values(ended_at=NOW, ended_by="editor"))

    refuses(store, delete(sponsorships), "never deleted")
    refuses(store, update(sponsorships).values(answered_by="operator"), "never rewritten")
    refuses(store, update(sponsorships).values(ended_at=None), "never begins again")
    refuses(store, delete(public_changes), "only ever added to")
    refuses(store, update(audit_log).values(login="nobody"), "only ever added to")


def test_a_zero_byte_is_only_a_letter(store):
    """PostgreSQL refuses it in text: an address or a form that holds one must be no outage."""
    assert store.redirect_of("no\0listing") is None
    assert store.public_listings_by_id(["\0"]) == {}
    with store.writing() as connection:
        write_audit(connection, NOW, "edi\0tor", "test")
        assert connection.execute(select(audit_log.c.login)).scalar_one() == "edi\ufffdtor"


def test_the_version_moves_with_a_sponsorship(store, paid):
    """Every worker sees it on its next request."""
    before = store.disclosure_version()
    with store.writing() as connection:
        connection.execute(update(sponsorships).values(ended_at=NOW, ended_by="editor"))
    assert store.disclosure_version() > before


def test_what_is_stored_there_is_published_and_found(store, paid, tmp_path):
    """From an import over a correction to the answer, with who pays."""
    (listing,) = store.public_listings()
    correct(store, listing.id, "name", "Cedar Recovery House", said_by="Called the front desk", by="editor", now=NOW)
    Publisher(store, tmp_path / "index", Vocabulary.load()).publish()
    settings = Settings(home=tmp_path, database_url=POSTGRES, secret_key="s" * 16)
    lookup = Lookup(WhooshEngine(tmp_path / "index"), store, Vocabulary.load(), Gazetteer.load(), settings)
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    (row,) = lookup.search(SearchQuery(name="cedar recovery"), now=now).rows
    assert (row.card.listing.name, row.card.disclosure.payer) == ("Cedar Recovery House", "Example Payer Inc")
    with store.writing() as connection:
        connection.execute(update(sponsorships).values(ended_at=NOW, ended_by="editor"))
    (row,) = lookup.search(SearchQuery(name="cedar recovery"), now=now).rows
    assert row.card.disclosure.payer is None
