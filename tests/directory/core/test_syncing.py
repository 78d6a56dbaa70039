"""The list of feeds: what is due, what one run brings, and that one broken feed never stops the others."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from small_directory import NOW, RECORDS, feed_file

from directory.errors import ImportRefused, StoreUnavailable
from directory.importing import ImportReport, run_import
from directory.store import Store
from directory.syncing import (
    Mark,
    Result,
    ScheduledFeed,
    feed_states,
    look_at,
    schedule,
    scheduled_feeds,
    sync,
    unschedule,
)


def feed(name: str, location: str = "nowhere.json", **stated) -> ScheduledFeed:
    return ScheduledFeed(**{"name": name, "importer": "providers", "location": location, "every_hours": 24} | stated)


def no_look(location: str, before: Mark | None, now: datetime) -> None:
    return None


def due(store: Store, now: datetime) -> list[str]:
    return [state.feed.name for state in feed_states(store) if state.is_due(now)]


@pytest.fixture
def run(empty_store: Store):
    """Import a feed as the command does."""

    def run(feed: ScheduledFeed, now: datetime = NOW) -> ImportReport:
        return run_import(empty_store, feed.importer, feed.location, feed=feed.name, now=now)

    return run


class TestTheList:
    def test_it_is_kept_by_name(self, empty_store):
        schedule(empty_store, feed("b"))
        schedule(empty_store, feed("a"))
        schedule(empty_store, feed("b", every_hours=48))
        assert [(one.name, one.every_hours) for one in scheduled_feeds(empty_store)] == [("a", 24), ("b", 48)]

    def test_a_feed_can_leave_it(self, empty_store):
        schedule(empty_store, feed("a"))
        assert unschedule(empty_store, "a")
        assert not unschedule(empty_store, "a")
        assert scheduled_feeds(empty_store) == ()

    @pytest.mark.parametrize("wrong", [{"importer": "guess"}, {"every_hours": 0}])
    def test_what_nobody_can_read_is_refused(self, wrong):
        with pytest.raises(ImportRefused):
            feed("a", **wrong)


class TestDue:
    def test_a_new_feed_is_due(self, empty_store):
        schedule(empty_store, feed("a"))
        assert due(empty_store, NOW) == ["a"]

    def test_an_imported_feed_is_due_when_its_time_has_passed(self, empty_store, run, tmp_path):
        schedule(empty_store, feed("a", str(feed_file(tmp_path / "a.json"))))
        list(sync(empty_store, scheduled_feeds(empty_store), run=run, look=no_look, now=NOW))
        assert due(empty_store, NOW + timedelta(hours=23)) == []
        assert due(empty_store, NOW + timedelta(hours=25)) == ["a"]

    def test_a_refused_feed_is_tried_again_after_an_hour(self, empty_store, run):
        """A server that is down this morning is asked again before tomorrow, and not every minute."""
        schedule(empty_store, feed("a"))
        list(sync(empty_store, scheduled_feeds(empty_store), run=run, look=no_look, now=NOW))
        assert due(empty_store, NOW + timedelta(minutes=30)) == []
        assert due(empty_store, NOW + timedelta(minutes=61)) == ["a"]


class TestSync:
    def test_one_broken_feed_never_stops_the_others(self, empty_store, run, tmp_path):
        feeds = [feed("a"), feed("b", str(feed_file(tmp_path / "b.json")))]
        outcomes = list(sync(empty_store, feeds, run=run, look=no_look, now=NOW))
        assert [outcome.result for outcome in outcomes] == [Result.REFUSED, Result.IMPORTED]
        assert len(list(empty_store.public_listings())) == len(RECORDS)

    def test_an_importer_that_fails_in_an_unknown_way_is_a_broken_feed(self, empty_store):
        def run(feed: ScheduledFeed) -> ImportReport:
            raise KeyError("surprise")

        (outcome,) = sync(empty_store, [feed("a")], run=run, look=no_look, now=NOW)
        assert (outcome.result, "KeyError" in outcome.reason) == (Result.REFUSED, True)

    def test_without_a_store_there_is_nothing_to_do(self, empty_store):
        def run(feed: ScheduledFeed) -> ImportReport:
            raise StoreUnavailable("gone")

        with pytest.raises(StoreUnavailable):
            list(sync(empty_store, [feed("a")], run=run, look=no_look, now=NOW))

    def test_what_the_server_still_has_is_not_fetched_again(self, empty_store, run, tmp_path):
        """The second look finds the same tag; a new tag is read."""
        location = str(feed_file(tmp_path / "a.json"))
        tags = iter(["one", "one", "two"])

        def look(location: str, before: Mark | None, now: datetime) -> Mark:
            return Mark(looked_at=now, etag=next(tags))

        results = [next(iter(sync(empty_store, [feed("a", location)], run=run, look=look, now=NOW))).result for _ in range(3)]
        assert results == [Result.IMPORTED, Result.UNCHANGED, Result.IMPORTED]


class TestLooking:
    @pytest.fixture
    def address(self):
        """A server on this machine that has one copy, tagged."""

        class Server(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                same = self.headers.get("If-None-Match") == '"one"'
                self.send_response(304 if same else 200)
                self.send_header("ETag", '"one"')
                self.end_headers()

            def log_message(self, *words: object) -> None:
                """Stay quiet."""

        with HTTPServer(("127.0.0.1", 0), Server) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/feed.json"
            server.shutdown()

    def test_a_server_is_asked_whether_its_copy_is_the_same(self, address):
        first = look_at(address, None, NOW)
        later = NOW + timedelta(days=1)
        again = look_at(address, first, later)
        assert first == Mark(looked_at=NOW, etag='"one"')
        assert again == Mark(looked_at=later, etag='"one"')

    @pytest.mark.parametrize("location", ["list.csv", "http://127.0.0.1:1/feed.json", "https://example.org/locator/x"])
    def test_what_cannot_be_asked_is_read(self, location: str, tmp_path: Path):
        assert look_at(location, None, NOW) is None
