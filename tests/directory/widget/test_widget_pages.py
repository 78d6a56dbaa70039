"""The pages around the widget: a frame for sites without scripts, oEmbed, and the page that writes the snippet."""

from __future__ import annotations

import re

import pytest
from pages import FakeLookup, settings

from directory import create_app
from directory.widget.bundle import make_bundle
from directory.widget.colours import contrast, text_on
from directory.widget.page_words import PAGE_WORDS

SEARCH = "http://localhost/search?near=80132&offers=care.detox"


class TestFrame:
    def test_it_shows_results_without_script(self, client):
        """Crisis numbers, whose results these are, the sentence, the cards."""
        page = client.get("/embed?near=80132&offers=care.detox&host=Example+Library").text
        parts = ["Call</a> or", "Results by Example County, not by Example Library.", "Places that say", "Cedar Ridge Recovery"]

        assert sorted(parts, key=page.index) == parts

    @pytest.mark.parametrize("path", ["/embed?near=80132", "/embed?radius=x", "/embed"])
    def test_any_site_may_show_it(self, client, path):
        """Also when it says that something cannot be used."""
        headers = client.get(path).headers

        assert "frame-ancestors *" in headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in headers

    @pytest.mark.parametrize(
        ("setting", "policy"), [("https://library.example.org https://*.example.edu", None), ("'none'", "'none'")]
    )
    def test_the_operator_may_name_the_sites(self, setting, policy):
        """Only they show it; with none the old header says so too."""
        app = create_app(lookup=FakeLookup(settings=settings(frame_ancestors=setting)))
        headers = app.test_client().get("/embed?near=80132").headers

        assert headers["Content-Security-Policy"].endswith(f"frame-ancestors {policy or setting}")
        assert headers.get("X-Frame-Options") == ("DENY" if policy else None)

    @pytest.mark.parametrize("asked", ["states=CO", "only=place-42", "kind=facility", "unpaid_only=1", "offers=care.detox"])
    def test_what_the_host_chose_is_said_before_whose_results_these_are(self, client, asked):
        """And the form keeps it, so that a reader's own search stays as limited as it says."""
        page = client.get(f"/embed?near=80132&host=Example+Library&{asked}").text
        name, value = asked.split("=")

        assert page.index("Showing only places chosen by Example Library") < page.index("Results by Example County")
        assert f'<input type="hidden" name="{name}" value="{value}">' in page

    def test_without_a_choice_nothing_of_the_kind_is_said(self, client):
        """A place alone limits nothing: the reader changes it."""
        assert "chosen by" not in client.get("/embed?near=80132").text

    @pytest.mark.parametrize("path", ["/", "/search?near=80132", "/widget", "/embedded"])
    def test_no_site_may_show_any_other_page(self, client, path):
        """Only the one that is made for it."""
        headers = client.get(path).headers

        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"

    def test_what_is_typed_stands_in_no_address(self, client, lookup):
        """The form and the pager send it in their body, and nobody keeps the answer."""
        response = client.post("/embed", data={"q": "my secret", "near": "80132", "offers": "care.detox", "page": "2"})

        assert lookup.asked[-1].text == "my secret"
        assert lookup.asked[-1].page == 2
        assert response.headers["Cache-Control"] == "no-store"
        assert not re.search(r'(href|src|action)="[^"]*secret', response.text)

    def test_links_leave_the_frame(self, client):
        """A listing opens beside the page of the host; searches stay inside."""
        page = client.get("/embed?near=80132").text

        assert '<base target="_blank">' in page
        assert all('target="_self"' in form for form in re.findall('<form[^>]*action="/embed"[^>]*>', page))

    def test_a_value_that_cannot_be_used_is_said_with_the_lines(self, client):
        """Status 400, the message, and whom to call."""
        response = client.get("/embed?radius=x")

        assert response.status_code == 400
        assert "Choose a distance from 1 to 500 miles." in response.text
        assert "1-800-662-4357" in response.text

    def test_a_list_can_be_made_in_it(self, client):
        """The boxes of the cards belong to a form, which opens beside the page of the host."""
        page = client.get("/embed?near=80132").text

        assert ('form="your-list"' in page) == ('id="your-list"' in page)

    def test_the_way_out_stands_before_the_form(self, client):
        """Not below a list that must be scrolled first; it takes the whole tab away."""
        page = client.get("/embed?near=80132").text

        assert page.index('target="_top">Leave this site</a>') < page.index("<form")

    def test_the_name_of_the_host_is_text(self, client):
        """Whatever an address says stays words."""
        assert "<b>" not in client.get("/embed?host=%3Cb%3Ex").text

    def test_it_speaks_spanish(self, client):
        """As the address asks."""
        page = client.get("/embed?near=80132&lang=es").text

        assert '<html lang="es">' in page
        assert "Resultados de Example County, no de la página que lo rodea." in page


