"""What holds on every page: crisis strip, who runs it, ways out, titles, headers, language."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pages
import pytest
from pages import FakeLookup

from directory import create_app
from directory.settings import Operator

ADDRESSES = ("/", "/search?near=Exampletown", "/listing/place-42", "/about", "/privacy", "/listing/nobody", "/search?radius=x")
every_page = pytest.mark.parametrize("address", ADDRESSES)


@every_page
class TestEveryPage:
    def test_it_begins_with_the_crisis_strip(self, html, address):
        """Above everything else, with numbers that can be called and texted."""
        page = html(address)

        assert page.index('class="crisis"') < page.index("<header")
        assert all(f'href="{line}"' in page for line in ("tel:911", "tel:988", "sms:988", "tel:+18002221222"))

    def test_it_has_one_main_heading_and_a_language(self, html, address):
        """One h1; `lang` on the document."""
        page = html(address)

        assert page.count("<h1") == 1
        assert '<html lang="en">' in page

    def test_it_offers_a_way_out_first(self, html, address):
        """The quick exit is the second thing that the keyboard reaches, and works without script."""
        links = re.findall(r'<a [^>]*href="([^"]+)"', html(address))

        assert links[1] == "https://www.weather.gov/"

    def test_it_says_who_runs_it_and_links_the_privacy_page(self, html, address):
        """An operator that is not named is said to be not named."""
        page = html(address)

        assert "The operator of this copy has not said who runs it." in page
        assert 'href="/privacy"' in page
        assert 'href="/about#money"' in page

    def test_it_tells_nobody_where_the_reader_came_from(self, client, address):
        """No referrer, no cookie, nothing inline that the security policy would have to allow."""
        answer = client.get(address)

        assert '<meta name="referrer" content="no-referrer">' in answer.text
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers
        assert not re.search(r"<script(?! type=\"module\" src=)| on\w+=|style=", answer.text)

    def test_its_own_style_is_allowed_by_its_hash_alone(self, client, address):
        """The first screenful is painted without asking again; no other style in the page would be obeyed."""
        answer = client.get(address)
        (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        digest = b64encode(sha256(style.encode()).digest()).decode()

        assert f"style-src 'self' 'sha256-{digest}';" in answer.headers["Content-Security-Policy"]
        assert ".crisis" in style

    def test_it_loads_nothing_from_others(self, html, address):
        """Whatever a browser loads by itself comes from this site."""
        loaded = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="([^"]+)"', html(address))

        assert loaded
        assert all(source.startswith(("/static/", "/listing/")) for source in loaded)

    def test_its_title_says_nothing_of_the_search(self, html, address):
        """Titles stand in histories and on shared screens."""
        title = re.search(r"<title>(.*?)</title>", html(address))[1]

        assert "Exampletown" not in title
        assert "Cedar" not in title

    def test_it_switches_the_language_in_place(self, html, address):
        """The other language is named in itself and keeps the page."""
        assert re.search(r'<a href="[^"]*lang=es[^"]*" hreflang="es" lang="es">Español</a>', html(address))


class TestLanguage:
    def test_the_browser_decides_when_nobody_chose(self, html):
        """`Accept-Language` is honoured."""
        assert '<html lang="es">' in html("/", Accept_Language="es-MX,es;q=0.9,en;q=0.5")

    def test_a_choice_wins_and_links_keep_it(self, html):
        """`?lang=en` on a Spanish browser stays English on the next page."""
        page = html("/?lang=en", Accept_Language="es")

        assert '<html lang="en">' in page
        assert 'href="/about?lang=en"' in page

    def test_the_switch_keeps_the_search(self, html):
        """The same parts in the other language."""
        switch = re.search(r'href="([^"]+)" hreflang="es"', html("/search?near=Exampletown&utm_source=x"))[1]

        assert switch == "/search?near=Exampletown%2C+CO&amp;offers=care.detox&amp;offers=pay.medicaid&amp;lang=es"

    def test_caches_are_told(self, client):
        """A shared cache must not give a Spanish page to an English browser."""
        assert "Accept-Language" in client.get("/").headers["Vary"]


class TestSearchEngines:
    def test_results_are_not_indexed(self, html):
        """A search is nobody's landing page."""
        assert '<meta name="robots" content="noindex">' in html("/search?near=Exampletown")

    def test_other_pages_are(self, html):
        """People should find the directory."""
        assert "noindex" not in html("/about")


class TestPlainTab:
    def test_a_tab_can_say_nothing_of_the_site(self):
        """Where screens are shared an operator can leave the site's name and its mark out of the tab."""
        client = create_app(lookup=FakeLookup(settings=pages.settings(plain_tab=True))).test_client()
        page = client.get("/about").text

        assert "<title>About this site</title>" in page
        assert "plain.svg" in page
        assert "icon.svg" not in page


class TestOperator:
    def test_a_named_operator_and_its_funders_are_said(self):
        """The sentences come from the settings, never from a template."""
        operator = Operator(owner="Example Health Fund", funders=("Example County",))
        client = create_app(lookup=FakeLookup(settings=pages.settings(operator=operator))).test_client()

        assert "We are Example Health Fund. We are paid by Example County." in client.get("/").text

    def test_a_stake_in_a_place_is_said_on_its_page(self):
        """Ownership is shown like a paid status."""
        page = pages.listing_page(shop=pages.Shop(owned=("place-42",)))
        client = create_app(lookup=FakeLookup(listings={"place-42": page})).test_client()

        honest = client.get("/listing/place-42").text.partition("Is it honest?")[2]
        assert "The operator of this site has a stake in this place." in honest

    def test_owned_places_are_named(self):
        """Ids say nothing to a reader."""
        operator = Operator(owner="Example", funders=("Example",), facilities_owned=("place-42",))
        client = create_app(lookup=FakeLookup(settings=pages.settings(operator=operator))).test_client()

        assert "We run Cedar Ridge Recovery; they are marked." in client.get("/search?near=Exampletown").text


class TestAssets:
    def test_an_asset_is_kept_for_a_year_under_its_digest(self, client, html):
        """The address changes with the content, so nobody ever sees an old style sheet."""
        address = re.search(r'href="(/static/[0-9a-f]+/later\.css)"', html("/"))[1]

        assert "immutable" in client.get(address).headers["Cache-Control"]

    def test_an_old_page_still_gets_its_styles(self, client):
        """An unknown digest answers with what there is, and is not kept."""
        answer = client.get("/static/000000000000/site.css")

        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"

    def test_other_files_are_not_served(self, client):
        """Only the named assets."""
        assert client.get("/static/0/base.html").status_code == 404

    def test_the_style_guide_is_for_development(self, app, client):
        """404 in production; every component in debug mode."""
        assert client.get("/styleguide").status_code == 404
        app.debug = True
        guide = client.get("/styleguide")
        assert guide.status_code == 200
        for component in (
            "Notices",
            "Chips",
            "Cards",
            "Meeting row",
            "Helpline card",
            "Shortlist",
            "Filter group",
            "Map",
            "Pager",
        ):
            assert f"<h2>{component}" in guide.text
        assert "7:00" in guide.text
