"""Whether a text is English or Spanish, by its small words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.language.text.word_lists import word_list

_SPANISH: Final = word_list("language.spanish")
_ENGLISH: Final = word_list("language.english")


def guess_language(words: Sequence[str], preferred: str = "en") -> str:
    """Return "es" or "en"; the preferred one when the words do not tell.

    >>> guess_language(["centro", "de", "ayuda"]), guess_language(["detox", "near", "me"], "es"), guess_language(["xanax"], "es")
    ('es', 'en', 'es')
    """
    spanish = sum(word in _SPANISH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if spanish == english:
        return preferred
    return "es" if spanish > english else "en"
