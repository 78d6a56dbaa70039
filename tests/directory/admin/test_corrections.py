"""What an editor corrects survives the next import, and readers see who says what."""

from __future__ import annotations

import pytest
from paying_places import NOW, providers_file

from directory.answers.cards import CardMaker, PlacesOfNumber
from directory.disclosure.provenance import correction_sentence, field_name
from directory.duties.correcting import FIELDS, NEW_PHONE, CorrectionRefused, correct, value_of, withdraw
from directory.feeds.importing import run_import
from directory.store.facts import Correction
from index.listing import Phone, Precision

OLD, NEW = "+17195550101", "+17195550177"


@pytest.fixture
def aspen(places) -> str:
    return places.id_of("Aspen House")


def stored(places, listing_id: str):
    return places.store.public_listings_by_id([listing_id])[listing_id]


def who_says(places, listing_id: str) -> str:
    """What the reader's page says about who says what."""
    return places.client().get(f"/listing/{listing_id}").text


def correct_phone(places, listing_id: str, value: str = "719-555-0177") -> Correction:
    return correct(places.store, listing_id, f"phone:{OLD}", value, said_by="Called the front desk", by="editor", now=NOW)


class TestCorrections:
    def test_a_corrected_phone_survives_a_new_import(self, places, aspen, tmp_path):
        """The source still states the old number; the listing and its programs bear the right one."""
        correct_phone(places, aspen)
        run_import(places.store, "providers", providers_file(tmp_path / "county.json"), now=NOW)

        listing = stored(places, aspen)
        assert listing.phones == (Phone(number=NEW),)
        assert [program.phones for program in listing.programs] == [(Phone(number=NEW),)]

    def test_it_is_published(self, places, aspen):
        """The listing enters the outbox with the correction, in one transaction."""
        before = {entry.listing_id for entry in places.store.outbox()}
        correct_phone(places, aspen)
        assert aspen in {entry.listing_id for entry in places.store.outbox()} - before or aspen in before

    def test_it_moves_the_disclosures(self, places, aspen):
        """Who says what is told with the next answer."""
        before = places.store.disclosure_version()
        correct_phone(places, aspen)
        assert places.store.disclosure_version() > before

    def test_withdrawing_lets_the_source_speak_again(self, places, aspen):
        correct_phone(places, aspen)
        withdraw(places.store, aspen, f"phone:{OLD}", by="editor", now=NOW)
        assert stored(places, aspen).phones == (Phone(number=OLD),)

    def test_an_empty_value_removes_the_number(self, places, aspen):
        """A number that sells calls need not wait for the source."""
        correct_phone(places, aspen, "")
        assert stored(places, aspen).phones == ()

    def test_a_second_correction_takes_the_place_of_the_first(self, places, aspen):
        correct_phone(places, aspen)
        correct_phone(places, aspen, "719-555-0188")
        assert stored(places, aspen).phones == (Phone(number="+17195550188"),)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("name", "Aspen Recovery House"),
            ("organization", "Example Care"),
            ("website", "https://example.org/aspen"),
            ("email", "desk@example.org"),
            ("conference_url", "https://example.org/join"),
            ("hours", "Mon-Fri 9-5"),
            ("open_24h", "yes"),
            ("street", "9 Oak Street"),
            ("street2", "Floor 2"),
            ("city", "Palmer Lake"),
            ("state", "WY"),
            ("zip", "80133"),
            ("point", "39.12, -104.91"),
            ("description", "A quiet house."),
            ("operator", "Example Owner"),
        ],
    )
    def test_every_fact_can_be_corrected_and_survives_an_import(self, places, aspen, name, value, tmp_path):
        """One case for each field that the staff page offers."""
        correct(places.store, aspen, name, value, said_by="Their own page", by="editor", now=NOW)
        run_import(places.store, "providers", providers_file(tmp_path / "county.json"), now=NOW)
        assert value_of(stored(places, aspen), name).replace("000,", ",").rstrip("0") == value.rstrip("0")
        assert f"{field_name(name, 'en') if name != 'point' else 'Point on the map'}: corrected" in who_says(places, aspen)

    def test_no_field_of_the_page_is_left_untested(self):
        cases = self.test_every_fact_can_be_corrected_and_survives_an_import.pytestmark[0].args[1]
        assert {name for name, _ in cases} == FIELDS.keys()

    def test_another_town_moves_the_place_there(self, places, aspen):
        """To its middle, which is known only roughly; the old county goes."""
        correct(places.store, aspen, "city", "Pueblo", said_by="Their own page", by="editor", now=NOW)
        listing = stored(places, aspen)
        assert (listing.precision, round(listing.lat, 1), listing.address.county) == (Precision.CITY, 38.3, "")

    def test_another_street_of_the_town_does_not(self, places, aspen):
        before = stored(places, aspen)
        correct(places.store, aspen, "street", "9 Oak Street", said_by="Their own page", by="editor", now=NOW)
        assert (stored(places, aspen).lat, stored(places, aspen).precision) == (before.lat, before.precision)

    def test_a_number_that_no_source_states_is_added(self, places, aspen):
        correct(places.store, aspen, NEW_PHONE, "719-555-0160", said_by="Their own page", by="editor", now=NOW)
        assert [phone.number for phone in stored(places, aspen).phones] == [OLD, "+17195550160"]
        assert "Phone number: added by our staff" in who_says(places, aspen)

    @pytest.mark.parametrize(("answer", "offers", "denies"), [("yes", True, False), ("no", False, True), ("", False, False)])
    def test_what_it_offers(self, places, aspen, answer, offers, denies):
        """A stated no is a value of its own, and nothing is "not stated"."""
        correct(places.store, aspen, "offer:pay.medicaid", answer, said_by="Asked them", by="editor", now=NOW)
        [program] = stored(places, aspen).programs
        assert ("pay.medicaid" in program.offers, "pay.medicaid" in program.denies) == (offers, denies)

    def test_a_new_offer_joins_the_first_program(self, places, aspen):
        correct(places.store, aspen, "offer:care.detox", "yes", said_by="Asked them", by="editor", now=NOW)
        assert "care.detox" in stored(places, aspen).programs[0].offers

    @pytest.mark.parametrize(
        ("field", "value", "said_by"),
        [
            ("phone:+17195550199", "719-555-0177", "Called"),
            (f"phone:{OLD}", "not a number", "Called"),
            (f"phone:{OLD}", "719-555-0177", " "),
            ("website", "javascript:alert(1)", "Called"),
            ("name", "", "Called"),
            ("state", "Colorado", "Called"),
            ("zip", "801", "Called"),
            ("email", "nobody", "Called"),
            ("open_24h", "maybe", "Called"),
            ("point", "north", "Called"),
            ("point", "99, 0", "Called"),
            ("offer:care.detox", "maybe", "Called"),
            ("offer:care.nonsense", "yes", "Called"),
            ("phone:", "12", "Called"),
            ("kind", "meeting", "Called"),
        ],
    )
    def test_what_cannot_be_kept_is_refused(self, places, aspen, field, value, said_by):
        """Another listing's number, nonsense, nobody's word, a program in place of a page, a field with rules of its own."""
        with pytest.raises(CorrectionRefused):
            correct(places.store, aspen, field, value, said_by=said_by, by="editor", now=NOW)


