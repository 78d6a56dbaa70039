"""Names and spelling, by looking at every name and word there is. Part of the oracle: plain on purpose, never fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rapidfuzz.distance import OSA

from index.engine.analysis import fold, index_terms, plain_terms
from index.engine.oracle.segment import OracleSegment
from index.listing import Listing, ListingId
from index.results import NameSuggestion

SHORTEST_WORD: Final = 3  # letters; two edits of fewer make anything out of anything
SHORT_WORD: Final = 5  # below this many letters one edit is the limit
MOST_EDITS_IN_A_NAME: Final = 2
FEWEST_LEADING_WORDS: Final = 2

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
    """Return the name that the words are, else one that two or more begin, else the one with the fewest edits; of several the
    one with the most bearers, then by code point.
    """
    wanted = [term for word in words for term in plain_terms(word)]
    near = {name: rank for name in bearers if (rank := _rank_of_name(wanted, plain_terms(name))) is not None}
    return min(near, key=lambda name: (near[name], -len(bearers[name]), name), default=None)


def _rank_of_name(words: Sequence[str], name: Sequence[str]) -> int | None:
    """Return 0 for the same words, 1 for a name that two or more words begin, else 1 and the edits; None for others."""
    edits = _edits_between(words, name)
    if edits == 0:
        return 0
    if len(words) >= FEWEST_LEADING_WORDS and len(words) < len(name) and list(name[: len(words)]) == list(words):
        return 1
    return None if edits is None else 1 + edits


def _edits_between(words: Sequence[str], name: Sequence[str]) -> int | None:
    """Return how many edits lead from words to a name: two at most, none but to spellable words; None when more are needed."""
    if not words or len(words) != len(name):
        return None
    edits = [OSA.distance(word, other) for word, other in zip(words, name, strict=True)]
    allowed = [
        one == 0 or (one <= allowed_edits(word) and is_spellable(word) and is_spellable(other))
        for one, word, other in zip(edits, words, name, strict=True)
    ]
    return sum(edits) if all(allowed) and sum(edits) <= MOST_EDITS_IN_A_NAME else None


def near_word(segments: Sequence[OracleSegment], word: str) -> str | None:
    """Return the indexed word with the fewest edits, then the most frequent, then by code point."""
    words = frozenset().union(*(segment.words() for segment in segments))
    if not is_spellable(word):
        return word if fold(word) in words else None
    near = {term: edits for term in words if is_spellable(term) and (edits := OSA.distance(word, term)) <= allowed_edits(word)}
    return min(near, key=lambda term: (near[term], -sum(one.frequency(term) for one in segments), term), default=None)


def allowed_edits(word: str) -> int:
    """Return how many edits may separate a word from its correction."""
    return 1 if len(word) < SHORT_WORD else 2


def is_spellable(word: str) -> bool:
    """Tell whether a word can be a correction or be corrected."""
    return len(word) >= SHORTEST_WORD and word.isalpha()
