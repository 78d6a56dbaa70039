"""Every change of a paid status or an owner stands in the public change log, whoever made it (disclosure row 30)."""

from __future__ import annotations

import msgspec
from paying_places import NOW, PayingPlaces, place, providers_file
from sqlalchemy import update

from directory.duties.sponsoring import end_listing_sponsorships
from directory.feeds.importing import run_import
from directory.store.disclosed.changes import latest_changes, note_site_owner
from directory.store.facts import ChangeKind, PublicChange
from directory.store.tables import sources


def log(places: PayingPlaces) -> list[PublicChange]:
    with places.store.reading() as connection:
        return list(latest_changes(connection, 100))


class TestLog:
    def test_a_sponsorship_is_logged_when_it_is_recorded_and_ended(self, places):
        """Two entries, the newest first, with payer, days and listing."""
        listing_id = places.id_of("Aspen House")
        places.sponsor("Aspen House")
        end_listing_sponsorships(places.store, listing_id, by="admin", now=NOW)

        ended, recorded = log(places)
        assert (recorded.kind, recorded.at, recorded.after) == (
            ChangeKind.SPONSORSHIP_RECORDED,
            NOW,
            "2026-11-21/9999-12-31",
        )
        assert (ended.kind, ended.subject, ended.listing_id) == (
            ChangeKind.SPONSORSHIP_ENDED,
            "Example Payer Inc",
            listing_id,
        )

    def test_a_changed_owner_is_logged(self, places, tmp_path):
        """An import that names another owner than before says so in public."""
        for owner in ("First Owner", "Second Owner"):
            records = (msgspec.structs.replace(place(1, "Aspen House", "care.outpatient"), operator=owner),)
            run_import(places.store, "providers", providers_file(tmp_path / "county.json", records), allow_shrink=True, now=NOW)

        newest, first = log(places)
        assert (first.kind, first.before, first.after) == (ChangeKind.OWNER, "", "First Owner")
        assert (newest.before, newest.after, newest.subject) == ("First Owner", "Second Owner", "county")

    def test_other_changes_of_a_listing_are_not(self, places, tmp_path):
        """A new website is no change of money or ownership."""
        records = (msgspec.structs.replace(place(1, "Aspen House", "care.outpatient"), website="https://example.org"),)
        run_import(places.store, "providers", providers_file(tmp_path / "county.json", records), allow_shrink=True, now=NOW)

        assert log(places) == []

    def test_a_sources_terms_are_logged(self, places):
        """A source that turns out to sell places changes the status of all its listings."""
        with places.store.writing() as connection:
            connection.execute(update(sources).where(sources.c.name == "county").values(payment="unknown"))

        [entry] = log(places)
        assert (entry.kind, entry.subject, entry.before, entry.after) == (
            ChangeKind.SOURCE_TERMS,
            "county",
            "not_paid",
            "unknown",
        )

    def test_a_new_owner_of_the_site_is_logged_once(self, places):
        """What the operator declares is compared with what it declared last."""
        with places.store.writing() as connection:
            added = [note_site_owner(connection, owner, NOW) for owner in ("Example County", "Example County", "Example Inc")]

        assert added == [True, False, True]
        assert [(entry.before, entry.after) for entry in log(places)] == [
            ("Example County", "Example Inc"),
            ("", "Example County"),
        ]
