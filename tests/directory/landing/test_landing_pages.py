"""Pages of care, states and towns: true counts, nothing thin, one address each, and what programs may know of them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from small_directory import SmallDirectory

from directory.landing import words
from directory.landing.census import CARE, ENOUGH, Age, Census, slug_of
from directory.landing.pages import coverage_rows, legend
from directory.landing.words import PAGE_WORDS
from directory.maps.country import steps_of
from directory.page import StateCoverage
from index.listing import Kind, SourceRef

SITE = "https://help.example.org"
DETOX, TOWN = "/state/CO/care/detox", "/state/CO/town/colorado-springs"


def census_of_ages(ages: dict) -> Census:
    return Census("g-1", {}, {}, ages)


def addresses_of(html: str) -> list[tuple[str, str, str]]:
    """The links of a head that say where a page is: relation, language, address."""
    links = re.findall(r'<link rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="([^"]+)">', html)
    return [(relation, lang, address) for relation, lang, address in links if relation == "canonical" or lang]


def data_of(html: str) -> dict:
    """What the page tells search engines."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))


class TestCounts:
    def test_a_kind_of_care_is_counted_as_the_search_counts_it(self, client, places: SmallDirectory):
        """Residential detox is detox; who states nothing is not counted."""
        found = places.search(near="Colorado", offers=("care.detox",), kinds=(Kind.FACILITY,)).total
        page = client.get(DETOX).text
        assert found == 7
        assert "See all 7 and narrow them down" in page
        assert re.search(r">Colorado</a> <span class=\"tally\">7<", client.get("/care/detox").text)

    def test_a_town_has_its_own_places_and_no_others(self, client):
        """Those around it are one search away; two towns never show the same list."""
        page = client.get(TOWN).text
        assert "All 7." in page
        assert "Cedar Clinic" not in page
        assert "Search within 25 miles of Colorado Springs, CO" in page

    def test_the_state_leads_to_what_has_a_page(self, client):
        """And to nothing thin."""
        page = client.get("/state/CO").text
        assert f'href="{DETOX}"' in page
        assert f'href="{TOWN}"' in page
        assert "/state/CO/care/outpatient" not in page
        assert "/state/CO/town/denver" not in page

    def test_what_is_taken_down_is_not_counted(self, client, places: SmallDirectory):
        """With the next request."""
        assert "All 7." in client.get(TOWN).text
        places.take_down("Birch Clinic")
        assert "All 6." in client.get(TOWN).text

    def test_they_speak_spanish(self, client):
        assert PAGE_WORDS["en"].keys() == PAGE_WORDS["es"].keys()
        assert "Lugares de tratamiento en Colorado Springs, CO" in client.get(f"{TOWN}?lang=es").text
        assert "Lo que abarca este directorio" in client.get("/coverage?lang=es").text

    def test_states_have_their_spanish_names_and_stand_in_their_order(self, client):
        """In the table, whose order is the language's own, on the map and on pages of their own."""
        page = client.get("/coverage?lang=es").text
        shown = re.findall(r'<th scope="row"><a href="/state/[A-Z]{2}[^"]*">([^<]+)</a>', page)
        assert shown.index("Nueva York") == shown.index("Nueva Jersey") + 1
        assert "North Carolina" not in page
        assert "<h1>Luisiana: listas y líneas oficiales</h1>" in client.get("/state/LA?lang=es").text


