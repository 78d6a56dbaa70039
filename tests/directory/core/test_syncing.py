"""The list of feeds: what is due, what one run brings, and that one broken feed never stops the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec
import pytest
from outbox import forget_outbox
from small_directory import NOW, RECORDS, feed_file

from directory.errors import ImportRefused, StoreUnavailable
from directory.feeds.fetching import TRIES, FeedUnchanged, fetch
from directory.feeds.importing import ImportReport, run_import
from directory.feeds.importing_files import opened
from directory.feeds.syncing import (
    Result,
    ScheduledFeed,
    UnknownFeed,
    ask_for,
    feed_states,
    pause,
    schedule,
    scheduled_feeds,
    sync,
    unschedule,
)
from directory.store import Store
from directory.store.facts import Outcome
from directory.store.feeds.marks import Mark, marks


def feed(name: str, location: str = "nowhere.json", **stated) -> ScheduledFeed:
    return ScheduledFeed(**{"name": name, "importer": "providers", "location": location, "every_hours": 24} | stated)


def due(store: Store, now: datetime) -> list[str]:
    return [state.feed.name for state in feed_states(store) if state.is_due(now)]


@pytest.fixture
def run(empty_store: Store):
    """Import a feed as the command does."""

    def run(feed: ScheduledFeed, unless: Mark | None, now: datetime = NOW) -> ImportReport:
        return run_import(empty_store, feed.importer, feed.location, feed=feed.name, now=now, unless=unless)

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
        list(sync(empty_store, scheduled_feeds(empty_store), run=run, now=NOW))
        assert due(empty_store, NOW + timedelta(hours=23)) == []
        assert due(empty_store, NOW + timedelta(hours=25)) == ["a"]

    def test_a_refused_feed_is_tried_again_after_an_hour(self, empty_store, run):
        """A server that is down this morning is asked again before tomorrow, and not every minute."""
        schedule(empty_store, feed("a"))
        list(sync(empty_store, scheduled_feeds(empty_store), run=run, now=NOW))
        assert due(empty_store, NOW + timedelta(minutes=30)) == []
        assert due(empty_store, NOW + timedelta(minutes=61)) == ["a"]

    def test_a_paused_feed_rests(self, empty_store):
        schedule(empty_store, feed("a"))
        pause(empty_store, "a", paused=True)
        assert due(empty_store, NOW) == []
        pause(empty_store, "a", paused=False)
        assert due(empty_store, NOW) == ["a"]

    def test_what_staff_ask_for_is_due_once(self, empty_store, run, tmp_path):
        """Also a paused one, and long before its hours are over."""
        schedule(empty_store, feed("a", str(feed_file(tmp_path / "a.json")), paused=True))
        ask_for(empty_store, "a", NOW)
        assert due(empty_store, NOW) == ["a"]
        list(sync(empty_store, scheduled_feeds(empty_store), run=run, now=NOW + timedelta(minutes=1)))
        assert due(empty_store, NOW + timedelta(days=9)) == []

    def test_a_feed_of_no_list_cannot_be_asked_for(self, empty_store):
        with pytest.raises(UnknownFeed):
            ask_for(empty_store, "nobody", NOW)


class TestSync:
    def test_one_broken_feed_never_stops_the_others(self, empty_store, run, tmp_path):
        feeds = [feed("a"), feed("b", str(feed_file(tmp_path / "b.json")))]
        outcomes = list(sync(empty_store, feeds, run=run, now=NOW))
        assert [outcome.result for outcome in outcomes] == [Result.REFUSED, Result.IMPORTED]
        assert len(list(empty_store.public_listings())) == len(RECORDS)

    def test_an_importer_that_fails_in_an_unknown_way_is_a_broken_feed(self, empty_store):
        """Staff find it on record."""

        def run(feed: ScheduledFeed, unless: Mark | None) -> ImportReport:
            raise KeyError("surprise")

        (outcome,) = sync(empty_store, [feed("a")], run=run, now=NOW)
        (noted,) = empty_store.last_import_runs()
        assert (outcome.result, "KeyError" in outcome.reason) == (Result.REFUSED, True)
        assert (noted.feed, noted.outcome, noted.reason) == ("a", Outcome.REFUSED, outcome.reason)

    def test_without_a_store_there_is_nothing_to_do(self, empty_store):
        def run(feed: ScheduledFeed, unless: Mark | None) -> ImportReport:
            raise StoreUnavailable("gone")

        with pytest.raises(StoreUnavailable):
            list(sync(empty_store, [feed("a")], run=run, now=NOW))


class Server:
    """A server of this machine with one feed: what it answers next, and which headers it was asked with."""

    def __init__(self, body: bytes) -> None:
        self.body, self.tag = body, '"one"'
        self.failures: list[tuple[int, str]] = []
        self.asked: list[str | None] = []


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    held = Server(feed_file(tmp_path / "served.json").read_bytes())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            condition = self.headers.get("If-None-Match")
            held.asked.append(condition)
            status, header = held.failures.pop(0) if held.failures else (304 if condition == held.tag else 200, "")
            self.send_response(status)
            self.send_header("ETag", held.tag)
            if header:
                self.send_header(*header.split(": "))
            self.end_headers()
            if status == 200:
                self.wfile.write(held.body)

        def log_message(self, *words: object) -> None:
            """Stay quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        held.address = f"http://127.0.0.1:{listening.server_port}/feed.json"
        yield held
        listening.shutdown()


