"""An import brings one feed up to date, in one transaction, and says what happened to every row."""

from __future__ import annotations

import csv
import gzip
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outbox import forget_outbox
from store_factory import NOW, names, place, program, source

from directory.errors import ImportRefused
from directory.feeds import fetching
from directory.feeds.importing import run_import
from directory.store.facts import Outcome

FIVE = [place(f"House {number}") for number in range(5)]
SMALL_DIRECTORY = Path(__file__).parents[2] / "data" / "samhsa_small.csv"


class TestTheSameFileAgain:
    def test_changes_nothing(self, store, bring_in):
        """Importing twice writes no record, wakes no publisher and moves no disclosure."""
        bring_in(*FIVE)
        before = (list(store.public_listings()), store.outbox(), store.disclosure_version())

        again = bring_in(*FIVE, now=NOW + timedelta(days=1))

        assert (again.unchanged, again.added, again.listings_changed) == (5, 0, 0)
        assert (list(store.public_listings()), store.outbox(), store.disclosure_version()) == before

    def test_a_listing_that_changed_twice_waits_once(self, store, bring_in):
        """`status` counted each change: 846 waited to be published in a store of 289 listings."""
        bring_in(*FIVE)
        bring_in(place("Another name of the first", *FIVE[0].programs), *FIVE[1:])
        assert store.counts().outbox == 5

    def test_a_changed_row_is_the_only_one_written(self, store, bring_in):
        """One new website touches one listing."""
        bring_in(*FIVE)
        forget_outbox(store)

        report = bring_in(*FIVE[:4], place("House 4", website="https://example.org"))

        assert (report.changed, report.unchanged) == (1, 4)
        assert len(store.outbox()) == 1

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.permutations(range(5)))
    def test_the_order_of_rows_does_not_matter(self, store, bring_in, order):
        """A file sorted another way is the same file: the same ids, nothing changed."""
        bring_in(*FIVE)

        assert bring_in(*(FIVE[number] for number in order)).unchanged == 5


class TestRetiring:
    def test_what_vanished_from_the_feed_is_retired_and_kept(self, store, bring_in):
        """It is no longer public, and still in the store."""
        bring_in(*FIVE)

        assert bring_in(*FIVE[:4]).retired == 1
        assert names(store) == ["House 0", "House 1", "House 2", "House 3"]
        assert store.counts().retired_records == 1

    def test_what_comes_back_is_the_same_listing(self, store, bring_in):
        """A listing that was gone for a while has its old id."""
        bring_in(*FIVE)
        before = {listing.id for listing in store.public_listings()}
        bring_in(*FIVE[:4])

        assert bring_in(*FIVE).returned == 1
        assert {listing.id for listing in store.public_listings()} == before

    def test_other_feeds_are_left_alone(self, store, bring_in):
        """A feed retires only what came through itself."""
        bring_in(*FIVE)

        bring_in(place("Elsewhere", program("x", source="city")), sources=[source("city")], feed="city")

        assert len(names(store)) == 6

    def test_losing_more_than_a_fifth_is_refused(self, store, bring_in):
        """A half-empty file is more likely broken than true; nothing of it is stored."""
        bring_in(*FIVE)

        with pytest.raises(ImportRefused, match="2 of 5 records"):
            bring_in(*FIVE[:3], place("New House"))
        assert names(store) == [f"House {number}" for number in range(5)]

    def test_a_refused_run_is_on_record(self, store, bring_in):
        """`status` can say that the last import failed, and why."""
        bring_in(*FIVE)
        with pytest.raises(ImportRefused):
            bring_in(FIVE[0])

        (run,) = store.last_import_runs()
        assert run.outcome is Outcome.REFUSED
        assert "4 of 5 records" in run.reason

    def test_shrinking_can_be_allowed(self, store, bring_in):
        """Somebody who knows that the list shrank says so."""
        bring_in(*FIVE)

        assert bring_in(FIVE[0], allow_shrink=True).retired == 4


