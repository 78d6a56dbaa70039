"""The search form: what goes into an address and what never does."""

from __future__ import annotations

from dataclasses import replace

import pages
import pytest

from directory.asking.query import SearchQuery
from directory.errors import StoreUnavailable
from directory.page import Corrected
from index.errors import EngineUnavailable
from index.geo.places import UnknownPlace
from index.language.meaning.roles import Role
from index.language.understanding import ConceptMatch, Understanding

STORY = "my husband found me and I want to die, klonopin detox"


class TestSending:
    def test_the_form_answers_with_the_address_of_the_understood_parts(self, client):
        """POST, redirect, GET: the address is short, can be shared, and holds no words."""
        answer = client.post("/search", data={"q": STORY, "near": "Exampletown"})

        assert answer.status_code == 303
        assert answer.headers["Location"] == "/search?near=Exampletown%2C+CO&offers=care.detox&offers=pay.medicaid"

    def test_no_address_stands_for_words_whose_notice_it_would_lose(self, client, lookup):
        """Words that fire a notice which their parts would not fire again are answered in place."""
        lookup.private = True
        answer = client.post("/search", data={"q": STORY, "near": "Exampletown"})

        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Location" not in answer.headers

    def test_a_private_answer_puts_its_words_in_no_link(self, client, lookup):
        """Neither the language switch nor any other link leads to an address with the words."""
        lookup.private = True
        page = client.post("/search", data={"q": STORY, "near": "Exampletown"}).text

        assert not [link for link in page.split('href="')[1:] if "husband" in link.partition('"')[0]]

    def test_words_searched_as_typed_stand_in_no_address(self, client, lookup):
        """Neither the answer's own address nor any link of it holds them, on further pages too."""
        query = SearchQuery(text="klonapin", near="Exampletown, CO", understand=False)
        lookup.answer = replace(pages.result_page(total=60), query=query, parts=query, pages=3)
        answer = client.post("/search", data={"q": "klonapin", "near": "Exampletown", "understand": "0"})

        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "q=klonapin" not in answer.text
        assert 'name="page" value="2"' in answer.text

    def test_a_corrected_spelling_is_named_by_its_concept(self, client, lookup):
        """The page after the redirect can say what was corrected."""
        match = ConceptMatch("pay.medicaid", "medicade", "medicade", Role.FILTER)
        read = Understanding("medicade", "en", concepts=(match,))
        lookup.answer = pages.result_page(understanding=read, corrections=(Corrected("medicade", "medicaid"),))
        answer = client.post("/search", data={"q": "medicade"})

        assert answer.headers["Location"].endswith("&read=pay.medicaid")

    def test_words_that_become_no_part_are_answered_in_place(self, client, lookup):
        """Otherwise the reader would be sent to an address that asks nothing."""
        lookup.answer = replace(lookup.answer, parts=SearchQuery())

        assert client.post("/search", data={"q": "qwxz"}).status_code == 200

    def test_a_chosen_language_stays(self, client):
        """The form keeps `lang` when the reader chose one, also against the browser's preference."""
        answer = client.post("/search", data={"q": "x", "near": "y", "lang": "en"}, headers={"Accept-Language": "es"})

        assert answer.headers["Location"].endswith("&lang=en")

    def test_nothing_typed_asks_for_something(self, client):
        """An empty form comes back with a message next to the field."""
        answer = client.post("/search", data={"q": " ", "near": ""})

        assert answer.status_code == 400
        assert "Say what you need, where, or both." in answer.text


class TestRefusing:
    def test_an_unknown_place_brings_the_form_back_with_near_misses(self, client, lookup):
        """Each near miss is a form of its own, so that the words stay out of the address."""
        lookup.fails_with = UnknownPlace("Exampeltown", [pages.EXAMPLETOWN])
        answer = client.post("/search", data={"q": STORY, "near": "Exampeltown"})

        assert answer.status_code == 400
        assert 'value="Exampeltown"' in answer.text
        assert '<button class="button quiet" type="submit">Exampletown, CO</button>' in answer.text

    def test_the_message_is_tied_to_its_field(self, client, lookup):
        """Assistive technology reads the message with the box it is about."""
        lookup.fails_with = UnknownPlace("Nowhereville")
        page = client.get("/search?near=Nowhereville").text

        assert 'id="near-problem"' in page
        assert 'aria-describedby="near-problem ' in page
        assert 'aria-invalid="true"' in page

    def test_a_place_that_only_the_words_name_marks_the_words(self, client, lookup):
        """The box for places is empty: nothing in it could be corrected."""
        lookup.fails_with = UnknownPlace("00000")
        page = client.post("/search", data={"q": "detox 00000", "near": ""}).text

        assert 'id="q-problem"' in page
        assert 'id="near-problem"' not in page

    @pytest.mark.parametrize("query", ["radius=900", "radius=x", "lat=1", "offers=care.nothing", "kind=x", "sort=x", "page=0"])
    def test_a_bad_value_is_refused_and_the_lines_stay(self, client, query):
        """Nothing is clamped or dropped in silence, and whoever needs a line still finds it."""
        answer = client.get(f"/search?near=Exampletown&{query}")

        assert answer.status_code == 400
        assert 'href="tel:911"' in answer.text
        assert "1-800-662-4357" in answer.text

    def test_too_much_text_is_refused_but_still_read_for_danger(self, client):
        """Status 413, with the notice that the words fire."""
        answer = client.post("/search", data={"q": f"I want to die {'x' * 2001}"})

        assert answer.status_code == 413
        assert 'id="notice-crisis-988"' in answer.text

    def test_an_unknown_place_hides_no_danger(self, client, lookup):
        """The words beside a mistyped town are read, and their notice stands first."""
        lookup.fails_with = UnknownPlace("Exampeltown")
        page = client.post("/search", data={"q": STORY, "near": "Exampeltown"}).text

        assert page.index('id="notice-crisis-988"') < page.index("<h1")

    def test_a_broken_store_is_an_error_page_with_the_strip(self, client, lookup):
        """Never an empty list of results: that would read as "there is no help"."""
        lookup.fails_with = StoreUnavailable("down")
        answer = client.get("/search?near=Exampletown")

        assert answer.status_code == 503
        assert 'href="tel:911"' in answer.text

    @pytest.mark.parametrize("error", [StoreUnavailable("down"), EngineUnavailable("down")])
    def test_without_index_or_store_words_are_still_read_for_danger(self, client, lookup, error):
        """The notice needs the words and nothing else."""
        lookup.fails_with = error
        answer = client.post("/search", data={"q": STORY})

        assert answer.status_code == 503
        assert 'id="notice-crisis-988"' in answer.text
        assert "want to die" not in answer.text


class TestReading:
    def test_unknown_parameters_are_ignored(self, client):
        """Shared links carry `utm_*`."""
        assert client.get("/search?near=Exampletown&utm_source=friend").status_code == 200

    def test_words_in_an_address_are_answered_in_place(self, client, lookup):
        """A GET with `q` works; it is how programs and other sites link here."""
        answer = client.get("/search?q=detox&near=Exampletown")

        assert answer.status_code == 200
        assert lookup.asked[0].text == "detox"

    def test_an_address_that_asks_nothing_shows_the_form(self, client):
        """`/search` alone is the home page."""
        assert "Find help for alcohol, drugs, or mental health" in client.get("/search").text

    def test_near_me_asks_for_a_place(self, client, lookup):
        """A position is never guessed."""
        lookup.answer = pages.result_page([], near_me_unanswered=True, place=None)

        assert "Type a ZIP code or a town." in client.get("/search?q=rehab+near+me").text
