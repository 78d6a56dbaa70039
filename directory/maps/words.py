"""What a map says in words, in both languages: its title, a short key, and the whole of it for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from directory.asking.state_names import place_name
from directory.disclosure import Language, Words
from directory.maps.labels.pins import TOWN_MILES, ZIP_MILES, Spot, ranges
from directory.maps.tiles import Streets
from directory.page import ListingPage, ResultPage
from index.listing import Precision

SKIP: Final[Words] = {"en": "Skip the map", "es": "Saltar el mapa"}
STRAIGHT: Final[Words] = {
    "en": "Miles are in a straight line; the way there is longer.",
    "es": "Las millas son en línea recta; el camino es más largo.",
}
SOURCES: Final[Words] = {
    "en": "Simplified lines: U.S. Census Bureau. Towns: GeoNames.",
    "es": "Líneas simplificadas: Oficina del Censo de EE. UU. Ciudades: GeoNames.",
}
_SHOW_STREETS: Final[Words] = {"en": "Show streets", "es": "Mostrar calles"}
_HIDE_STREETS: Final[Words] = {"en": "Hide streets", "es": "Quitar calles"}
_BEFORE_STREETS: Final[Words] = {
    "en": "The pictures come from another server, {host}. It would see your network address and which area you look at, "
    "never what you searched for.",
    "es": "Las imágenes vienen de otro servidor, {host}. Vería su dirección de red y la zona que usted mira, nunca lo que buscó.",
}
_WITH_STREETS: Final[Words] = {
    "en": "Streets: {credit}. The pictures come from {host}, which sees your network address and which area you look at, "
    "never what you searched for.",
    "es": "Calles: {credit}. Las imágenes vienen de {host}, que ve su dirección de red y la zona que usted mira, "
    "nunca lo que buscó.",
}
_AROUND: Final[Words] = {
    "en": "Map of the places in this list around {place}",
    "es": "Mapa de los lugares de esta lista alrededor de {place}",
}
_IN: Final[Words] = {"en": "Map of the places in this list in {place}", "es": "Mapa de los lugares de esta lista en {place}"}
_POSITION: Final[Words] = {"en": "your position", "es": "su ubicación"}
_NUMBERS: Final[Words] = {"en": "Numbers are those of the list.", "es": "Los números son los de la lista."}
_FIRST_RING: Final[Words] = {"en": "Within {miles}: {numbers}.", "es": "A menos de {miles}: {numbers}."}
_NEXT_RING: Final[Words] = {
    "en": "From {least:g} to {miles}: {numbers}.",
    "es": "De {least:g} a {miles}: {numbers}.",
}
_RINGS: Final = {
    Precision.ZIP: {
        "en": "Open rings of about {miles:g} miles: {numbers}. We know these only by ZIP code; they are somewhere near.",
        "es": "Círculos abiertos de unas {miles:g} millas: {numbers}. Solo sabemos su código postal; están cerca de ahí.",
    },
    Precision.CITY: {
        "en": "Open rings of about {miles:g} miles: {numbers}. We know these only by their town; they are somewhere near.",
        "es": "Círculos abiertos de unas {miles:g} millas: {numbers}. Solo sabemos su ciudad; están cerca de ahí.",
    },
}
_UNPLACED: Final[Words] = {"en": "Not on the map: {numbers}.", "es": "No están en el mapa: {numbers}."}
_LISTING: Final[Words] = {"en": "Map around {name}, {town}", "es": "Mapa alrededor de {name}, {town}"}
_STREET: Final[Words] = {"en": "The dot is its street address.", "es": "El punto es su dirección."}
_ABOUT: Final = {
    Precision.ZIP: {
        "en": "We know this place only by its ZIP code. It is somewhere near the open ring, about {miles:g} miles.",
        "es": "De este lugar solo sabemos el código postal. Está cerca del círculo abierto, a unas {miles:g} millas.",
    },
    Precision.CITY: {
        "en": "We know this place only by its town. It is somewhere near the open ring, about {miles:g} miles.",
        "es": "De este lugar solo sabemos la ciudad. Está cerca del círculo abierto, a unas {miles:g} millas.",
    },
}
_KEY: Final = {
    Precision.ZIP: {
        "en": "An open ring, about {miles:g} miles: we know the place only by its ZIP code.",
        "es": "Un círculo abierto, unas {miles:g} millas: del lugar solo sabemos el código postal.",
    },
    Precision.CITY: {
        "en": "An open ring, about {miles:g} miles: we know the place only by its town.",
        "es": "Un círculo abierto, unas {miles:g} millas: del lugar solo sabemos la ciudad.",
    },
}
_MILES_OF: Final = {Precision.ZIP: ZIP_MILES, Precision.CITY: TOWN_MILES}


def about_results(page: ResultPage, spots: Sequence[Spot], rings: Sequence[float]) -> tuple[str, tuple[str, ...]]:
    """Return title and sentences of the map of a page's results."""
    lang = page.lang
    place = place_name(page.place, lang) if page.place and not page.parts.position else _POSITION[lang]
    title = (_AROUND if page.radius_miles else _IN)[lang].format(place=place)
    return title, (*_by_ring(page, rings), *_about_right(spots, lang), *_left_out(page, spots))


