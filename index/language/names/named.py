"""Telling a provider's name from a description: a listed name wins over the words inside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from index.language.names.listed import NameIndex, NameMatch
from index.language.places.cues import NAME_NOUNS
from index.language.places.place_reading import BARE, PlaceReading
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list
from index.language.words.filler import FILLER
from index.language.words.spelling import everyday_words

LONGEST_NAME: Final = 9  # words
LONGEST_TOWN: Final = 3  # words of a town behind a name
LONGEST_MADE_OF_NAMES: Final = 5  # words
SHORTEST_ALONE: Final = 5  # letters of a single first word that stands for a whole name
ASKED_FOR: Final = frozenset(
    {"detox", "rehab", "rehabilitation", "treatment", "counseling", "clinic", "clinics", "hospital", "services"}
)
CAPITAL_NOUNS: Final = word_list("name.capital_nouns")
HEADS: Final = word_list("name.heads")
NEVER_IN_NAMES: Final = word_list("name.never")
ENDINGS: Final = NAME_NOUNS | CAPITAL_NOUNS
_SMALL: Final = frozenset({"of", "the", "and", "for", "at", "new"})


def name_in(
    tokens: Sequence[Token], rest: Sequence[int], names: NameIndex, described: set[int], placed: set[int]
) -> NameMatch | None:
    """Return the listed name that the text is: all its words, or all (`rest`) but the place.

    `described` are the places of words that mean a concept: a text made of those alone is a description even if somebody
    is called that ("Recovery Center"), unless it is exactly a name and more than that. A text that is all a place (`placed`)
    is that place, and "denver detox" no short form of a name that begins so.
    """
    if len(placed) == len(tokens):
        return None
    for chosen in (range(len(tokens)), rest):
        words = [tokens[place].word for place in chosen]
        if not 0 < len(words) <= LONGEST_NAME or not _may_be_a_name(chosen, tokens, described):
            continue
        found = names.match(words)
        if found is not None and _is_distinctive(chosen, tokens, described if found.exact else described | placed, found):
            return found
    return None


def name_before(
    tokens: Sequence[Token], names: NameIndex, described: set[int], is_town: Callable[[Sequence[str]], bool]
) -> tuple[NameMatch, int] | None:
    """Return the name that a text is exactly but for a town at its end, and where the town begins: "harbor house lowell".

    Such a name may hold places of its own ("Kentucky River Community Care hyden").
    """
    for start in range(len(tokens) - 1, max(1, len(tokens) - LONGEST_TOWN - 1), -1):
        head = range(start)
        words = [token.word for token in tokens[:start]]
        if len(words) > LONGEST_NAME or not is_town([token.word for token in tokens[start:]]):
            continue
        found = names.match(words) if _may_be_a_name(head, tokens, described) else None
        if found is not None and found.exact and _is_distinctive(head, tokens, described, found):
            return found, start
    return None


def _may_be_a_name(chosen: Sequence[int], tokens: Sequence[Token], described: set[int]) -> bool:
    """Say whether words are worth looking up: some say more than a kind of care, and none is a word of asking."""
    words = [tokens[place].word for place in chosen]
    own = (word for place, word in zip(chosen, words, strict=True) if place not in described)
    says_no_care = len(words) > 1 and described.isdisjoint(chosen)  # "Recovery Works": everyday words, and no kind of care
    return NEVER_IN_NAMES.isdisjoint(words) and (says_no_care or any(word not in FILLER for word in own))


def _is_distinctive(chosen: Sequence[int], tokens: Sequence[Token], described: set[int], found: NameMatch) -> bool:
    if found.exact and len(chosen) > 1 and described.isdisjoint(chosen):
        return True
    own = [tokens[place].word for place in chosen if place not in described and tokens[place].word not in FILLER]
    if not own or (not found.exact and len(own) < len(chosen) and not everyday_words().isdisjoint(own)):
        return False  # "cooccurring disorders" describes care, though somebody's name begins so
    return found.exact or len(chosen) > 1 or (len(own[0]) >= SHORTEST_ALONE and own[0] not in everyday_words())


def made_of_names(tokens: Sequence[Token], names: NameIndex) -> NameMatch | None:
    """Return two to five words that all stand in names of the index, or nearly, and one of them in no dictionary, as a name."""
    words = [token.word for token in tokens]
    if not 2 <= len(words) <= LONGEST_MADE_OF_NAMES or not FILLER.isdisjoint(words):
        return None
    if not any(word not in everyday_words() and word.isalpha() and len(word) >= SHORTEST_ALONE for word in words):
        return None
    strange = [word for word in words if not names.knows(word)]
    if len(strange) > 1 or any(word in everyday_words() for word in strange):
        return None  # "pot roast rekipe" is no name with three slips
    found = tuple(word if word not in strange else names.near(word) or "" for word in words)
    return NameMatch(" ".join(found), found, exact=False) if all(found) else None


def looks_like_a_name(tokens: Sequence[Token], rest: Sequence[int], described: set[int], place: PlaceReading | None) -> bool:
    """Say whether a text reads like an organization nobody listed: own words, then "House" or "Center", then perhaps a place.

    "Austin Recovery" in capitals is a name too: a town, and a noun that asks for nothing.
    """
    words = [tokens[spot] for spot in rest]
    capitals = all(token.raw[0].isupper() for token in tokens if token.word not in _SMALL)
    if place is not None and place.start == 0 and place.strength == BARE and not described and words:
        return capitals and all(token.word in NAME_NOUNS or token.word in _SMALL for token in words)
    if not 2 <= len(words) <= LONGEST_NAME or not (words[-1].word in NAME_NOUNS or (capitals and _is_headed(words))):
        return False
    own = [token for spot, token in zip(rest, words, strict=True) if spot not in described and token.word not in ENDINGS | _SMALL]
    if not own or any(token.word in FILLER for token in own):
        return False
    shortest = SHORTEST_ALONE if words[-1].word in ASKED_FOR else 1
    return capitals or any(
        token.word.isalpha() and len(token.word) >= shortest and token.word not in everyday_words() for token in own
    )


def _is_headed(words: Sequence[Token]) -> bool:
    """Say whether words in capitals end or begin as organizations do: "… Outreach", "House of Hope"."""
    behind = pairwise(words)
    return words[-1].word in CAPITAL_NOUNS or any(head.word in HEADS and of.word in {"of", "for"} for head, of in behind)
