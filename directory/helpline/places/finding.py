"""Finding places by the ids of the desk's own list."""

from __future__ import annotations

import re
from typing import Final

from directory.desk.own_ids import listings_of_own_id
from directory.disclosure import Language
from directory.helpline.places.words import PLACE_WORDS
from directory.lookup import Lookup
from index.listing import ListingId

_LIKE_AN_ID: Final = re.compile(r"(?=\S*\d)\S{1,60}")


def own_places(text: str, lookup: Lookup) -> frozenset[ListingId]:
    """Return the places whose own id is the whole text. A ZIP code or town is a place first: "key 80132" asks for the id.

    Only one word with a digit in it can be an id: what a caller says never reaches the database, which may log its queries.
    """
    if not _LIKE_AN_ID.fullmatch(text.strip()) or lookup.places.lookup(text):
        return frozenset()
    return listings_of_own_id(lookup.store, text)


def own_words(lang: Language) -> str:
    """Return how they were found."""
    return PLACE_WORDS[lang]["found_by_own_id"]