def key_of(spots: Sequence[Spot], lang: Language, *, own_lines: bool = True) -> tuple[str, ...]:
    """Return the key of a map: what its numbers and rings are, that miles are straight, and whose `own_lines` these are."""
    numbered = (_NUMBERS[lang],) if spots[0].number else ()
    known = {spot.precision for spot in spots}
    rings = (words[lang].format(miles=_MILES_OF[precision]) for precision, words in _KEY.items() if precision in known)
    street = () if spots[0].number or known & set(_KEY) else (_STREET[lang],)
    return (*numbered, *rings, *street, STRAIGHT[lang], *((SOURCES[lang],) if own_lines else ()))


def about_listing(page: ListingPage, spot: Spot) -> tuple[str, tuple[str, ...]]:
    """Return title and sentence of the map around a listing."""
    lang, address = page.lang, page.listing.address
    title = _LISTING[lang].format(name=page.card.said_name, town=f"{address.city}, {address.state}".strip(", "))
    about = _ABOUT.get(spot.precision)
    return title, ((about[lang].format(miles=_MILES_OF[spot.precision]) if about else _STREET[lang]),)


def about_streets(streets: Streets, lang: Language) -> tuple[str, str]:
    """Return who sees what of a reader when streets are shown, and the words of the link to the other way."""
    said, label = (_WITH_STREETS, _HIDE_STREETS) if streets.shown else (_BEFORE_STREETS, _SHOW_STREETS)
    return said[lang].format(host=streets.server.host, credit=streets.server.credit), label[lang]


def _by_ring(page: ResultPage, rings: Sequence[float]) -> Iterator[str]:
    lang, distances = page.lang, [(row.position, row.distance_miles) for row in page.rows if row.distance_miles is not None]
    for least, miles in pairwise((0.0, *rings)):
        if numbers := ranges(number for number, distance in distances if least < distance <= miles or distance == least == 0):
            yield (_NEXT_RING if least else _FIRST_RING)[lang].format(least=least, miles=_miles(miles, lang), numbers=numbers)


def _about_right(spots: Sequence[Spot], lang: Language) -> Iterator[str]:
    for precision, words in _RINGS.items():
        if numbers := ranges(spot.number for spot in spots if spot.precision is precision):
            yield words[lang].format(miles=_MILES_OF[precision], numbers=numbers)


def _left_out(page: ResultPage, spots: Sequence[Spot]) -> Iterator[str]:
    if numbers := ranges({row.position for row in page.rows} - {spot.number for spot in spots}):
        yield _UNPLACED[page.lang].format(numbers=numbers)


def _miles(miles: float, lang: Language) -> str:
    unit = {"en": "mile", "es": "milla"}[lang]
    return f"{miles:g} {unit if miles == 1 else unit + 's'}"
