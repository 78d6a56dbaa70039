"""A saved page is one file that opens anywhere, with the lines to call, and tells who pays before the name."""

from __future__ import annotations

import re

import pytest
from paying_places import PayingPlaces

from directory.disclosure import LANGUAGES

SEARCH = "/page.html?near=Monument%2C+CO"
LABELS = {"en": "Paid advertisement", "es": "Anuncio pagado"}


@pytest.fixture
def saved(places: PayingPlaces):
    """The text of a saved page."""
    return lambda address: places.client().get(address).text


class TestSavedSearch:
    def test_its_name_and_title_say_nothing(self, places: PayingPlaces) -> None:
        """Whoever looks through the downloads learns nothing."""
        answer = places.client().get(SEARCH)
        assert answer.headers["Content-Disposition"] == 'attachment; filename="page.html"'
        assert "<title>Saved page</title>" in answer.text

    def test_it_loads_nothing_and_leads_nowhere(self, saved) -> None:
        """It opens without a connection: every link dials, and nothing is fetched."""
        page = saved(SEARCH)
        assert {link.partition(":")[0] for link in re.findall(r'(?:href|src)="([^"]+)"', page)} == {"tel", "sms"}
        assert "url(" not in page
        assert "default-src 'none'" in page

    def test_it_has_the_lines_to_call(self, saved) -> None:
        """As every page."""
        page = saved(SEARCH)
        assert all(f'href="{line}"' in page for line in ("tel:911", "tel:988", "tel:+18002221222", "tel:+18006624357"))

    def test_it_keeps_the_notices(self, saved) -> None:
        """What warns on the page of results warns in the file."""
        page = saved("/page.html?q=klonopin+detox+near+Monument+CO")
        assert "Do not stop" in page
        assert page.index("Do not stop") < page.index("<ol>")

    def test_it_holds_the_places_of_the_search_in_their_order(self, places: PayingPlaces, saved) -> None:
        """The same as on the page, with their numbers."""
        names = [row["name"] for row in places.client().get("/api/v1" + SEARCH.replace("page.html", "search")).json["results"]]
        page = saved(SEARCH)
        assert names
        assert [page.index(name) for name in names] == sorted(page.index(name) for name in names)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_paying_place_is_labelled_before_its_name(self, saved, lang: str) -> None:
        """In the list and in any language."""
        page = saved(f"{SEARCH}&lang={lang}")
        assert page.index(LABELS[lang]) < page.index("Aspen House")

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_label_is_part_of_the_heading(self, saved, lang: str) -> None:
        """Whoever has the headings read aloud hears it before the name (disclosure row 5), and the place has a border."""
        page = saved(f"{SEARCH}&lang={lang}")
        [heading] = [text for text in re.findall(r"<h[23]>(.*?)</h[23]>", page, re.DOTALL) if "Aspen House" in text]
        assert re.sub(r"<[^>]+>", "", heading).startswith(f"{LABELS[lang]}: Aspen House")
        assert page.count('<li class="marked">') == 1

    def test_a_payers_result_says_why_it_stands_there(self, saved) -> None:
        """As on the page of results (disclosure row 6); a list that the reader made says nothing of the kind."""
        assert saved(SEARCH).count("It stands here because it matches, not because it paid.") == 1

    def test_a_search_that_cannot_be_read_is_refused(self, places: PayingPlaces) -> None:
        """As on the page of results."""
        assert places.client().get("/page.html?near=Nowhereville+ZZ").status_code == 400


class TestSavedList:
    def test_a_list_can_be_saved_too(self, places: PayingPlaces, saved) -> None:
        """The reader's own list, with labels."""
        page = saved(f"/page.html?ids={places.id_of('Aspen House')}")
        assert "Your list" in page
        assert page.index("Paid advertisement") < page.index("Aspen House")

    def test_no_place_is_no_file(self, places: PayingPlaces) -> None:
        """A page says so, and nothing is saved."""
        answer = places.client().get("/page.html?ids=gone")
        assert (answer.status_code, "Content-Disposition" in answer.headers) == (404, False)
