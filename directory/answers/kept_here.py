"""What may leave our own pages, decided here for every channel, and the listings that may not: no source of theirs lets us.

Our own pages, and what one reader takes along of them for themselves (print, PDF, saved page, message, calendar), show every
listing. Whatever another program reads or another site shows asks this module first: API, completions, feeds, data for search
engines, frames on other sites.

A row without name and place would still be located by its distance, by the order, and by searching smaller and smaller circles.
So an answer for another program leaves such listings out before anything is counted or ordered, and says how many there are in
the whole state: no smaller area is ever counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from directory.disclosure import Language
from index.engine.analysis import plain_terms
from index.listing import Listing, ListingId, Program, Redistribute

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


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Names that only our own pages may say, and the words that stand in no other name."""

    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


NOTHING_UNSAID: Final = Unsaid()


@dataclass(frozen=True, slots=True)
class KeptHere:
    """The listings that no answer for another program may hold, with the state each stands in, and the names it may not say."""

    states: Mapping[ListingId, str] = field(default_factory=dict)
    unsaid: Unsaid = NOTHING_UNSAID


NOBODY: Final = KeptHere()


def kept_here(listings: Iterable[Listing], kept_back_sources: Collection[str]) -> KeptHere:
    """Return what of the listings no other program may learn. A name that some source lets us hand on is nobody's secret."""
    if not kept_back_sources:
        return NOBODY
    states: dict[ListingId, str] = {}
    said, borne = set[str](), set[str]()
    for listing in listings:
        given = handed_on(listing)
        borne |= {listing.name, listing.organization}
        if given is None:
            states[listing.id] = listing.address.state
        else:
            said |= {given.name, given.organization}
    names = frozenset(borne - said)
    return KeptHere(states, Unsaid(names, _words_of(names) - _words_of(said)))


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in plain_terms(name))


def kept_here_statement(number: int, state: str, lang: Language) -> str:
    """Return how many listings of a state an answer for another program leaves out."""
    if lang == "es":
        if number == 1:
            return f"1 listado de {state} solo está en nuestras propias páginas: su fuente no permite entregarlo."
        return f"{number} listados de {state} solo están en nuestras propias páginas: sus fuentes no permiten entregarlos."
    if number == 1:
        return f"1 listing of {state} stands on our own pages alone: its source does not let us hand it on."
    return f"{number} listings of {state} stand on our own pages alone: their sources do not let us hand them on."
