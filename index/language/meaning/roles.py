"""The one place that decides what narrows a search and what only orders it. In words: docs/understanding.md."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Concept, Kind


class Role(StrEnum):
    """What a concept that was read does to the answer."""

    FILTER = "filter"
    PREFER = "prefer"
    MENTION = "mention"
    CRISIS = "crisis"
    LINE = "line"
    TIME = "time"


MENTIONS: Final = frozenset({"pop.family_members"})  # says who is asking; never narrows what is found
# Kinds that never narrow: few listings state a substance or a condition, so they rank and explain.
_PREFERRED_KINDS: Final = frozenset({Kind.SUBSTANCE, Kind.CONDITION, Kind.BEHAVIORAL})
# Kinds whose values come from meeting feeds and our own records rather than from federal codes.
_STATED_KINDS: Final = frozenset({Kind.MUTUAL_HELP, Kind.MEETING_FORMAT, Kind.LANGUAGE})
_ROLE_OF_KIND: Final = {Kind.CRISIS: Role.CRISIS, Kind.HELPLINE: Role.LINE, Kind.SCHEDULE: Role.TIME}
_NEVER_NARROWS: Final = frozenset({"fmt.proximity_walk", "fmt.in_person", "group.any", "pop.adults"})


def role_of(vocabulary: Vocabulary, concept_id: str) -> Role:
    """Return what a concept does when it is read in free text."""
    concept = vocabulary.concept(concept_id)
    if concept.kind in _ROLE_OF_KIND:
        return _ROLE_OF_KIND[concept.kind]
    if concept_id in MENTIONS:
        return Role.MENTION
    return Role.FILTER if filter_of(vocabulary, concept_id) else Role.PREFER


@lru_cache(maxsize=2048)
def filter_of(vocabulary: Vocabulary, concept_id: str) -> str | None:
    """Return the id to filter by for a concept read in free text; None when it only ranks.

    That is the concept itself where sources can state it, else its nearest ancestor that they can ("Medi-Cal" is stated as
    Medicaid, "ASAM 3.1" as residential). What no source states (pets, faith, luxury) ranks: a filter would hide nearly all.
    """
    for candidate in (concept_id, *vocabulary.ancestors(concept_id)):
        concept = vocabulary.concept(candidate)
        if not vocabulary.is_filterable(candidate) or concept.kind in _PREFERRED_KINDS or candidate in _NEVER_NARROWS:
            return None
        if _can_be_stated(vocabulary, concept):
            return candidate
    return None


def _can_be_stated(vocabulary: Vocabulary, concept: Concept) -> bool:
    if concept.kind in _STATED_KINDS or concept.samhsa_codes or concept.meeting_types:
        return True
    return any(vocabulary.concept(child).samhsa_codes for child in vocabulary.descendants(concept.id))