class TestWhatMayBeFound:
    @pytest.mark.parametrize("path", [DETOX, TOWN, "/care/detox", "/coverage"])
    def test_a_page_with_enough_to_say_names_its_one_address(self, client, path):
        """In each language."""
        page = client.get(f"{path}?utm_source=x").text
        assert f'<link rel="canonical" href="https://help.example.org{path}">' in page
        assert f'hreflang="es" href="https://help.example.org{path}?lang=es"' in page
        assert "noindex" not in page

    def test_every_page_of_the_sitemap_names_its_one_address_in_both_languages(self, client):
        """Guides and fixed pages, too: each language names itself, and both name each other and where a browser may choose."""
        named = re.findall(r"<loc>https://help.example.org(.*?)</loc>", client.get("/sitemap.xml").text)
        kinds = {re.sub(r"[^/]+$", "", path) for path in named}
        assert {"/", "/guides/", "/listing/", "/care/", "/state/", "/state/CO/care/", "/state/CO/town/"} <= kinds
        for number, path in enumerate(named):
            reader = {"REMOTE_ADDR": f"192.0.2.{number % 250}"}  # nobody may ask for so many pages in a second
            for own in (path, f"{path}?lang=es"):
                assert addresses_of(client.get(own, environ_base=reader).text) == [
                    ("canonical", "", f"{SITE}{own}"),
                    ("alternate", "en", f"{SITE}{path}"),
                    ("alternate", "es", f"{SITE}{path}?lang=es"),
                    ("alternate", "x-default", f"{SITE}{path}"),
                ], own

    @pytest.mark.parametrize(
        "path",
        ["/search?near=Denver%2C+CO", "/guides/nothing", "/listing/nobody", "/nowhere", "/list", "/page.html?near=Denver%2C+CO"],
    )
    def test_what_is_not_to_be_found_names_none(self, client, path):
        """Searches, lists and pages that are not there."""
        assert addresses_of(client.get(path).text) == []

    @pytest.mark.parametrize("path", ["/state/CO/care/outpatient", "/state/CO/town/denver"])
    def test_a_thin_page_answers_and_stays_out_of_search_engines(self, client, path):
        page = client.get(path).text
        assert '<meta name="robots" content="noindex">' in page
        assert "canonical" not in page

    @pytest.mark.parametrize(
        "path", ["/state/CO/care/php", "/state/CO/care/nothing", "/state/UT/town/provo", "/state/co/care/detox", "/care/x"]
    )
    def test_where_there_is_nothing_there_is_no_page(self, client, path):
        """Nor a second address of one that there is."""
        assert client.get(path).status_code == 404

    def test_the_sitemap_names_pages_that_answer_and_no_thin_ones(self, client):
        """Each once, all on this site."""
        tree = ElementTree.fromstring(client.get("/sitemap.xml").text)
        found = [element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
        assert len(found) == len(set(found))
        for address in found:
            page = client.get(address.removeprefix("https://help.example.org"))
            assert page.status_code == 200, address
            assert "noindex" not in page.text, address
        assert f"https://help.example.org{TOWN}" in found
        assert "https://help.example.org/state/CO/town/denver" not in found

    def test_programs_are_kept_from_searches_without_end(self, client, unnamed):
        assert "Disallow: /search\n" in client.get("/robots.txt").text
        rules = RobotFileParser()
        rules.parse(client.get("/robots.txt").text.splitlines())
        named = re.findall(r"<loc>https://help.example.org(.*?)</loc>", client.get("/sitemap.xml").text)
        assert any(address.startswith("/listing/") for address in named)
        assert any(address.startswith("/guides/") for address in named)
        assert [address for address in named if not rules.can_fetch("*", address)] == []
        assert "Sitemap: https://help.example.org/sitemap.xml" in client.get("/robots.txt").text
        assert "Sitemap" not in unnamed.get("/robots.txt").text

    def test_no_page_names_a_host_that_a_reader_sent(self, unnamed):
        """Pages are kept in memory: until the operator has named this site nothing names it."""
        assert unnamed.get("/sitemap.xml").status_code == 404
        page = unnamed.get(TOWN, headers={"Host": "evil.example.org"}).text
        assert "evil.example.org" not in page
        assert "canonical" not in page

    @pytest.mark.parametrize(
        ("path", "title"),
        [(DETOX, "Places in Colorado"), (TOWN, "Places in Colorado Springs, CO"), ("/care/detox", "Places by state")],
    )
    def test_a_history_does_not_say_what_was_looked_for(self, client, path, title):
        """Neither does a tab that somebody else sees."""
        assert f"<title>{title} – Treatment Directory</title>" in client.get(path).text


class TestData:
    def test_places_are_data_with_who_pays_before_the_name(self, client, places: SmallDirectory):
        """The label is part of the name, since a program may show that alone."""
        places.sponsor("Aspen House 103")
        items = {item["name"]: item for item in data_of(client.get(TOWN).text)["itemListElement"]}
        assert "Paid advertisement: Aspen House 103" in items
        assert items["Aspen House 101"]["description"].startswith("Not an ad")
        assert items["Aspen House 101"]["url"].startswith("https://help.example.org/listing/")

    def test_a_hostile_name_stays_inside(self, client):
        """A name that would end the block is written without its signs."""
        page = client.get(DETOX).text
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1)
        assert "<b>" not in block
        assert "Dogwood <b>House</b>" in [item["name"] for item in data_of(page)["itemListElement"]]

    def test_a_listing_is_data_too(self, client, unnamed, places: SmallDirectory):
        """With its label, once the operator has said where this site is."""
        path = f"/listing/{places.id_of('Aspen House 101')}"
        assert data_of(client.get(path).text)["@id"] == f"https://help.example.org{path}"
        assert '<script type="application/ld+json">' not in unnamed.get(path).text

    @pytest.mark.parametrize("path", ["/search?near=Denver&offers=care.detox", DETOX, "/coverage", "/"])
    def test_a_shared_link_tells_nothing_of_what_was_looked_for(self, client, path):
        """The preview in somebody's chat is the same for every page."""
        shared = re.findall(r'<meta property="og:\w+" content="([^"]*)"', client.get(path).text)
        assert shared == ["Treatment Directory", "Publicly listed places. Paying cannot change the order of results.", "website"]


