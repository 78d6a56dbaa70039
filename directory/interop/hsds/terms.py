"""Our vocabulary as an HSDS taxonomy: a concept is a term whose code is the concept's id."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from directory.disclosure import Language
from directory.interop.hsds.ids import uuid_of
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Concept, Kind

Json = dict[str, Any]  # Any: JSON

TAXONOMY_NAME: Final = "treatment-directory"
TAXONOMY_ID: Final = uuid_of("taxonomy", TAXONOMY_NAME)
NEVER_STATED: Final = frozenset({Kind.CRISIS, Kind.HELPLINE})


def taxonomy() -> Json:
    """Return the one taxonomy."""
    return {
        "id": TAXONOMY_ID,
        "name": TAXONOMY_NAME,
        "description": "What treatment, meetings and help lines offer, for whom, how it is paid and in which language.",
        "version": "1",
    }


@cache
def term(concept_id: str, lang: Language = "en") -> Json:
    """Return a concept as a term. Callers must not change it."""
    vocabulary = Vocabulary.load()
    concept = vocabulary.concept(concept_id)
    made = {
        "id": term_id(concept.id),
        "code": concept.id,
        "name": vocabulary.label(concept.id, lang),
        "description": vocabulary.help(concept.id, lang) or vocabulary.label(concept.id, lang),
        "taxonomy": TAXONOMY_NAME,
        "taxonomy_id": TAXONOMY_ID,
        "language": lang,
    }
    return made | ({"parent_id": term_id(concept.parent)} if concept.parent else {})


@cache
def term_id(concept_id: str) -> str:
    """Return the UUID of a concept."""
    return uuid_of("taxonomy_term", concept_id)


def terms() -> tuple[Concept, ...]:
    """Return the concepts that a source can state, in the vocabulary's order."""
    return tuple(one for one in Vocabulary.load().concepts if one.kind not in NEVER_STATED)


@cache
def concept_of_term() -> dict[str, str]:
    """Return the concept ids by the UUIDs of their terms."""
    return {term_id(one.id): one.id for one in terms()}
