"""Listings that may be read on our own pages and nowhere else, because no source of theirs lets us hand it on.

A row without name and place would still be located by its distance, by the order, and by searching smaller and smaller circles.
So an answer for another program leaves such listings out before anything is counted or ordered, and says how many there are in
the whole state: no smaller area is ever counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from directory.disclosure import Language
from index.listing import Listing, ListingId, Program, Redistribute

NOBODY: Final[Mapping[ListingId, str]] = {}


def may_be_handed_on(listing: Listing) -> tuple[Program, ...]:
    """Return the programs whose source lets its facts leave our pages."""
    return tuple(program for program in listing.programs if program.source.redistribute is not Redistribute.NO)


def kept_here(listings: Iterable[Listing], kept_back_sources: Collection[str]) -> Mapping[ListingId, str]:
    """Return the ids of the listings of which nothing may be handed on, with the state each stands in."""
    if not kept_back_sources:
        return NOBODY
    return {listing.id: listing.address.state for listing in listings if not may_be_handed_on(listing)}


def kept_here_statement(number: int, state: str, lang: Language) -> str:
    """Return how many listings of a state an answer for another program leaves out."""
    if lang == "es":
        if number == 1:
            return f"1 listado de {state} solo está en nuestras propias páginas: su fuente no permite entregarlo."
        return f"{number} listados de {state} solo están en nuestras propias páginas: sus fuentes no permiten entregarlos."
    if number == 1:
        return f"1 listing of {state} stands on our own pages alone: its source does not let us hand it on."
    return f"{number} listings of {state} stand on our own pages alone: their sources do not let us hand them on."
