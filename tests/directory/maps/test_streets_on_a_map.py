"""Streets of a server that the operator named: off by default, page by page, and what that server is told."""

from __future__ import annotations

import re
from dataclasses import replace
from math import cos, pi, radians

import pages
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pages import EXAMPLETOWN, FakeLookup, Shop

from directory import create_app
from directory.maps.frame import HEIGHT, WIDTH, Frame
from directory.maps.tiles import SEAM, tiles
from directory.maps.words import SOURCES
from directory.tile_settings import TileServer
from directory.web.http import CONTENT_SECURITY_POLICY
from index.geo.distance import Coordinates

SERVER = TileServer(
    "https://tiles.example.org/{z}/{x}/{y}.png?key=a&b", "https://tiles.example.org", "tiles.example.org", "© Example <b>"
)
SEARCH = "/search?near=Exampletown&offers=care.detox"
PLACED = re.compile(
    r'<image href="[^"]*/(\d+)/(\d+)/(\d+)\.png[^"]*" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"'
)
IMAGES = re.compile(r"img-src ([^;]*)")


def client(server: TileServer | None = SERVER, lang: str = "en"):
    """A browser on a copy whose searches find a place near Exampletown."""
    found = pages.result_page([Shop().row(pages.listing(), 1)], place=EXAMPLETOWN, radius_miles=25.0, lang=lang)
    settings = replace(pages.settings(), tiles=server)
    return create_app(lookup=FakeLookup(answer=found, settings=settings, follows_language=False)).test_client()


def placed(frame: Frame) -> list[tuple[float, ...]]:
    """Zoom, column, row, x, y, width and height of each picture."""
    return [tuple(map(float, PLACED.match(image).groups())) for image in tiles(frame, SERVER)]


frames = some.builds(
    Frame.around,
    some.builds(Coordinates, some.floats(-15.0, 71.0), some.floats(-180.0, 179.9)),
    some.floats(0.5, 500.0),
)


class TestOff:
    @pytest.mark.parametrize("path", [SEARCH, "/listing/place-42", f"{SEARCH}&map=tiles"])
    def test_nothing_is_offered_and_nothing_allowed(self, path):
        """Which is how a copy starts: also where an address asks for streets."""
        answer = client(None).get(path)

        assert "<svg" in answer.text
        assert "<image" not in answer.text
        assert "treets" not in answer.text
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY

    def test_privacy_says_that_nothing_comes_from_others(self):
        page = client(None).get("/privacy").text
        assert "Show streets" not in page
        assert "nothing loaded from other companies" in page
        assert "scripts of other companies on these pages. " in client(None).get("/health-data").text


class TestOffered:
    @pytest.mark.parametrize("path", [SEARCH, "/listing/place-42"])
    def test_a_link_says_first_who_would_see_what(self, path):
        """And nothing is fetched or allowed before it is pressed."""
        answer = client().get(path)

        assert re.search(r'href="[^"]*map=tiles#map">Show streets</a> ', answer.text)
        assert "</a> The pictures come from another server, tiles.example.org. " in answer.text
        assert "It would see your network address and which area you look at, never what you searched for." in answer.text
        assert "<image" not in answer.text
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY

    def test_the_link_keeps_the_search_and_nothing_else(self):
        link = re.search(r'href="([^"]*)">Show streets', client().get(SEARCH).text)[1].replace("&amp;", "&")
        assert link == f"{SEARCH}&map=tiles#map"

    def test_an_answer_in_place_of_an_address_has_none(self):
        """Its words stand in no address, so there is none to ask again with."""
        answer = client().post("/search", data={"q": "detox", "near": "Exampletown", "map": "tiles"}, follow_redirects=False)
        assert "Show streets" not in answer.text
        assert "<image" not in answer.text

    def test_privacy_names_the_server(self):
        page = client().get("/privacy").text
        assert "Streets on a map come from tiles.example.org, and only after you press “Show streets”" in page
        assert "nothing loaded from other companies" not in page
        assert "Las calles de un mapa vienen de tiles.example.org" in client().get("/privacy?lang=es").text

    @pytest.mark.parametrize(
        ("lang", "said"),
        [("en", "which come from tiles.example.org and only after"), ("es", "que vienen de tiles.example.org y solo si")],
    )
    def test_so_does_the_policy_on_health_data(self, lang, said):
        assert said in client().get(f"/health-data?lang={lang}").text