class TestRejectedRows:
    def bad(self, record, **wrong):
        return msgspec.to_builtins(record) | wrong

    def test_the_good_rows_go_in(self, store, bring_in):
        """A bad record names its row, field and what was expected there."""
        report = bring_in(FIVE[0], self.bad(FIVE[1], lat=123.0))

        assert (report.rows_read, report.rows_imported, report.rows_rejected) == (2, 1, 1)
        assert (report.rejects[0].row, report.rejects[0].field) == (2, "lat")
        assert "<= 90" in report.rejects[0].reason

    def test_a_rejected_row_leaves_its_stored_listing_untouched(self, store, bring_in):
        """A typing mistake in a field is no reason to lose the place."""
        bring_in(*FIVE)

        report = bring_in(*FIVE[:4], self.bad(FIVE[4], lat=123.0))

        assert report.retired == 0
        assert "House 4" in names(store)

    def test_without_a_key_its_name_protects_it(self, store, bring_in):
        """When the key is what cannot be read, everything of that name in the feed stays."""
        bring_in(*FIVE)

        report = bring_in(*FIVE[:4], self.bad(FIVE[4], programs=[{"source": "county", "key": 7}]))

        assert report.retired == 0

    def test_a_repeated_key_is_rejected(self, store, bring_in):
        """Two records of one file under one key contradict each other; the first counts."""
        report = bring_in(place("One", program("same")), place("Two", program("same")))

        assert report.rejects[0].field == "key"
        assert names(store) == ["One"]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            pytest.param({"programs": []}, "programs", id="no program"),
            pytest.param({"name": " "}, "name", id="no name"),
            pytest.param({"lat": None}, "lat", id="half a point"),
            pytest.param({"programs": [{"source": "nobody", "key": "1"}]}, "programs[0].source", id="unknown source"),
            pytest.param(
                {"programs": [{"source": "county", "key": "1", "offers": ["care.magic"]}]},
                "programs[0].offers",
                id="unknown concept",
            ),
            pytest.param({"colour": "blue"}, "record", id="unknown field"),
            pytest.param({"website": "javascript:alert(1)"}, "website", id="an address that runs used to reach every client"),
            pytest.param(
                {"programs": [{"source": "county", "key": "1", "website": "data:text/html,x"}]},
                "programs[0].website",
                id="data address",
            ),
            pytest.param({"name": "Null\x00 House"}, "name", id="a control character used to reach the CSV"),
            pytest.param({"name": "\u202eesuoH"}, "name", id="a name that turns what follows it"),
        ],
    )
    def test_every_kind_of_mistake_is_named(self, bring_in, wrong, field):
        """The report says where to look."""
        report = bring_in(self.bad(FIVE[0], **wrong))

        assert [reject.field for reject in report.rejects] == [field]

    def test_the_rejects_file_lists_them(self, bring_in, tmp_path):
        """Row, field and reason, as a CSV that whoever mends the source can open."""
        path = tmp_path / "rejects.csv"
        bring_in(FIVE[0], self.bad(FIVE[1], lat=123.0), rejects_path=path)

        with path.open(newline="") as file:
            header, row = csv.reader(file)
        assert header == ["row", "field", "reason"]
        assert row[:2] == ["2", "lat"]


