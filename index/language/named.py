"""Telling a provider's name from a description: a listed name wins over the words inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.language.filler import FILLER
from index.language.names import NameIndex, NameMatch
from index.language.normalise import Token
from index.language.place_words import NAME_NOUNS
from index.language.spelling import everyday_words

LONGEST_NAME: Final = 9  # words


def name_in(tokens: Sequence[Token], rest: Sequence[int], names: NameIndex, described: set[int]) -> NameMatch | None:
    """Return the listed name that the text is: all its words, or all (`rest`) but the place.

    `described` are the places of words that mean a concept: a text made of those alone is a description even if somebody
    is called that ("Recovery Center"), unless it is exactly a name and more than that.
    """
    for chosen in (range(len(tokens)), rest):
        words = [tokens[place].word for place in chosen]
        if not 0 < len(words) <= LONGEST_NAME:
            continue
        found = names.match(words)
        if found is not None and _is_distinctive(chosen, tokens, described, found):
            return found
    return None


def _is_distinctive(chosen: Sequence[int], tokens: Sequence[Token], described: set[int], found: NameMatch) -> bool:
    own = [tokens[place].word for place in chosen if place not in described and tokens[place].word not in FILLER]
    if not own:
        return False
    return found.exact or len(chosen) > 1


def looks_like_a_name(tokens: Sequence[Token], rest: Sequence[int], described: set[int]) -> bool:
    """Say whether the words besides the place read like an organization nobody listed: own words, then "House" or "Center"."""
    words = [tokens[place] for place in rest]
    if not 2 <= len(words) <= LONGEST_NAME or words[-1].word not in NAME_NOUNS:
        return False
    own = [token for place, token in zip(rest, words, strict=True) if place not in described and token.word not in NAME_NOUNS]
    if not own or any(token.word in FILLER and token.word not in {"of", "the", "and", "new", "for", "at"} for token in own):
        return False
    unheard = any(token.word not in everyday_words() for token in own)
    return unheard or all(token.raw[0].isupper() for token in words if token.word not in {"of", "the", "and", "for", "at"})
