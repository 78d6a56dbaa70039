"""How hard a text is to read: Flesch-Kincaid's school grade for English, Fernández Huerta's ease for Spanish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")


@dataclass(frozen=True)
class Counts:
    words: int
    sentences: int
    syllables: int


def english_grade(pieces: Sequence[str]) -> float:
    """Return the school grade of a text (Kincaid and others, 1975). Each piece, such as a list item, ends a sentence."""
    counts = _count(pieces, english_syllables)
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def spanish_ease(pieces: Sequence[str]) -> float:
    """Return Fernández Huerta's ease (1959, with words for each sentence): from 60 on, grade 8 or lower; from 70, grade 6."""
    counts = _count(pieces, spanish_syllables)
    return 206.84 - 60 * counts.syllables / counts.words - 1.02 * counts.words / counts.sentences


def _count(pieces: Sequence[str], syllables_of) -> Counts:
    sentences = [s for piece in pieces for s in _SENTENCE_END.split(piece) if _WORD.search(s)]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    return Counts(len(words), len(sentences), sum(syllables_of(word) for word in words))


def english_syllables(word: str) -> int:
    """Return the syllables of an English word: groups of vowels, less a silent e, more for the endings that sound."""
    if word.isupper() and len(word) < 5 and not re.search("[AEIOU].*[AEIOU]", word):
        return len(word)  # said letter by letter: FDA, CBT
    total = 0
    for part in re.split("['’-]", word.lower()):
        if len(part) > 1 or part in {"a", "i"}:
            total += _english_part(part)
    return max(1, total)


def _english_part(part: str) -> int:
    count = len(re.findall(r"[aeiouy]+", part))
    if re.search(r"[^aeiouyl]e$|[^aeiouy]es$", part) and not re.search(r"(?:[sxz]|ch|sh|c|g)es$", part):
        count -= 1
    if re.search(r"[^aeioutd]ed$", part):
        count -= 1
    count += len(re.findall(r"ia(?!l$|n$|ll)|eing|io(?!n|us)|ua(?!r)|uou|[^aeiou]le(?:s|d)?$(?<=[bcdfgkptz]les)", part))
    return max(1, count)


def spanish_syllables(word: str) -> int:
    """Return the syllables of a Spanish word: each strong or stressed vowel is one, a weak one joins its neighbour."""
    lower = unicodedata.normalize("NFC", word.lower())
    lower = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "k", lower)
    lower = re.sub(r"y(?![aeiouáéíóúü])", "i", lower)
    count = 0
    for group in re.findall(r"[aeiouáéíóúü]+", lower):
        strong = len(re.findall(r"[aeoáéíóú]", group))
        count += strong or 1
    return max(1, count)
