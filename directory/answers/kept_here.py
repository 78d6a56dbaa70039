"""Listings that may be read on our own pages and nowhere else, because no source of theirs lets us hand it on.

A row without name and place would still be located by its distance, by the order, and by searching smaller and smaller circles.
So an answer for another program leaves such listings out before anything is counted or ordered, and says how many there are in
the whole state: no smaller area is ever counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from directory.disclosure import Language
from index.listing import Listing, ListingId, Program, Redistribute

NOBODY: Final[Mapping[ListingId, str]] = {}
_POINT: Final = ("lat", "lon", "precision")
_OPTIONAL: Final = Listing.__struct_fields__[-len(Listing.__struct_defaults__) :]
# Any: each field has its own type
_NOTHING: Final[Mapping[str, Any]] = dict(zip(_OPTIONAL, Listing.__struct_defaults__, strict=True))


def may_be_handed_on(listing: Listing) -> tuple[Program, ...]:
    """Return the programs whose source lets its facts leave our pages."""
    return tuple(program for program in listing.programs if program.source.redistribute is not Redistribute.NO)


def handed_on(listing: Listing) -> Listing | None:
    """Return what of a listing may be given to others; None when no source of it may be handed on."""
    programs = tuple(map(_facts_of, may_be_handed_on(listing)))
    if not programs:
        return None
    if all(program.source.redistribute is Redistribute.YES for program in listing.programs):
        return listing
    shown = {(phone.number, phone.extension) for program in programs for phone in program.phones}
    phones = tuple(phone for phone in listing.phones if (phone.number, phone.extension) in shown)
    kept_back = dict.fromkeys(_kept_back_facts(listing, programs))
    cleared = {name: _NOTHING[name] for name in kept_back if name in _NOTHING}
    return msgspec.structs.replace(listing, programs=programs, phones=phones, **cleared | {"description": ""})


def _kept_back_facts(listing: Listing, programs: Iterable[Program]) -> Iterator[str]:
    """Yield the facts of a listing that only a program states which may not be handed on."""
    given = {program.id for program in programs}
    for name, program in listing.stated_by:
        if program not in given:
            yield from _POINT if name == "point" else (name,)


def _facts_of(program: Program) -> Program:
    if program.source.redistribute is Redistribute.YES:
        return program
    return msgspec.structs.replace(program, source_codes=())


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
