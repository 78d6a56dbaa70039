"""Pages about the site itself say what is true of this copy, in both languages, and change with the records."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from paying_places import NOW, PayingPlaces

from directory.disclosure import LANGUAGES
from directory.duties.sponsoring import end_listing_sponsorships
from directory.openness.licences import licence_lists
from directory.settings import Operator, ProxyLogs

ADDRESSES = (
    *("/how-results-are-ordered", "/where-do-calls-go", "/paid-listings", "/health-data"),
    *("/state/CO", "/state/wy", "/list"),
)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("address", ADDRESSES)
class TestEveryPage:
    def test_it_stands_in_both_languages_with_the_same_parts(self, places, address):
        """Disclosure row 31: the same headings and links, other words."""
        english, spanish = (places.client().get(f"{address}?lang={lang}").text for lang in LANGUAGES)
        shape = re.compile(r'<(h1|h2)|href="(https?:[^"]+|/[a-z-]+)')

        assert (english.count("<h1"), spanish.count("<h1")) == (1, 1)
        assert [found[0] for found in shape.findall(english)] == [found[0] for found in shape.findall(spanish)]
        assert re.findall("<h1>(.*?)</h1>", english) != re.findall("<h1>(.*?)</h1>", spanish)

    def test_it_has_the_frame_of_every_page(self, places, address):
        """Crisis strip, way out, who runs it, nothing from others, no cookie."""
        answer = places.client().get(address)

        assert answer.status_code == 200
        assert answer.text.index('class="crisis"') < answer.text.index("<h1")
        assert "We are Example County." in answer.text
        assert "Set-Cookie" not in answer.headers


class TestOrder:
    def test_it_says_the_rule_and_that_money_is_no_part_of_it(self, places):
        """Disclosure row 8, at length."""
        page = places.client().get("/how-results-are-ordered").text
        assert "Money never changes the order of results." in page
        assert "Best match first, then nearest" in page

    @pytest.mark.parametrize(("allowed", "said"), [(True, "They take turns by date."), (False, "This copy shows none.")])
    def test_it_says_whether_this_copy_has_advertisements(self, places, allowed, said):
        assert said in places.client(advertising=allowed).get("/how-results-are-ordered").text


class TestCalls:
    def test_numbers_that_go_to_paying_firms_are_named(self, places):
        """With who they are and the source that says so."""
        page = places.client().get("/where-do-calls-go").text
        assert "These pay: Example Rehab Group and Second Example Group. It is run by Example Calls." in page
        assert "<strong>(719) 555-0105</strong>" in page
        assert 'href="https://example.org/who"' in page


class TestPaidListings:
    def test_nobody_pays(self, places):
        page = places.client().get("/paid-listings").text
        assert "<p>Nobody.</p>" in page
        assert "Nothing has changed since this copy began." in page

    def test_it_changes_with_the_next_request(self, places: PayingPlaces):
        """Who pays now, and every change, newest first."""
        client = places.client()
        places.sponsor("Aspen House")
        paying = client.get("/paid-listings").text
        end_listing_sponsorships(places.store, places.id_of("Aspen House"), by="admin", now=NOW)
        ended = client.get("/paid-listings").text

        assert "Example Payer Inc pays a flat fee, from November 21, 2026 until it is ended." in paying
        assert "<p>Nobody.</p>" in ended
        assert ended.index("no longer pays for Aspen House.") < ended.index("pays a flat fee for Aspen House, from")

    def test_the_label_stands_before_the_name(self, places):
        places.sponsor("Aspen House")
        for lang, label in (("en", "Paid advertisement:"), ("es", "Anuncio pagado:")):
            page = places.client().get(f"/paid-listings?lang={lang}").text
            assert page.index(label) < page.index("Aspen House")

    def test_the_feed_has_every_change(self, places):
        """Valid Atom: an id, a title and a time for each entry, and for the whole."""
        places.sponsor("Aspen House")
        answer = places.client(public_url="https://help.example.org").get("/paid-listings.atom")
        feed = ElementTree.fromstring(answer.data)
        [entry] = feed.findall(f"{ATOM}entry")

        assert answer.mimetype == "application/atom+xml"
        assert entry.findtext(f"{ATOM}title") == (
            "Example Payer Inc pays a flat fee for Aspen House, from November 21, 2026 until it is ended."
        )
        assert entry.findtext(f"{ATOM}id") == "https://help.example.org/paid-listings#change-1"
        assert feed.findtext(f"{ATOM}updated") == "2026-11-21T12:00:00+00:00"

    def test_who_recorded_it_is_not_public(self, places):
        """The log names payers and listings; names of staff stay inside."""
        places.sponsor("Aspen House")
        assert "editor" not in places.client().get("/paid-listings.atom").text


class TestHealthData:
    def test_it_names_the_contact_or_says_that_there_is_none(self, places):
        named = Operator(owner="Example County", funders=("Example County",), contact="help@example.org")
        assert "help@example.org" in places.client(operator=named).get("/health-data").text
        assert "has not named a contact" in places.client().get("/health-data").text


class TestPrivacy:
    """Disclosure row 29a: what this program writes, what the operator declares of others, what everybody else still sees."""

    @pytest.mark.parametrize(
        ("logs", "said"),
        [
            (ProxyLogs.UNKNOWN, "has not said whether other servers stand in front of this copy"),
            (ProxyLogs.NOTHING, "write down nothing about who asks or what"),
            (ProxyLogs.ADDRESSES, "writes down network addresses, and not what was asked"),
            (ProxyLogs.ADDRESSES_AND_PAGES, "network addresses and the pages that were opened"),
        ],
    )
    def test_it_tells_what_the_operator_declares_of_servers_before_it(self, places, logs, said):
        assert said in places.client(proxy_logs=logs).get("/privacy").text

    def test_nobody_declared_anything_by_default(self, places):
        assert places.settings.proxy_logs is ProxyLogs.UNKNOWN

    @pytest.mark.parametrize("said", ["history", "internet provider", "phone bill", "How to hide this visit", "no reviews"])
    def test_it_says_what_others_still_see_and_how_to_hide(self, places, said):
        assert said in places.client().get("/privacy").text

    @pytest.mark.parametrize("address", ["/", "/search?near=80132", "/listing/none", "/list", "/state/CO"])
    def test_the_health_data_policy_is_in_every_footer(self, places, address):
        page = places.client().get(address).text
        assert 'href="/health-data"' in page[page.index("<footer") :]


class TestStates:
    def test_it_links_the_federal_locator_and_its_listings(self, places):
        """Disclosure row 17."""
        page = places.client().get("/state/co").text
        assert 'href="https://findtreatment.gov/"' in page
        assert re.search(r'href="/search\?[^"]*kind=facility[^"]*">Treatment places: 6<', page)

    @pytest.mark.parametrize("state", sorted(licence_lists()))
    def test_it_links_the_states_own_licence_page_where_that_is_known(self, places, state):
        """With the office that keeps it and the day of its address."""
        known = licence_lists()[state]
        page = places.client().get(f"/state/{state}").text
        assert f'href="{known.url}"' in page
        assert f"{known.office}: who holds a license" in page

    def test_it_says_so_where_none_is_known(self, places):
        assert "is not yet: ask the state" in places.client().get("/state/wy").text

    def test_only_pages_of_the_states_themselves_are_linked(self):
        """No commercial list, no plain connection, nothing twice, and a state that exists."""
        for state, known in licence_lists().items():
            host = urlsplit(known.url).hostname or ""
            assert known.url.startswith("https://")
            assert host.endswith((".gov", f".{state.casefold()}.us"))

    def test_each_of_the_56_has_a_page(self, places):
        client = places.client()
        assert {client.get(f"/state/{one.state}").status_code for one in places.lookup.coverage()} == {200}

    @pytest.mark.parametrize("code", ["XX", "colorado", "0"])
    def test_anything_else_is_no_state(self, places, code):
        assert places.client().get(f"/state/{code}").status_code == 404