class TestWhoSaysWhat:
    def test_the_page_says_who_says_what(self, places, aspen):
        """Our staff against the source, with the day and how it was established."""
        correct_phone(places, aspen)
        page = places.client().get(f"/listing/{aspen}").text
        assert "Phone number: corrected by our staff on November 21, 2026 (Called the front desk)." in page
        assert "The source states +17195550101." in page

    def test_in_spanish_too(self, aspen):
        said = correction_sentence(Correction(aspen, "hours", "", "Llamada", "editor", NOW), "es")
        assert said == "Horario: quitado por nuestro equipo el 21 de noviembre de 2026 (Llamada)."

    def test_a_corrected_number_is_not_said_to_be_the_sources(self, places, aspen):
        """Before the number stands where it really comes from."""
        correct_phone(places, aspen)
        listing = stored(places, aspen)
        records = places.store.disclosure_records(NOW.date())
        cards = CardMaker(places.lookup.vocabulary, records, PlacesOfNumber(lambda _number: [listing.id]), NOW.date())
        [line] = cards.make(listing, listing.programs[0], "en").phones
        assert line.statement.startswith("Number from our staff, who checked it on November 21, 2026.")


class TestStaffPage:
    def test_an_editor_corrects_and_withdraws(self, places, aspen, log_in, send):
        editor = log_in("editor")
        values = {"field": f"phone:{OLD}", "value": "719-555-0177", "said_by": "Called the front desk"}
        assert send(editor, f"/admin/listings/{aspen}", **values).status_code == 303
        assert "(719) 555-0177" in editor.get(f"/admin/listings/{aspen}").text

        assert send(editor, f"/admin/listings/{aspen}/withdraw", field=f"phone:{OLD}").status_code == 303
        assert "No corrections: everything stands as its sources state it." in editor.get(f"/admin/listings/{aspen}").text

    def test_a_refusal_is_said(self, aspen, log_in, send):
        answer = send(log_in("editor"), f"/admin/listings/{aspen}", field="website", value="nonsense", said_by="X")
        assert (answer.status_code, "A website begins with" in answer.text) == (400, True)
