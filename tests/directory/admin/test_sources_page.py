"""Feeds and duplicates on the staff pages: what happened, what is due, and what staff decide."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from paying_places import NOW, RECORDS, PayingPlaces, place

from directory.admin.sources import STARTER
from directory.feeds.importing import run_import
from directory.feeds.syncing import ScheduledFeed, feed_states, schedule
from directory.sources.records import PROVIDERS_SCHEMA, PaymentTerms, ProvidersFile, SourceInfo
from directory.store.staff import latest_audit
from index.listing import Redistribute


def feed(name: str, **stated) -> ScheduledFeed:
    return ScheduledFeed(**{"name": name, "importer": "providers", "location": "nowhere.json", "every_hours": 24} | stated)


@pytest.fixture
def admin(log_in):
    """An admin's browser whose wishes to run a feed are noted and not carried out."""
    client = log_in("admin")
    started: list[str] = []
    client.application.extensions[STARTER] = started.append
    client.started = started
    return client


def state_of(places: PayingPlaces, name: str):
    return next(state for state in feed_states(places.store) if state.feed.name == name)


class TestSources:
    def test_each_feed_shows_its_last_outcome_and_when_it_is_due(self, admin, places):
        schedule(places.store, feed("<evening>"))
        with pytest.raises(Exception, match="cannot be opened"):
            run_import(places.store, "providers", "nowhere.json", feed="<evening>", now=NOW)

        page = admin.get("/admin/sources").text
        assert "&lt;evening&gt;" in page
        assert "<strong>Refused</strong>: nowhere.json cannot be opened" in page
        assert f"{NOW + timedelta(hours=1):%Y-%m-%d %H:%M} UTC, every 24 hours" in page

    def test_what_was_imported_by_hand_and_all_terms_stand_there_too(self, admin):
        page = admin.get("/admin/sources").text
        assert f"{len(RECORDS)} rows read: {len(RECORDS)} imported, 0 merged, 0 rejected" in page
        assert "The gathered list" in page

    def test_a_feed_can_be_run_now(self, admin, places, send):
        schedule(places.store, feed("a", paused=True))
        assert send(admin, "/admin/sources/run", feed="a").status_code == 303
        assert (admin.started, state_of(places, "a").is_due(NOW)) == (["a"], True)
        assert "now: somebody asked for it" in admin.get("/admin/sources").text

    def test_a_feed_can_rest_and_go_on(self, admin, places, send):
        schedule(places.store, feed("a"))
        send(admin, "/admin/sources/pause", feed="a")
        assert not state_of(places, "a").is_due(NOW)
        assert "<strong>Resting</strong>" in admin.get("/admin/sources").text
        send(admin, "/admin/sources/resume", feed="a")
        assert state_of(places, "a").is_due(NOW)

    def test_what_is_done_is_written_down(self, admin, places, send):
        schedule(places.store, feed("a"))
        send(admin, "/admin/sources/pause", feed="a")
        with places.store.reading() as connection:
            assert latest_audit(connection, 1)[0].action == "source.pause"

    @pytest.mark.parametrize("wish", ["run", "pause", "resume"])
    def test_a_feed_of_no_list_is_not_found(self, admin, send, wish):
        assert send(admin, f"/admin/sources/{wish}", feed="nobody").status_code == 404
        assert admin.started == []


class TestDuplicates:
    @pytest.fixture
    def twice(self, places, tmp_path):
        """Aspen House in the city's list too, spelt another way."""
        city = SourceInfo(
            name="city", title="The city list", publisher="City", payment=PaymentTerms.NOT_PAID, redistribute=Redistribute.YES
        )
        record = place(1, "Aspen House Inc", "care.detox", origin="city")
        held = (msgspec.Raw(msgspec.json.encode(record)),)
        whole = ProvidersFile(schema=PROVIDERS_SCHEMA, sources=(city,), answered_by=(), listings=held)
        file = tmp_path / "city.json"
        file.write_bytes(msgspec.json.encode(whole))
        run_import(places.store, "providers", str(file), now=NOW)
        return {listing.name: listing.id for listing in places.store.public_listings()}

    def test_what_looks_alike_is_shown_with_its_clues(self, log_in, twice):
        page = log_in("editor").get("/admin/duplicates").text
        assert "Same address, same number; names" in page
        assert "Aspen House Inc" in page

    def test_two_become_one_and_two_again(self, log_in, places, twice, send):
        """The old address leads on while they are one."""
        client, gone, stays = log_in("editor"), twice["Aspen House Inc"], twice["Aspen House"]
        send(client, "/admin/duplicates/merge", merged=gone, kept=stays)
        assert [client.get(f"{path}/{gone}").status_code for path in ("/listing", "/api/v1/listings")] == [301, 301]
        assert client.get(f"/listing/{gone}").headers["Location"] == f"/listing/{stays}"
        assert f"{gone} into " in client.get("/admin/duplicates").text

        send(client, "/admin/duplicates/undo", merged=gone)
        assert {"Aspen House", "Aspen House Inc"} <= {listing.name for listing in places.store.public_listings()}
        assert places.store.redirect_of(gone) is None

    def test_two_places_are_not_shown_again(self, log_in, twice, send):
        client = log_in("editor")
        send(client, "/admin/duplicates/apart", one=twice["Aspen House"], other=twice["Aspen House Inc"])
        assert "None." in client.get("/admin/duplicates").text

    def test_what_cannot_be_done_is_said(self, log_in, twice, send):
        client = log_in("editor")
        answer = send(client, "/admin/duplicates/merge", merged="nobody", kept=twice["Aspen House"])
        assert answer.status_code == 400
        assert "no listing has the id nobody" in answer.text
