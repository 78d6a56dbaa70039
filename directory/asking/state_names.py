"""States and territories as each language calls them. Both names are read in a search; see `index/geo/everyday_names.py`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from directory.disclosure import Language
from index.geo.places import Gazetteer, Place, PlaceKind

# Where Spanish has a name of its own (Diccionario panhispánico de dudas); elsewhere it uses the English one.
_SPANISH: Final = {
    "AS": "Samoa Americana",
    "DC": "Distrito de Columbia",
    "HI": "Hawái",
    "LA": "Luisiana",
    "MI": "Míchigan",
    "MO": "Misuri",
    "MP": "Islas Marianas del Norte",
    "MS": "Misisipi",
    "NC": "Carolina del Norte",
    "ND": "Dakota del Norte",
    "NH": "Nuevo Hampshire",
    "NJ": "Nueva Jersey",
    "NM": "Nuevo México",
    "NY": "Nueva York",
    "OR": "Oregón",
    "PA": "Pensilvania",
    "SC": "Carolina del Sur",
    "SD": "Dakota del Sur",
    "VI": "Islas Vírgenes de los Estados Unidos",
    "WV": "Virginia Occidental",
}


def state_name(code: str, lang: Language) -> str:
    """Return the name of a state by its postal code: "Nueva York"; the code itself where nobody knows it.

    >>> state_name("PA", "es"), state_name("PA", "en"), state_name("TX", "es")
    ('Pensilvania', 'Pennsylvania', 'Texas')
    """
    return (_SPANISH.get(code) if lang == "es" else None) or state_names().get(code, code)


def place_name(place: Place, lang: Language) -> str:
    """Return a place as a sentence names it: a state in the sentence's language, any other as its label says.

    The label of a state whose name is a city's too says which it means, and so does the Spanish.
    """
    if lang == "en" or place.kind is not PlaceKind.STATE:
        return place.label
    named = state_name(place.state, lang)
    return named if place.label == state_name(place.state, "en") else f"{named} (estado)"


@cache
def state_names() -> Mapping[str, str]:
    """Return the English names by postal code."""
    return {state.code: state.name for state in Gazetteer.load().states()}
