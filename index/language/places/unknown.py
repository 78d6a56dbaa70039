"""A place that was plainly meant and that nobody knows: "detox 00000", "rehab near Zzyzxville"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from index.language.places import cues as cue
from index.language.places.place_reading import is_cued
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list

SHORTEST: Final = 4  # letters
MOST_WORDS: Final = 3  # of an unknown name
ZIP: Final = 5  # digits
LONG_ZIP: Final = 9
_MONEY: Final = word_list("place.behind_numbers")
_CITY: Final = frozenset({"ciudad", "city"})
_POINTING: Final = cue.NEAR_CUES - {"at", "by", "inside", "within", "nr"}


def unknown_place(tokens: Sequence[Token], taken: Sequence[bool], is_strange: Callable[[int], bool]) -> str:
    """Return the words of a place that is meant and not known, as typed; "" where there is none.

    That is a number of five digits that is no ZIP code, a town beyond the border, or strange words at the end of the text right
    behind "near" or "in".
    `taken` words mean something else; `is_strange` says whether the word at a place stands in no list at all.
    """
    words = [token.word for token in tokens]
    for spot in range(len(tokens)):
        if taken[spot]:
            continue
        if _is_zip(tokens, spot):
            return tokens[spot].raw
        if words[spot] in cue.ABROAD and is_cued(tokens, words, spot - (words[spot - 1] in _CITY)):
            return tokens[spot].raw
        if _ends_with_a_name(tokens, words, spot) and is_strange(spot):
            return " ".join(token.raw for token in tokens[spot:])
    return ""


def _is_zip(tokens: Sequence[Token], spot: int) -> bool:
    word = tokens[spot].word
    if not word.isdigit() or len(word) not in (ZIP, LONG_ZIP):
        return False
    before, behind = tokens[spot - 1] if spot else None, tokens[spot + 1].word if spot + 1 < len(tokens) else ""
    return behind not in _MONEY and not (before and ("$" in before.gap or "#" in before.gap or before.word in _MONEY))


def _ends_with_a_name(tokens: Sequence[Token], words: list[str], spot: int) -> bool:
    if spot == 0 or words[spot - 1] not in _POINTING or not is_cued(tokens, words, spot):
        return False
    if len(words[spot]) < SHORTEST or not words[spot].isalpha() or len(words) - spot > MOST_WORDS:
        return False
    return all(word in cue.LAST_WORDS for word in words[spot + 1 :])
