"""The map of a page, as its template asks for it."""

from __future__ import annotations

from markupsafe import Markup

from directory.maps.area import map_of_listing, map_of_results
from directory.maps.drawing import figure
from directory.maps.tiles import Streets
from directory.page import ListingPage, ResultPage


def area_map(page: ResultPage | ListingPage, streets: Streets | None = None) -> Markup:
    """Return the map of a page of results or of a listing, nothing where there is no place to draw."""
    area = map_of_results(page) if isinstance(page, ResultPage) else map_of_listing(page)
    return figure(area, streets) if area else Markup("")
