"""The pages of the guides, and where guides are offered: beside the places, never above them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pages
import pytest

from directory.asking.query import SearchQuery
from directory.guides.library import library
from index.language.understanding import Understanding
from index.listing import ConceptId

SLUGS = tuple(library().guides["en"])
GUIDE = "benzodiazepines-and-clonazepam"


class TestTheList:
    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_it_leads_to_every_guide(self, reader, lang):
        """In the language of the page, by addresses that keep it."""
        page = reader.get(f"/guides?lang={lang}").text

        for slug, guide in library().guides[lang].items():
            assert f'<a href="/guides/{slug}?lang={lang}">' in page
            assert guide.front.title in unescape(page)

    def test_every_page_leads_to_it(self, reader):
        assert '<a href="/guides">Guides</a>' in reader.get("/about").text


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("slug", SLUGS)
class TestEveryGuide:
    def test_it_shows_danger_before_anything_else(self, reader, slug, lang):
        """The strip of every page first, then the title, then what needs 911; contents and text after it."""
        page = reader.get(f"/guides/{slug}?lang={lang}").text
        title = page.index("<h1>")

        assert page.index('class="crisis"') < title
        if library().guides[lang][slug].front.danger:
            assert title < page.index('id="danger"') < page.index('id="contents"')

    def test_each_number_in_the_text_leads_to_its_source(self, reader, slug, lang):
        """And no source stands there that nothing cites."""
        page = reader.get(f"/guides/{slug}?lang={lang}").text
        cited = set(re.findall(r'class="cited" href="#(source-\d+)"', page))

        assert cited == set(re.findall(r'<li id="(source-\d+)"', page))

    def test_no_id_stands_twice(self, reader, slug, lang):
        ids = re.findall(r' id="([^"]+)"', reader.get(f"/guides/{slug}?lang={lang}").text)
        assert sorted(set(ids)) == sorted(ids)

    def test_it_says_who_wrote_it_and_that_no_clinician_read_it(self, reader, slug, lang):
        """Until one has."""
        page = reader.get(f"/guides/{slug}?lang={lang}").text
        said = {"en": "Not yet reviewed by a clinician.", "es": "Aún no la ha revisado un profesional de la salud."}

        assert (said[lang] in page) is (library().guides[lang][slug].front.reviewed is None)
        assert library().guides[lang][slug].front.conflicts_of_interest in unescape(page)

    def test_its_title_in_the_browser_says_nothing_of_it(self, reader, slug, lang):
        """Histories and tabs are seen by others."""
        title = re.search("<title>(.*?)</title>", reader.get(f"/guides/{slug}?lang={lang}").text)[1]
        assert title.startswith({"en": "Guides –", "es": "Guías –"}[lang])


class TestAddresses:
    def test_no_such_guide(self, reader):
        assert reader.get("/guides/nothing").status_code == 404

    def test_the_browser_decides_the_language(self, reader):
        """And links do not name one that nobody chose."""
        page = reader.get(f"/guides/{GUIDE}", headers={"Accept-Language": "es"}).text

        assert '<html lang="es">' in page
        assert 'href="/guides/overdose"' in page

    def test_the_switch_keeps_the_guide(self, reader):
        assert f'href="/guides/{GUIDE}?lang=es" hreflang="es"' in reader.get(f"/guides/{GUIDE}").text

    def test_who_has_it_already_gets_no_second_copy(self, reader):
        """By the tag of its content."""
        tag = reader.get(f"/guides/{GUIDE}").headers["ETag"]
        assert reader.get(f"/guides/{GUIDE}", headers={"If-None-Match": tag}).status_code == 304


class TestOffered:
    def asking(self, lookup, *concepts: str) -> None:
        query = SearchQuery(offers=tuple(ConceptId(concept) for concept in concepts), near="Exampletown, CO")
        lookup.answer = pages.result_page(query=query)

    def test_results_end_with_the_guide_that_fits(self, client, lookup):
        """After the last place."""
        self.asking(lookup, "sub.clonazepam")
        page = client.get("/search?near=Exampletown").text

        assert f'<a href="/guides/{GUIDE}">' in page
        assert page.index(f"/guides/{GUIDE}") > page.rindex('class="card')

    def test_nothing_is_offered_where_nothing_fits(self, client, lookup):
        self.asking(lookup, "lang.spanish")
        assert 'href="/guides/' not in client.get("/search?near=Exampletown").text

    def test_a_listing_offers_the_guides_about_its_care(self, client):
        """After how to reach it."""
        page = client.get("/listing/place-42").text
        assert page.index('href="/guides/') > page.index('id="reach"')

    def test_words_of_danger_offer_the_guide_on_overdose(self, client, lookup):
        """Below the notice that they fire."""
        understood = Understanding("overdose", "en", crisis="crisis.overdose")
        lookup.answer = replace(pages.result_page(), understanding=understood, notices=(pages.notice("emergency-911"),))
        page = client.get("/search?near=Exampletown").text

        assert page.index('id="notice-emergency-911"') < page.index('href="/guides/overdose"')