class TestCoverage:
    def test_every_state_and_territory_is_a_row(self, client):
        """With a row heading, and zeros where there is nothing."""
        page = client.get("/coverage").text
        assert len(re.findall(r'<tr><th scope="row"><a href="/state/', page)) == 56
        assert re.search(r">Utah</a></th><td>0</td><td>0</td><td>0</td>", page)

    def test_it_says_how_old_the_lists_are(self, client):
        """The list and its edition, and when somebody checked last."""
        row = re.search(r">Colorado</a></th>(.*?)</tr>", client.get("/coverage").text).group(1)
        assert row.startswith('<td>9 <span class="small soft">The county list 2026; last check November 1, 2026</span></td>')

    def test_a_list_without_an_edition_says_when_it_was_fetched(self):
        """Feeds of meetings have none."""
        source = SourceRef(name="aa", title="Example meetings", key="", retrieved_on=date(2026, 5, 2))
        row, *_ = coverage_rows(
            [StateCoverage("CO", "Colorado", 0, 3, 0)], census_of_ages({("CO", Kind.MEETING): Age((source,), None)}), "en"
        )
        assert row.cells[1].age == "Example meetings, fetched May 2, 2026; none checked by us"
        assert row.cells[0].age == ""

    def test_it_says_what_changed_in_the_lists(self, client):
        """On the page and as a feed; where the operator keeps a file is nobody's business."""
        feed = ElementTree.fromstring(client.get("/coverage.atom").data)
        atom = "{http://www.w3.org/2005/Atom}"
        (entry,) = feed.findall(f"{atom}entry")
        page = client.get("/coverage").text
        assert entry.findtext(f"{atom}title") == "The county list and 1 more: 10 records added"
        assert f'id="{entry.findtext(f"{atom}id").partition("#")[2]}"' in page
        assert "county.json" not in page + ElementTree.tostring(feed, "unicode")

    def test_the_map_says_in_words_what_it_shows(self, client):
        page = client.get("/coverage").text
        assert "Most: Colorado (9). Fewest: Colorado (9)." in page
        assert 'href="#table"' in page
        assert 'id="table"' in page

    @pytest.mark.parametrize(
        ("counts", "steps"), [([], ()), ([0, 0], ()), ([7], (7,)), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], (1, 3, 5, 7, 9))]
    )
    def test_shades_have_as_many_states_as_can_be(self, counts, steps):
        """However uneven the counts."""
        assert steps_of(counts) == steps

    def test_the_legend_says_which_counts_a_shade_stands_for(self):
        """From nothing to the most; darker and lighter are no words for it, since a dark page turns them around."""
        assert legend([1, 1, 2, 5, 9, 1200], "en") == ((0, "0"), (1, "1"), (2, "2–4"), (3, "5–8"), (4, "9 and more"))
        assert legend([], "es") == ((0, "0"),)


def test_every_word_is_used():
    """None is kept for nothing."""
    folder = Path(words.__file__).parent
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*.*")
        if path.suffix in {".py", ".html"} and path.name != "words.py"
    )
    assert [word for word in PAGE_WORDS["en"] if f"words.{word}" not in sources and f'"{word}"' not in sources] == []


def test_every_kind_of_care_is_one_of_the_vocabulary(places: SmallDirectory):
    """With words in both languages; and its address reads back."""
    for care in CARE:
        assert places.lookup.vocabulary.label(care, "es")
    assert ENOUGH > 1


@pytest.mark.parametrize(
    ("name", "slug"), [("St. Louis", "st-louis"), ("Coeur d'Alene", "coeur-dalene"), ("Cañon City", "canon-city")]
)
def test_a_town_is_written_plainly_in_an_address(name, slug):
    assert slug_of(name) == slug
