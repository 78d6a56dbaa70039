"""How text becomes words, the same for the index and for a search.

Text is folded (compatibility forms, case, accents, apostrophes) and cut into runs of letters and digits. No word is too
short or too common to count: "A.A.", "12-step" and "Or" are names here. A compound is indexed whole and in parts, so
that each way of writing it finds the others: "12-step" gives 12, step and 12step; "A.A." gives a, a and aa.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from index.word_memory import remembers

_REMEMBERED_WORDS: Final = 4096
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_HYPHENS = dict.fromkeys(map(ord, "‐‑"), "-")
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:-[^\W_]+)*")


def fold(text: str) -> str:
    """Return the text without differences of case, accent, apostrophe and compatibility form.

    >>> fold("L’École  ＡＡ")
    'lecole  aa'
    """
    text = text.casefold().translate(_APOSTROPHES)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_HYPHENS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", bare).casefold().translate(_APOSTROPHES).translate(_HYPHENS)


def index_terms(text: str) -> list[str]:
    """Return the terms under which a text is indexed, in order, repeats kept.

    >>> index_terms("O'Brien's 12-Step House, A.A.")
    ['obriens', '12', 'step', '12step', 'house', 'a', 'a', 'aa']
    """
    folded = fold(text)
    if _PLAIN.fullmatch(folded):
        return folded.split(" ")
    return [term for token in _TOKEN.findall(folded) for term in _indexed_forms(token)]


def plain_terms(text: str) -> list[str]:
    """Return the words of a text once each place: compounds in parts, dotted letters joined.

    >>> plain_terms("12-step house of A.A.")
    ['12', 'step', 'house', 'of', 'aa']
    """
    return [term for token in _TOKEN.findall(fold(text)) for term in _searched_forms(token)]


def query_terms(words: Iterable[str]) -> tuple[str, ...]:
    """Return the terms that must all occur for these words, in order, without repeats."""
    return tuple(dict.fromkeys(term for word in words for term in _word_terms(word)))


@remembers(_REMEMBERED_WORDS)
def _word_terms(word: str) -> tuple[str, ...]:
    """Return the terms of one word, remembering the last ones: people ask for the same words."""
    return tuple(plain_terms(word))


def name_key(name: str) -> str:
    """Return the key by which names are sorted and compared: their plain words.

    >>> name_key("St. Mary’s  Recovery-Center")
    'st marys recovery center'
    """
    return " ".join(plain_terms(name))


def _indexed_forms(token: str) -> Iterator[str]:
    separator = "." if "." in token else "-"
    parts = [part for part in token.split(separator) if part]
    yield from parts
    if len(parts) > 1:
        yield "".join(parts)


def _searched_forms(token: str) -> list[str]:
    return [token.replace(".", "")] if "." in token else token.split("-")
