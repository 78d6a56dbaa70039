"""Listings whose own name says that they are religious.

No source states a faith as a code, but a name may: who asks for something not religious is not sent to "… Christian Ministries".
Nothing is concluded from other names: a place may be religious and not say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from directory.disclosure import Words
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.listing import ConceptId, ListingId
from index.request import MAX_PER_PAGE, SearchRequest

FAITH: Final = ConceptId("care.faith_based")
# Each is a word, or words that stand side by side, of a name that leaves no doubt. "Saint" and "Baptist" also name hospitals.
_SAYS_SO: Final = tuple(
    tuple(words.split())
    for words in (
        *("christian", "christ", "jesus", "gospel", "bible", "biblical", "church", "ministry", "ministries", "catholic"),
        *("jewish", "islamic", "muslim", "faith", "salvation army", "rescue mission", "teen challenge"),
    )
)
_TOWNS: Final = frozenset({("falls", "church"), ("pass", "christian")})  # in names of counties' offices
LEFT_OUT: Final[Words] = {
    "en": "We left out places whose name says that they are religious. Others may be religious and not say so: ask.",
    "es": "Dejamos fuera los lugares cuyo nombre dice que son religiosos. Otros pueden serlo sin decirlo: pregunte.",
}


class FaithNames:
    """Finds such listings among those of a generation; each generation is looked through once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.ids = lru_cache(maxsize=2)(self._ids)

    def _ids(self, generation: str) -> frozenset[ListingId]:
        """Return the listings of the current generation, which bears that name."""
        return frozenset(listing for words in _SAYS_SO for listing in self._bearers(words))

    def _bearers(self, words: tuple[str, ...]) -> Iterator[ListingId]:
        page, pages = 1, 1
        while page <= pages:
            request = SearchRequest(words=words, page=page, per_page=MAX_PER_PAGE, facets=False)
            found = self._engine.search(request)
            pages, page = found.pages, page + 1
            for identity, listing in self._engine.get([hit.id for hit in found.hits]).items():
                if says(listing.name, words):
                    yield identity


def says(name: str, words: tuple[str, ...]) -> bool:
    """Tell whether words stand side by side in a name.

    >>> says("The Salvation Army Center", ("salvation", "army")), says("Army of Salvation", ("salvation", "army"))
    (True, False)
    """
    terms = ("", *plain_terms(name))
    starts = (start for start in range(1, len(terms)) if tuple(terms[start : start + len(words)]) == words)
    return any((terms[start - 1], terms[start]) not in _TOWNS for start in starts)