class TestOembed:
    def ask(self, client, url: str, **more: str):
        return client.get("/oembed", query_string={"url": url, **more})

    def test_a_search_becomes_a_frame(self, client):
        """Version 1.0, type rich, with a title for screen readers."""
        answer = self.ask(client, SEARCH).json

        assert (answer["version"], answer["type"], answer["width"]) == ("1.0", "rich", 600)
        assert 'src="http://localhost/embed?near=80132&amp;offers=care.detox"' in answer["html"]
        assert 'title="Find treatment"' in answer["html"]

    def test_it_is_no_larger_than_allowed(self, client):
        """`maxwidth` and `maxheight`."""
        answer = self.ask(client, SEARCH, maxwidth="300", maxheight="200").json

        assert (answer["width"], answer["height"]) == (300, 200)
        assert 'width="300" height="200"' in answer["html"]

    @pytest.mark.parametrize(
        "url",
        ["", "http://other.example.org/search?near=80132", "http://localhost/about", "http://[x/search", f"{SEARCH}&radius=x"],
    )
    def test_anything_else_is_not_found(self, client, url):
        """As the standard says."""
        assert self.ask(client, url).status_code == 404

    def test_where_no_frame_is_allowed_there_is_none_to_embed(self):
        """Neither here nor in the lines of the snippet writer."""
        client = create_app(lookup=FakeLookup(settings=settings(frame_ancestors="'none'"))).test_client()

        assert self.ask(client, SEARCH).status_code == 404
        assert "&lt;iframe" not in client.get("/widget").text

    @pytest.mark.parametrize(
        ("path", "named"), [("/search?near=80132", True), ("/search?q=my+secret&near=80132", False), ("/search", False)]
    )
    def test_a_results_page_names_it_where_its_address_may_be_shared(self, path, named):
        """Pasting that address shows the search; words stand in no address of ours."""
        client = create_app(lookup=FakeLookup(settings=settings(public_url="https://help.example.org"))).test_client()
        found = re.search(r'application/json\+oembed" href="([^"]+)"', client.get(path).text)

        assert bool(found) == named
        if found:
            answer = client.get(found.group(1).replace("&amp;", "&").removeprefix("https://help.example.org"))
            assert 'src="https://help.example.org/embed?' in answer.json["html"]

    def test_a_results_page_names_no_host_that_a_reader_sent(self, client):
        """Pages are kept in memory: without the operator's word for this site's address there is no link."""
        page = client.get("/search?near=80132", headers={"Host": "evil.example.org"}).text

        assert "oembed" not in page
        assert "evil.example.org" not in page

    def test_other_formats_are_not_implemented(self, client):
        """As the standard says."""
        assert self.ask(client, SEARCH, format="xml").status_code == 501


class TestSnippetWriter:
    def test_it_writes_what_was_chosen(self, client):
        """Element, link inside, colours, each escaped for the page that shows it."""
        page = client.get("/widget?near=80132&care=care.detox&language=es&theme=dark&accent=%2386D7CB").text

        assert (
            "&lt;treatment-search near=&#34;80132&#34; offers=&#34;care.detox&#34; lang=&#34;es&#34; theme=&#34;dark&#34;" in page
        )
        assert "--ts-accent: #86d7cb; --ts-on-accent: #06201e" in page
        assert '<treatment-search near="80132"' in page

    def test_the_fixed_version_has_its_integrity_hash(self, client):
        """That of the file which the address sends."""
        file = make_bundle("Example County")
        page = client.get("/widget").text

        assert f"widget-{file.version}.js&#34; integrity=&#34;{file.integrity}&#34; crossorigin=&#34;anonymous&#34;" in page

    def test_it_says_what_a_content_policy_must_allow(self, client):
        """For the element and for the frame."""
        page = client.get("/widget").text

        assert "script-src http://localhost; connect-src http://localhost" in page
        assert "frame-src http://localhost" in page

    def test_it_can_be_discovered(self, client):
        """The page names its oEmbed answer, which exists."""
        page = client.get("/widget?near=80132").text
        address = re.search(r'application/json\+oembed" href="([^"]+)"', page).group(1)

        assert client.get(address.replace("&amp;", "&")).status_code == 200

    @pytest.mark.parametrize(
        ("accent", "said"), [("red", "accent_wrong"), ("#ffffff", "accent_faint"), ("#777777;x", "accent_wrong")]
    )
    def test_a_colour_that_cannot_be_read_is_refused(self, client, accent, said):
        """Next to its field, and not in the snippet."""
        page = client.get("/widget", query_string={"accent": accent}).text

        assert PAGE_WORDS["en"][said] in page
        assert "--ts-accent" not in page

    def test_states_and_the_name_of_the_site_stand_in_every_way(self, client):
        """In the attributes and in the frame's address; the link inside the element leads to the whole directory."""
        page = client.get("/widget?near=80132&states=co,wy&host=Example+Library").text

        assert "scope=&#34;CO WY&#34; host-name=&#34;Example Library&#34;" in page
        assert "/embed?near=80132&amp;amp;states=CO%2CWY&amp;amp;host=Example+Library" in page
        assert "/search?near=80132&#34;" in page

    def test_a_state_that_there_is_not_is_said_beside_its_field(self, client):
        """And stands in no line."""
        page = client.get("/widget?states=Colorado").text

        assert PAGE_WORDS["en"]["states_wrong"] in page
        assert "scope=" not in page

    def test_the_preview_takes_colours_only(self, client):
        """Nothing else can be written into a style sheet."""
        assert client.get("/widget-preview-aa0000.css").status_code == 200
        assert client.get("/widget-preview-aa0000;x.css").status_code == 404

    def test_what_was_written_into_it_is_text(self, client):
        """Also inside the preview."""
        assert "<script>x" not in client.get("/widget", query_string={"near": "<script>x", "accent": "<script>x"}).text

    def test_it_is_written_in_spanish_too(self, client):
        """The same words in both."""
        assert PAGE_WORDS["en"].keys() == PAGE_WORDS["es"].keys()
        assert PAGE_WORDS["es"]["title"] in client.get("/widget?lang=es").text


class TestColours:
    def test_contrast_is_that_of_the_guidelines(self):
        """Black on white is 21, a colour on itself 1."""
        assert round(contrast("#000000", "#ffffff"), 1) == 21.0
        assert contrast("#0a4f4b", "#0a4f4b") == 1.0

    @pytest.mark.parametrize(("colour", "text"), [("#0a4f4b", "#ffffff"), ("#ffee00", "#06201e")])
    def test_text_on_a_colour_can_be_read(self, colour, text):
        """White on dark, dark on light."""
        assert text_on(colour) == text
