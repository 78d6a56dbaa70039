"""Names and spelling, by looking at every name and word there is. Part of the oracle: plain on purpose, never fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rapidfuzz.distance import OSA

from index.engine.analysis import index_terms, name_key, plain_terms
from index.engine.oracle_segment import OracleSegment
from index.listing import Listing, ListingId
from index.results import NameSuggestion

SHORTEST_WORD: Final = 3  # letters; two edits of fewer make anything out of anything
SHORT_WORD: Final = 5  # below this many letters one edit is the limit

Bearers = Mapping[str, Sequence[ListingId]]  # the listings that bear each name


def bearers_of(listings: Iterable[Listing]) -> Bearers:
    """Return every name of listings and organizations with its bearers."""
    bearers: dict[str, list[ListingId]] = {}
    for listing in listings:
        for name in {listing.name, listing.organization} - {""}:
            bearers.setdefault(name, []).append(listing.id)
    return bearers


def suggest_names(bearers: Bearers, prefix: str, limit: int) -> tuple[NameSuggestion, ...]:
    """Return names that hold all typed words, the last one perhaps unfinished; most bearers first, then by code point."""
    typed = plain_terms(prefix)
    if not typed:
        return ()
    *whole, begun = typed
    fitting = [
        name
        for name in bearers
        if set(whole) <= set(index_terms(name)) and any(word.startswith(begun) for word in index_terms(name))
    ]
    fitting.sort(key=lambda name: (-len(bearers[name]), name))
    return tuple(_suggestion(name, bearers[name]) for name in fitting[:limit])


def _suggestion(name: str, ids: Sequence[ListingId]) -> NameSuggestion:
    return NameSuggestion(name, len(ids), ids[0] if len(ids) == 1 else None)


def match_name(bearers: Bearers, words: Sequence[str]) -> str | None:
    """Return the most borne name whose plain words are these."""
    key = " ".join(term for word in words for term in plain_terms(word))
    equal = [name for name in bearers if key and name_key(name) == key]
    return min(equal, key=lambda name: (-len(bearers[name]), name), default=None)


def near_word(segments: Sequence[OracleSegment], word: str) -> str | None:
    """Return the most frequent indexed word within the allowed edits, fewer edits before more frequent."""
    limit = 1 if len(word) < SHORT_WORD else 2
    if not _is_spellable(word):
        return None
    known = {term for segment in segments for term in segment.words() if _is_spellable(term)}
    near = [term for term in known if OSA.distance(word, term) <= limit]
    return min(near, key=lambda term: (-sum(segment.frequency(term) for segment in segments), term), default=None)


def _is_spellable(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word.isalpha()
