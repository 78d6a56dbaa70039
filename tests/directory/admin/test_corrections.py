"""What an editor corrects survives the next import, and readers see who says what."""

from __future__ import annotations

import pytest
from paying_places import NOW, providers_file

from directory.correcting import CorrectionRefused, correct, withdraw
from directory.importing import run_import
from directory.provenance import correction_sentence
from directory.store.facts import Correction
from index.listing import Phone

OLD, NEW = "+17195550101", "+17195550177"


@pytest.fixture
def aspen(places) -> str:
    return places.id_of("Aspen House")


def stored(places, listing_id: str):
    return places.store.public_listings_by_id([listing_id])[listing_id]


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

    @pytest.mark.parametrize("name", ["website", "hours"])
    def test_other_facts(self, places, aspen, name):
        value = {"website": "https://example.org/aspen", "hours": "Mon-Fri 9-5"}[name]
        correct(places.store, aspen, name, value, said_by="Their own page", by="editor", now=NOW)
        assert getattr(stored(places, aspen), name) == value

    @pytest.mark.parametrize(
        ("field", "value", "said_by"),
        [
            ("phone:+17195550199", "719-555-0177", "Called"),
            (f"phone:{OLD}", "not a number", "Called"),
            (f"phone:{OLD}", "719-555-0177", " "),
            ("website", "javascript:alert(1)", "Called"),
            ("name", "", "Called"),
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
        cards = type(places.lookup._snapshots.now(NOW.date()).cards)(places.lookup.vocabulary, records, lambda _number: 1)
        [line] = cards.make(listing, listing.programs[0], "en").phones
        assert line.statement.startswith("Number from our staff, who checked it on November 21, 2026.")


class TestStaffPage:
    def test_an_editor_corrects_and_withdraws(self, places, aspen, log_in, send):
        editor = log_in("editor")
        values = {"field": f"phone:{OLD}", "value": "719-555-0177", "said_by": "Called the front desk"}
        assert send(editor, f"/admin/listings/{aspen}", **values).status_code == 303
        assert "+17195550177" in editor.get(f"/admin/listings/{aspen}").text

        assert send(editor, f"/admin/listings/{aspen}/withdraw", field=f"phone:{OLD}").status_code == 303
        assert "None: everything stands as its sources state it." in editor.get(f"/admin/listings/{aspen}").text

    def test_a_refusal_is_said(self, aspen, log_in, send):
        answer = send(log_in("editor"), f"/admin/listings/{aspen}", field="website", value="nonsense", said_by="X")
        assert (answer.status_code, "A website begins with" in answer.text) == (400, True)
