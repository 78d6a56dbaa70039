"""The domain vocabulary as typed values: what can be asked for, under which words, and which federal code states it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Final

import msgspec
from rapidfuzz import process

from index.language.consistency import problems_of
from index.language.vocabulary_file import Concept, TermRule, Terms, UnmappedCode, VocabularyError, VocabularyFile

NEVER_FILTER_PREFIXES: Final = ("sub.", "crisis.", "help.")
INSURER_PARENT: Final = "pay.private"


class UnknownConcept(LookupError):
    """No concept has this id; `suggestions` are near misses, best first, and may be empty."""

    def __init__(self, concept_id: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(f"no concept has the id {concept_id!r}")
        self.concept_id, self.suggestions = concept_id, suggestions


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The concepts, checked against each other when loaded. Two vocabularies are equal only if they are the same object."""

    concepts: tuple[Concept, ...]
    codes_without_concept: tuple[UnmappedCode, ...]
    no_fuzzy_groups: tuple[Terms, ...]
    rules: tuple[TermRule, ...]

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Vocabulary:
        """Return the shipped vocabulary; read and checked once."""
        return Vocabulary.decode(files("index.language").joinpath("vocabulary.json").read_bytes())

    @staticmethod
    def decode(content: bytes) -> Vocabulary:
        """Return the vocabulary of a JSON file. Raises: VocabularyError naming the concept, field or term at fault."""
        try:
            read = msgspec.json.decode(content, type=VocabularyFile)
        except msgspec.DecodeError as error:
            raise VocabularyError(f"the vocabulary cannot be read: {error}") from error
        for problem in problems_of(read):
            raise VocabularyError(problem)
        return Vocabulary(read.concepts, read.codes_without_concept, read.no_fuzzy_groups, read.readings)

    @cached_property
    def by_id(self) -> Mapping[str, Concept]:
        """Concepts by their stable id."""
        return {concept.id: concept for concept in self.concepts}

    def concept(self, concept_id: str) -> Concept:
        """Return the concept of an id. Raises: UnknownConcept with near misses."""
        found = self.by_id.get(concept_id)
        if found is None:
            raise UnknownConcept(concept_id, self._near(concept_id))
        return found

    def _near(self, concept_id: str) -> tuple[str, ...]:
        typed = concept_id[:80].casefold()
        endings = [known for known in self.by_id if known.partition(".")[2] == typed.partition(".")[2] != ""]
        close = [known for known, _, _ in process.extract(typed, list(self.by_id), limit=5, score_cutoff=70)]
        return tuple(dict.fromkeys([*endings, *close]))[:5]

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        """Return the broader concepts, nearest first."""
        chain: list[str] = []
        parent = self.concept(concept_id).parent
        while parent is not None:
            chain.append(parent)
            parent = self.by_id[parent].parent
        return tuple(chain)

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {}
        for concept in self.concepts:
            if concept.parent is not None:
                children.setdefault(concept.parent, []).append(concept.id)
        return {parent: tuple(found) for parent, found in children.items()}

    def descendants(self, concept_id: str) -> tuple[str, ...]:
        """Return every narrower concept, depth first."""
        self.concept(concept_id)
        found: list[str] = []
        for child in self._children.get(concept_id, ()):
            found += [child, *self.descendants(child)]
        return tuple(found)

    def closed_upward(self, concept_ids: Iterable[str]) -> frozenset[str]:
        """Return the ids with all their ancestors: what states a child satisfies a query for its parent."""
        given = tuple(concept_ids)
        return frozenset(given).union(*(self.ancestors(concept_id) for concept_id in given))

    def without_parents(self, concept_ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids in order, leaving out each that stands beside its own descendant: the narrower one is meant."""
        given = tuple(dict.fromkeys(concept_ids))
        covered = {ancestor for concept_id in given for ancestor in self.ancestors(concept_id)}
        return tuple(concept_id for concept_id in given if concept_id not in covered)

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[str, bool]]:
        stated = {code: (concept.id, True) for concept in self.concepts for code in concept.samhsa_codes}
        denied = {code: (concept.id, False) for concept in self.concepts for code in concept.samhsa_codes_negative}
        return stated | denied

    def concept_of_code(self, code: str) -> tuple[str, bool] | None:
        """Return the concept that a federal service code names and whether it states it (False: it says no).

        None means the code names no concept: it stands in `codes_without_concept`, or is unknown. For importers only: what a
        person types is never looked up here (there, METH is methadone).
        """
        return self._by_code.get(code)

    def group_of(self, concept_id: str) -> str:
        """Return the facet group: values of one group are alternatives, groups must all match."""
        return self.concept(concept_id).group

    def label(self, concept_id: str, lang: str = "en") -> str:
        """Return the label to show, in English or Spanish."""
        concept = self.concept(concept_id)
        return concept.label_es if lang == "es" else concept.label

    def help(self, concept_id: str, lang: str = "en") -> str:
        """Return the plain one-line help of a filter; empty for concepts that never are one."""
        concept = self.concept(concept_id)
        return concept.help_es if lang == "es" else concept.help

    def is_insurer(self, concept_id: str) -> bool:
        """Return whether it names a private insurer or plan: no source says who is in network."""
        return self.concept(concept_id).parent == INSURER_PARENT

    def is_filterable(self, concept_id: str) -> bool:
        """Return whether a concept may ever be a hard filter: substances, insurers by name, lines and crises never are."""
        concept = self.concept(concept_id)
        return concept.group != "none" and not concept_id.startswith(NEVER_FILTER_PREFIXES) and not self.is_insurer(concept_id)
