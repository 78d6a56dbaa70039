"""The words of a text that nothing else claims: for names and full text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from index.language.text.normalise import Token
from index.language.words.filler import FILLER
from index.language.words.spelling import everyday_words

SHORTEST_NUMBER: Final = 4  # digits; shorter numbers are ages, counts and hours
LONGEST_KEYWORDS: Final = 7  # words; a longer text is a sentence


def left_over(
    tokens: Sequence[Token], read: Sequence[str], taken: Sequence[bool], spoken_for: Collection[int]
) -> tuple[str, ...]:
    """Return the words as typed that nothing claims and that are no filler; in a story, no everyday word is left."""
    ordinary = everyday_words() if len(tokens) > LONGEST_KEYWORDS else frozenset()
    left = (spot for spot in range(len(tokens)) if spot not in spoken_for and not taken[spot])
    return tuple(tokens[spot].word for spot in left if _is_left(tokens[spot], ordinary) and read[spot] not in FILLER)


def _is_left(token: Token, ordinary: frozenset[str]) -> bool:
    number = token.word.rstrip("apmf")
    short_number = number.isdigit() and len(number) < SHORTEST_NUMBER
    return not short_number and token.word not in FILLER and token.word not in ordinary and not token.gap.startswith(":")
