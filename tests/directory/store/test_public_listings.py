"""What the public may see: live, not withdrawn, hidden fields removed, withheld streets nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, update
from store_factory import MONUMENT, NOW, phone, place, program, source

from directory.errors import StoreUnavailable
from directory.feeds.importing import run_import
from directory.store import Store
from directory.store.tables import field_visibility, listings
from index.listing import Address, Precision, Redistribute

SMALL_DIRECTORY = Path(__file__).parents[2] / "data" / "samhsa_small.csv"


def only(store: Store):
    (listing,) = store.public_listings()
    return listing


def hide(store: Store, listing_id: str, field: str, visibility: str = "staff") -> None:
    with store.writing() as connection:
        connection.execute(insert(field_visibility).values(listing_id=listing_id, field=field, visibility=visibility))


class TestAssembly:
    def test_phones_are_a_union_without_repeats(self, store, bring_in):
        """Each number once, in the order of the programs."""
        main, intake = phone("+17195550101"), phone("+17195550102", label="intake")
        bring_in(place("Cedar House", program("a", phones=(main,)), program("b", phones=(main, intake))))

        assert only(store).phones == (main, intake)

    def test_the_first_record_that_states_a_fact_gives_it(self, store, bring_in):
        """What one record leaves empty comes from the next."""
        bring_in(place("Cedar House", program("a")), place("Cedar House", program("b"), hours="Mon-Fri 8-5"))

        assert only(store).hours == "Mon-Fri 8-5"

    def test_the_most_precise_point_counts(self, store, bring_in):
        """A street's point is better than a ZIP code's, whichever record came first."""
        rough = place("Cedar House", program("a"), lat=39.0, precision=Precision.ZIP)
        bring_in(rough, place("Cedar House", program("b"), lat=39.1))

        assert (only(store).lat, only(store).precision) == (39.1, Precision.STREET)

    def test_each_program_says_where_it_comes_from(self, store, bring_in):
        """Source, edition and key stand on the program; nobody checked it, so no date does."""
        bring_in(place("Cedar House", program("7")), sources=[source(edition="2026")])

        stated = only(store).programs[0].source
        assert (stated.name, stated.key, stated.edition, stated.checked_on) == ("county", "7", "2026", None)

    def test_a_match_needs_one_program_that_states_everything(self, store):
        """Detox for adults and therapy for adolescents in one house stay two programs: the house has no teen detox."""
        run_import(store, "samhsa", str(SMALL_DIRECTORY), now=NOW)
        wanted = {"care.detox", "pop.adolescents"}
        found = [
            listing.name for listing in store.public_listings() if any(wanted <= set(one.offers) for one in listing.programs)
        ]

        assert found == ["Riverbend Clinic"]


class TestWithheldStreets:
    def test_the_point_is_the_towns(self, store, bring_in):
        """Neither text nor distance gives the street away, even if the source sent both."""
        withheld = Address(street="12 Elm Street", city="Monument", state="CO", zip="80132", withheld=True)
        bring_in(place("Safe House", address=withheld))

        listing = only(store)
        assert (listing.address.street, listing.lat, listing.lon) == ("", MONUMENT.lat, MONUMENT.lon)
        assert listing.precision is Precision.CITY

    def test_an_unknown_town_leaves_no_fine_point(self, store, bring_in):
        """Without a town's point there is none, rather than the street's."""
        withheld = Address(city="Nowhere", state="CO", zip="80132", withheld=True)
        bring_in(place("Safe House", address=withheld))

        assert only(store).precision is Precision.NONE

    def test_staff_can_withhold_a_street(self, store, bring_in):
        """Hiding the address of a listing works like a source's own wish."""
        bring_in(place("Cedar House"))
        hide(store, only(store).id, "address")

        assert only(store).address.street == ""
        assert only(store).precision is Precision.CITY


class TestVisibility:
    def test_a_hidden_field_is_gone_from_listing_and_programs(self, store, bring_in):
        """Staff's own facts never enter a public generation."""
        bring_in(place("Cedar House", program("a", phones=(phone(),)), hours="always"))
        hide(store, only(store).id, "phones")

        listing = only(store)
        assert listing.phones == listing.programs[0].phones == ()
        assert listing.hours == "always"

    def test_a_hidden_listing_is_withdrawn(self, store, bring_in):
        """It leaves the next generation, and its id is kept out of older ones."""
        bring_in(place("Cedar House"))
        hidden = only(store).id
        hide(store, hidden, "*", "hidden")

        assert list(store.public_listings()) == []
        assert store.withdrawn_ids() == {hidden}

    def test_a_listing_taken_down_is_withdrawn_at_once(self, store, bring_in):
        """Running servers notice, because the disclosure version moves."""
        bring_in(place("Cedar House"))
        taken, version = only(store).id, store.disclosure_version()
        with store.writing() as connection:
            connection.execute(update(listings).where(listings.c.id == taken).values(taken_down=True))

        assert store.withdrawn_ids() == {taken}
        assert store.public_listings_by_id([taken]) == {}
        assert store.disclosure_version() > version


class TestRedistribution:
    def test_no_means_not_handed_on(self, store, bring_in):
        """A source that allows only our own pages is left out of exports, not of the pages."""
        bring_in(place("Cedar House"), sources=[source(redistribute=Redistribute.NO)])

        assert list(store.public_listings(handed_on=True)) == []
        assert only(store).name == "Cedar House"

    def test_facts_only_means_no_descriptions(self, store, bring_in):
        """The words of the source stay here; its facts go out."""
        bring_in(place("Cedar House", description="Our story"), sources=[source(redistribute=Redistribute.FACTS_ONLY)])

        (handed_on,) = store.public_listings(handed_on=True)
        assert (handed_on.description, only(store).description) == ("", "Our story")


class TestReading:
    def test_by_id_leaves_out_what_is_not_there(self, store, bring_in):
        """Unknown ids are no error: a delta asks for listings that may be gone."""
        bring_in(place("Cedar House"))
        known = only(store).id

        assert set(store.public_listings_by_id([known, "nobody"])) == {known}

    def test_a_store_that_is_gone_says_so(self, store, bring_in):
        """An open connection would go on answering from the removed file; the store does not."""
        bring_in(place("Cedar House"))
        Path(store.engine.url.database).unlink()

        with pytest.raises(StoreUnavailable):
            list(store.public_listings())
        with pytest.raises(StoreUnavailable):
            store.disclosure_version()

    def test_what_is_no_database_says_so(self, tmp_path):
        """Never an empty answer for "broken"."""
        (tmp_path / "broken.sqlite3").write_bytes(b"this is not a database" * 100)

        with pytest.raises(StoreUnavailable):
            Store(f"sqlite:///{tmp_path / 'broken.sqlite3'}").disclosure_version()