class TestShown:
    def test_the_page_allows_images_of_that_origin_and_no_other(self):
        """Everything else of the security policy stays."""
        policy = client().get(f"{SEARCH}&map=tiles").headers["Content-Security-Policy"]

        assert IMAGES.search(policy)[1] == "'self' data: https://tiles.example.org"
        assert IMAGES.sub("", policy) == IMAGES.sub("", CONTENT_SECURITY_POLICY)

    def test_a_page_that_has_not_changed_allows_them_too(self):
        """A browser takes the policy of a 304 for the page that it kept."""
        browser = client()
        kept = browser.get(f"{SEARCH}&map=tiles")
        again = browser.get(f"{SEARCH}&map=tiles", headers={"If-None-Match": kept.headers["ETag"]})

        assert again.status_code == 304
        assert again.headers["Content-Security-Policy"] == kept.headers["Content-Security-Policy"]

    def test_the_server_is_told_a_square_of_the_map_alone(self):
        """No words, no place: zoom, column and row; and no address of ours."""
        page = client().get(f"{SEARCH}&map=tiles").text
        asked = re.findall(r'<image href="([^"]*)"', page)

        assert 0 < len(asked) <= 12
        assert all(re.fullmatch(r"https://tiles\.example\.org/\d+/\d+/\d+\.png\?key=a&amp;b", address) for address in asked)
        assert page.count('referrerpolicy="no-referrer"/>') == len(asked)

    @pytest.mark.parametrize(
        ("lang", "words"), [("en", "Streets: © Example &lt;b&gt;. "), ("es", "Calles: © Example &lt;b&gt;. ")]
    )
    def test_it_names_whose_they_are_and_leads_back(self, lang, words):
        """Our own lines are not claimed for what they did not draw."""
        page = client(lang=lang).get(f"{SEARCH}&lang={lang}&map=tiles").text
        back = re.search(r'<span class="about-streets"><a href="([^"]*)">', page)[1].replace("&amp;", "&")

        assert words in page
        assert SOURCES[lang] not in page
        assert back == f"{SEARCH}&lang={lang}#map"

    def test_pins_rings_and_words_stay(self):
        with_streets, without = (client().get(path).text for path in (f"{SEARCH}&map=tiles", SEARCH))
        for part in (r'<g class="pin.*?</g>', r'<circle class="ring"[^>]*>', r"<desc.*?</desc>"):
            assert re.findall(part, with_streets) == re.findall(part, without) != []

    def test_no_other_link_of_the_page_asks_for_them(self):
        """Each page is asked for anew."""
        page = client().get(f"{SEARCH}&map=tiles").text
        assert "map=tiles" not in page


class TestWhereTheyLie:
    @given(frames)
    def test_they_cover_the_whole_map_and_are_few(self, frame):
        """Wherever it is: in the Aleutians columns go on across the antimeridian."""
        found = placed(frame)
        assert 1 <= len(found) <= 12
        assert min(x for *_, x, _, _, _ in found) <= 0
        assert min(y for *_, y, _, _ in found) <= 0
        assert max(x + wide for *_, x, _, wide, _ in found) >= WIDTH
        assert max(y + high for *_, y, _, high in found) >= HEIGHT

    @given(frames)
    def test_each_stands_where_its_edges_are(self, frame):
        """A place on the edge between two columns is drawn there by the map, too."""
        for zoom, column, _row, x, *_ in placed(frame):
            edge = Coordinates(frame.centre.lat, (column / 2**zoom * 360) % 360 - 180)
            assert frame.place_one(edge)[0] == pytest.approx(x, abs=0.06)

    def test_a_known_square_holds_a_known_place(self):
        """Denver's capitol (39.7392, -104.9849) is in 10/213/388 of the Web Mercator grid, worked out by hand."""
        found = placed(Frame.around(Coordinates(39.7392, -104.9849), 25.0))
        zoom = int(found[0][0])
        column = int((-104.9849 + 180) / 360 * 2**zoom)
        (square,) = [one for one in found if one[1] == column and one[4] <= HEIGHT / 2 < one[4] + one[6] - SEAM]

        assert (213 << zoom >> 10, 388 << zoom >> 10) == (square[1], square[2])
        miles_wide = 360 / 2**zoom * cos(radians(39.7392)) * 3958.76 * pi / 180
        assert square[5] == pytest.approx(miles_wide / (25 * 1.07 * 2 / 300), rel=0.01)
