"""The map of a results page and of a listing: what it shows, what it says, and what it never does."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pages
import pytest
from pages import EXAMPLETOWN, Shop

from directory.maps.placed import area_map
from index.geo.place_types import PlaceKind
from index.listing import Precision


def row(position: int, miles: float, **changes: object):
    return replace(Shop().row(pages.listing(number=40 + position, **changes), position), distance_miles=miles)


def near(*rows, **changes):
    """A page of results within 25 miles of Exampletown."""
    return pages.result_page(rows, **{"place": EXAMPLETOWN, "radius_miles": 25.0, **changes})


def image(markup: str) -> ElementTree.Element:
    """The drawing, which is well-formed."""
    return ElementTree.fromstring(re.search("<svg.*</svg>", markup, re.DOTALL).group(0))


class TestResults:
    def test_it_is_one_image_with_a_title_and_words(self):
        """Which programs that read aloud say instead of its parts; the ids they name exist."""
        svg = image(area_map(near(row(1, 0.9))))
        named = {element.get("id"): element.text for element in svg.iter() if element.get("id")}
        assert svg.get("role") == "img"
        assert named[svg.get("aria-labelledby")] == "Map of the places in this list around Exampletown, CO"
        assert named[svg.get("aria-describedby")] == "Within 1 mile: 1."

    def test_a_link_skips_it(self):
        markup = area_map(near(row(1, 0.9)))
        target = re.search(r'class="skip-map" href="#([\w-]+)"', markup).group(1)
        assert f'id="{target}"' in markup.partition("</figure>")[2]

    def test_words_say_in_which_ring_each_number_is(self):
        """As the list's own distances say it."""
        markup = area_map(near(row(1, 0.0), row(2, 7.5, lat=39.8), row(3, 22.0, lat=40.0)))
        assert "Within 5 miles: 1. From 5 to 10 miles: 2. From 10 to 25 miles: 3." in markup

    def test_what_is_known_only_by_its_zip_code_is_said_and_drawn_open(self):
        markup = area_map(near(row(1, 3.0, precision=Precision.ZIP)))
        assert "Open rings of about 3 miles: 1. We know these only by ZIP code" in markup
        assert 'class="about"' in markup
        assert 'class="pin open"' in markup

    def test_what_has_no_point_is_named(self):
        """It is in the list, and not on the map."""
        markup = area_map(near(row(1, 0.9), row(2, 1.0, lat=None, lon=None, precision=Precision.NONE)))
        assert "Not on the map: 2." in markup

    def test_near_results_are_shown_large(self):
        """Everything within a mile: the ring of 25 miles would make one blot of it."""
        assert ">1 mi<" in area_map(near(row(1, 0.9)))
        assert ">25 mi<" not in area_map(near(row(1, 0.9)))

    def test_a_state_has_no_rings(self):
        """Its middle is nowhere in particular."""
        colorado = replace(EXAMPLETOWN, kind=PlaceKind.STATE, label="Colorado", city="", county="")
        markup = area_map(near(row(1, 30.0), place=colorado, radius_miles=None))
        assert "Map of the places in this list in Colorado" in markup
        assert 'class="ring"' not in markup

    @pytest.mark.parametrize("page", [near(), near(row(1, 0.9), place=None, radius_miles=None)], ids=["no rows", "no place"])
    def test_without_anything_to_show_there_is_no_map(self, page):
        assert area_map(page) == ""

    def test_it_speaks_spanish(self):
        markup = area_map(near(row(1, 0.9), lang="es"))
        assert "Mapa de los lugares de esta lista alrededor de Exampletown, CO" in markup
        assert "Saltar el mapa" in markup
        assert "Las millas son en línea recta" in markup

    def test_it_is_small(self):
        """Twenty places in the densest part of the country: a tenth of the page's budget."""
        rows = [row(n, n / 2, lat=40.71 + n % 5 / 50, lon=-74.0 + n / 100) for n in range(1, 21)]
        assert len(area_map(near(*rows)).encode()) < 12_000

    def test_it_asks_nobody_for_anything(self):
        """No address, no style, no script."""
        markup = area_map(near(row(1, 0.9)))
        assert not re.search(r"https?:|url\(|style=|<image|<script|xlink", markup)


class TestListing:
    def test_it_stands_in_the_middle_without_a_number(self):
        svg = image(area_map(pages.listing_page(pages.listing())))
        assert svg.find("circle[@class='pin']").get("cx") == "160"
        assert svg.findtext("desc") == "The dot is its street address."

    def test_hostile_names_stay_names(self):
        """The name of a place is in the title of its map."""
        svg = image(area_map(pages.listing_page(pages.listing('<script>"&</title>'))))
        assert '<script>"&</title>' in svg.findtext("title")

    def test_without_a_point_there_is_none(self):
        assert area_map(pages.listing_page(pages.listing(lat=None, lon=None, precision=Precision.NONE))) == ""