class TestConditions:
    def one(self, store: Store, run, server: Server, at: datetime) -> Result:
        def timed(feed: ScheduledFeed, unless: Mark | None) -> ImportReport:
            return run(feed, unless, at)

        (outcome,) = sync(store, [feed("a", server.address)], run=timed, now=at)
        return outcome.result

    def test_what_the_server_still_has_is_not_read_again(self, empty_store, run, server):
        """The second question names the tag of the first answer; another copy is read."""
        results = [self.one(empty_store, run, server, NOW) for _ in range(2)]
        server.tag = '"two"'
        results.append(self.one(empty_store, run, server, NOW))
        assert results == [Result.IMPORTED, Result.UNCHANGED, Result.IMPORTED]
        assert server.asked == [None, '"one"', '"one"']

    def test_a_copy_that_was_refused_is_read_again(self, empty_store, run, server):
        """Its tag names nothing that is stored."""
        server.body, sound = b"{}", server.body
        assert self.one(empty_store, run, server, NOW) is Result.REFUSED
        server.body = sound
        assert self.one(empty_store, run, server, NOW) is Result.IMPORTED
        assert server.asked == [None, None]

    def test_an_unchanged_list_does_not_grow_old(self, empty_store, run, server):
        """Asked every week, it is of a day less than a month ago; the publisher hears of it no more often than that."""
        row = {"slug": "one", "name": "Sunrise Group", "day": 1, "time": "19:30", "address": "12 Elm Street"}
        server.body = msgspec.json.encode([row | {"city": "Monument", "state": "CO", "postal_code": "80132"}])
        heard = []
        for days in range(0, 64, 7):
            at = NOW + timedelta(days=days)
            list(
                sync(
                    empty_store,
                    [feed("a", server.address, importer="meeting-guide")],
                    run=lambda one, unless, at=at: run(one, unless, at),
                    now=at,
                )
            )
            heard += [days] * forget_outbox(empty_store)
        (listing,) = empty_store.public_listings()
        assert listing.programs[0].source.retrieved_on == (NOW + timedelta(days=35)).date()
        assert heard == [0, 35]

    def test_a_new_schedule_reads_anew(self, empty_store, run, server):
        """What is said of the feed may have changed."""
        self.one(empty_store, run, server, NOW)
        schedule(empty_store, feed("a", server.address))
        with empty_store.reading() as connection:
            assert marks(connection) == {}


class TestFetching:
    def test_a_server_that_stumbles_is_tried_again(self, server):
        """Longer each time, or as long as it asks for."""
        server.failures = [(503, ""), (429, "Retry-After: 7")]
        rests: list[float] = []
        with fetch(server.address, {}, rests.append).body as body:
            body.seek(0)
            assert body.read() == server.body
        assert rests == [2.0, 7.0]

    def test_a_body_that_was_cut_off_is_asked_for_again(self, server):
        """A list that lost its tail would look as if those rows had been withdrawn."""
        server.failures = [(200, "Content-Length: 9999999")]
        with fetch(server.address, {}, lambda seconds: None).body as body:
            body.seek(0)
            assert body.read() == server.body
        assert len(server.asked) == 2

    def test_nobody_waits_for_an_hour(self, server):
        server.failures = [(503, "Retry-After: 3600")]
        rests: list[float] = []
        fetch(server.address, {}, rests.append).body.close()
        assert rests == [60.0]

    @pytest.mark.parametrize(("status", "tries"), [(503, TRIES), (404, 1), (403, 1)])
    def test_what_will_not_change_is_not_asked_twice(self, server, status, tries):
        server.failures = [(status, "")] * TRIES
        with pytest.raises(ImportRefused, match=str(status)):
            fetch(server.address, {}, lambda seconds: None)
        assert len(server.asked) == tries

    def test_it_follows_no_redirect_out_of_the_web(self, server, tmp_path):
        """A server cannot make this program read its own files."""
        secret = tmp_path / "secret"
        secret.write_text("secret")
        server.failures = [(302, f"Location: file://{secret}")]
        with pytest.raises(ImportRefused):
            fetch(server.address, {}, lambda seconds: None)

    def test_only_a_condition_makes_it_unchanged(self, server):
        with pytest.raises(FeedUnchanged):
            fetch(server.address, {"If-None-Match": '"one"'}, lambda seconds: None)

    def test_the_copy_is_named_by_its_server(self, server):
        with opened(server.address, NOW.date()) as file:
            assert (file.etag, file.retrieved_on) == ('"one"', NOW.date())


class TestMarks:
    def test_a_copy_without_names_sets_no_condition(self):
        assert Mark(looked_at=NOW).conditions() == {}
        named = Mark(looked_at=NOW, etag='"x"', last_modified="Sat, 21 Nov 2026 12:00:00 GMT")
        assert named.conditions() == {"If-None-Match": '"x"', "If-Modified-Since": "Sat, 21 Nov 2026 12:00:00 GMT"}

    def test_lists_of_an_older_version_are_still_read(self):
        """They knew neither pauses nor wishes."""
        old = b'{"name":"a","importer":"providers","location":"x","every_hours":24,"source":"","fellowship":"","payment":null}'
        assert msgspec.json.decode(old, type=ScheduledFeed) == feed("a", "x")