class TestFiles:
    def test_gzip_is_read_whatever_the_name(self, store, tmp_path):
        """A packed file is recognised by its bytes."""
        packed = tmp_path / "directory_2024.csv"
        packed.write_bytes(gzip.compress(SMALL_DIRECTORY.read_bytes()))

        report = run_import(store, "samhsa", str(packed), now=NOW)

        assert (report.rows_read, report.rows_imported, report.rows_merged, report.rows_rejected) == (10, 7, 1, 2)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            pytest.param(gzip.compress(SMALL_DIRECTORY.read_bytes())[:-20], "damaged", id="cut short"),
            pytest.param(b"{}", "not the National Directory", id="another form"),
            pytest.param(b"", "not the National Directory", id="empty"),
        ],
    )
    def test_an_unusable_file_is_refused(self, store, tmp_path, content, why):
        """Nothing is stored from it."""
        file = tmp_path / "directory.csv"
        file.write_bytes(content)

        with pytest.raises(ImportRefused, match=why):
            run_import(store, "samhsa", str(file), now=NOW)
        assert store.counts().listings == 0

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            pytest.param(b"[", "not a providers file", id="no JSON"),
            pytest.param(b"[]", "Expected `object`", id="another JSON"),
            pytest.param(b'{"schema":"x/1","sources":[],"answered_by":[],"listings":[]}', "schema must be", id="schema"),
        ],
    )
    def test_a_file_that_is_not_ours_is_refused(self, store, tmp_path, content, why):
        """The message says what was expected."""
        file = tmp_path / "providers.json"
        file.write_bytes(content)

        with pytest.raises(ImportRefused, match=why):
            run_import(store, "providers", str(file), now=NOW)

    def test_a_missing_file_is_refused(self, store):
        """With the reason, and no traceback for a person."""
        with pytest.raises(ImportRefused, match="cannot be opened"):
            run_import(store, "providers", "nowhere.json", now=NOW)

    def test_a_mistyped_path_is_no_feed(self, store):
        """`status` does not tell of it for ever."""
        with pytest.raises(ImportRefused):
            run_import(store, "providers", "nowhere.json", now=NOW)
        assert store.last_import_runs() == ()

    def test_a_feed_that_is_gone_is_on_record(self, store, bring_in, tmp_path):
        """It was there before."""
        bring_in(*FIVE)
        with pytest.raises(ImportRefused):
            run_import(store, "providers", str(tmp_path / "gone.json"), feed="county", now=NOW)
        assert [run.outcome for run in store.last_import_runs()] == [Outcome.REFUSED]

    def test_the_feed_is_named_after_the_file(self, store, tmp_path):
        """All endings go; next year's file of another name needs `--feed`."""
        packed = tmp_path / "directory_2024.csv.gz"
        packed.write_bytes(gzip.compress(SMALL_DIRECTORY.read_bytes()))

        assert run_import(store, "samhsa", str(packed), now=NOW).feed == "directory_2024"

    def test_a_feed_belongs_to_one_importer(self, store, bring_in, tmp_path):
        """Another importer under the same name would retire the whole feed."""
        bring_in(*FIVE)

        with pytest.raises(ImportRefused, match="belongs to the importer 'providers'"):
            run_import(store, "samhsa", str(SMALL_DIRECTORY), feed="county", now=NOW)

    def test_progress_ends_at_the_whole_file(self, store):
        """A progress bar sees the file's size and reaches it."""
        told: list[tuple[int, int]] = []
        run_import(store, "samhsa", str(SMALL_DIRECTORY), now=NOW, progress=lambda done, size: told.append((done, size)))

        assert told[-1] == (SMALL_DIRECTORY.stat().st_size, SMALL_DIRECTORY.stat().st_size)


class _Served(BaseHTTPRequestHandler):
    """Answers every request with the small directory."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(gzip.compress(SMALL_DIRECTORY.read_bytes()))

    def log_message(self, *args):
        """Keep the test's output quiet."""


@pytest.fixture
def address() -> str:
    """An address of this machine that serves the small directory, packed."""
    with HTTPServer(("127.0.0.1", 0), _Served) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/samhsa_2024.csv"
        server.shutdown()


class TestAddresses:
    def test_a_fetched_file_says_when(self, store, address):
        """The feed is the address itself, and its source was retrieved on the day of the fetch."""
        report = run_import(store, "samhsa", address, now=NOW)

        (source_info,) = store.sources()
        assert (report.feed, report.rows_imported) == (address, 7)
        assert (source_info.retrieved_on, source_info.edition) == (NOW.date(), "2024")

    def test_the_day_of_a_fetch_changes_no_listing(self, store, address):
        """A daily fetch of the same rows publishes nothing."""
        run_import(store, "samhsa", address, now=NOW)

        assert run_import(store, "samhsa", address, now=NOW + timedelta(days=1)).listings_changed == 0

    def test_a_fetch_has_a_limit(self, store, address, monkeypatch):
        """An endless answer does not fill the disk."""
        monkeypatch.setattr(fetching, "LARGEST_FETCH_BYTES", 100)

        with pytest.raises(ImportRefused, match="larger than 100 bytes"):
            run_import(store, "samhsa", address, now=NOW)

    def test_an_address_that_does_not_answer_is_refused(self, store, monkeypatch):
        """With the reason."""
        monkeypatch.setattr(fetching, "FIRST_REST_SECONDS", 0.0)
        with pytest.raises(ImportRefused, match="cannot be fetched"):
            run_import(store, "samhsa", "http://127.0.0.1:1/nothing.csv", now=NOW)
