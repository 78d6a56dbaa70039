"""Which fellowship a meeting belongs to: what its feed says, else its names.

Initials alone are ambiguous on the web ("ca" is California, "ma" Massachusetts), so only those that name nothing else are read
out of file names and hosts. A meeting whose fellowship nobody states is a support group and nothing narrower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from directory.sources.matching import fold_words
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Kind
from index.listing import ConceptId

ANY: Final = ConceptId("group.any")
_GROUP: Final = "fellowship"
# Initials and joined names that stand for one fellowship wherever they are a whole word of a file name or an address.
_INITIALS: Final = {
    "aa": "group.aa",
    "aca": "group.aca",
    "acoa": "group.aca",
    "afg": "group.alanon",
    "alanon": "group.alanon",
    "alateen": "group.alateen",
    "cma": "group.cma",
    "coda": "group.coda",
    "crystalmeth": "group.cma",
    "dharma": "group.dharma",
    "eatingdisordersanonymous": "group.eda",
    "eda": "group.eda",
    "lifering": "group.lifering",
    "na": "group.na",
    "naranon": "group.naranon",
    "oa": "group.oa",
    "recoverydharma": "group.dharma",
    "refugerecovery": "group.refuge",
    "slaa": "group.slaa",
    "smart": "group.smart",
    "smartrecovery": "group.smart",
}
# Hosts glue initials to a place: aasfmarin.org, alanonma.org, nycaa.org.
_BEGINNINGS: Final = ("alanon", "naranon", "alateen", "smartrecovery", "aa")
_ENDINGS: Final = ("alanon", "naranon", "aa")
_SHORTEST_GLUED: Final = 4  # letters; shorter words only look like initials and a place
_WORDS: Final = re.compile(r"[a-z0-9]+")


class Fellowships:
    """The fellowships of the vocabulary, found by name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def _phrases(self) -> dict[str, ConceptId]:
        phrases: dict[str, ConceptId] = {}
        for concept in self._vocabulary.concepts:
            if concept.kind is not Kind.MUTUAL_HELP or concept.group != _GROUP or concept.parent in (None, "group.any"):
                continue
            for name in (concept.label, *concept.synonyms):
                words = fold_words(name)
                if len(words) >= _SHORTEST_GLUED:
                    phrases.setdefault(words, ConceptId(concept.id))
        return dict(sorted(phrases.items(), key=lambda item: -len(item[0])))

    def stated(self, text: str) -> ConceptId | None:
        """Return the fellowship that a person or a field names outright: a concept id, initials, or a full name."""
        words = fold_words(text)
        if text.strip() in self._vocabulary.by_id and self._vocabulary.group_of(text.strip()) == _GROUP:
            return ConceptId(text.strip())
        for concept in self._vocabulary.concepts:
            if (
                concept.group == _GROUP
                and words
                and words in {fold_words(one) for one in (concept.label, *concept.abbreviations)}
            ):
                return ConceptId(concept.id)
        return self.named_in(text)

    def named_in(self, text: str) -> ConceptId | None:
        """Return the fellowship whose full name stands in a text; the longest name wins."""
        words = f" {fold_words(text)} "
        return next((concept for phrase, concept in self._phrases.items() if f" {phrase} " in words), None)

    def of_labels(self, labels: Iterable[str]) -> ConceptId:
        """Return the fellowship that a feed's own labels point to (its entity, file name, hosts), the first that does."""
        for label in labels:
            if found := self.named_in(label) or _by_initials(label):
                return found
        return ANY


def _by_initials(label: str) -> ConceptId | None:
    words = _WORDS.findall(label.casefold())
    for word in words:
        if word in _INITIALS:
            return ConceptId(_INITIALS[word])
    for word in words:
        if len(word) >= _SHORTEST_GLUED:
            glued = next((one for one in _BEGINNINGS if word.startswith(one)), "")
            glued = glued or next((one for one in _ENDINGS if word.endswith(one)), "")
            if glued:
                return ConceptId(_INITIALS[glued])
    return None
