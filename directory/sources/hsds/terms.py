"""What a service's taxonomy terms, languages and accessibility say, as concepts.

Terms of our own taxonomy bear concept ids and are taken as they are. Others are read by their names: exactly as the vocabulary
names a concept, else by a few plain words. A term states the one thing it names; what names a group of people, a referral, a
test or a lesson states no care. Codes of the 211 taxonomy are licensed, so they are never kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from directory.sources.files.json_rows import Row, text_of
from directory.sources.matching import fold_words
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Kind
from index.listing import ConceptId

_STATED_KINDS: Final = frozenset(
    {
        Kind.ACCESS,
        Kind.CARE,
        Kind.LANGUAGE,
        Kind.MEDICATION,
        Kind.MUTUAL_HELP,
        Kind.PAYMENT,
        Kind.POPULATION,
        Kind.SERVICE,
        Kind.THERAPY,
    }
)
_LICENSED_CODE: Final = re.compile(r"[A-Z]{1,2}(?:-\d{3,4}(?:\.\d{3,4}(?:-\d{2,3}(?:\.\d{2})?)?)?)?")
_NO_CARE: Final = re.compile(
    r"\b(?:education|prevention|referrals?|testing|screening|volunteer|issues?|information|complaints?|reporting|courts?|"
    r"families|friends|children|siblings|spouses|offenders|individuals|survivors|teenagers|women with|associations?)\b"
)
_DRUGS: Final = r"\b(?:substance|drugs?|alcohol|opioid|addictions?|chemical dependency)\b"
_MIND: Final = r"\b(?:mental health|mental illness|psychiatric|psychiatry|behavioral health)\b"
# Patterns that must all stand in a term's name; the first rule that fits gives the concept.
_RULES: Final = tuple(
    (tuple(re.compile(pattern) for pattern in patterns), ConceptId(concept))
    for patterns, concept in (
        ((r"\b(?:support|self help|mutual help) groups?\b", _DRUGS), "group.any"),
        ((r"\b(?:detoxification|detox|withdrawal management)\b", r"\boutpatient\b"), "care.detox.outpatient"),
        ((r"\b(?:detoxification|detox|withdrawal management)\b",), "care.detox"),
        ((r"\b(?:recovery homes?|sober living|halfway houses?|recovery housing)\b",), "care.sober_living"),
        ((r"\bmethadone\b",), "care.otp"),
        ((r"\bcrisis residential\b",), "care.crisis_stabilization"),
        ((r"\b(?:psychiatric|mental health)\b", r"\b(?:inpatient|hospitals?)\b"), "care.psych_hospital"),
        ((_DRUGS, r"\bresidential\b"), "care.residential"),
        ((_DRUGS, r"\binpatient\b"), "care.inpatient"),
        ((_DRUGS, r"\b(?:day treatment|partial hospitalization)\b"), "care.php"),
        ((_DRUGS, r"\bintensive outpatient\b"), "care.iop"),
        ((_DRUGS, r"\boutpatient\b"), "care.outpatient"),
        ((_DRUGS, r"\b(?:assessment|evaluation|central intake)\b"), "care.assessment"),
        ((_DRUGS, r"\b(?:treatment|counsell?ing|counselors|recovery)\b"), "care.treatment"),
        ((r"\bcommunity mental health\b",), "care.cmhc"),
        ((_MIND,), "care.mental_health"),
    )
)
_TOPIC: Final = re.compile(
    rf"{_DRUGS}.*\b(?:use|abuse|disorders?|treatment|counsell?ing|dependenc)|\b(?:detox|addict|sobriety|alcoholics?|narcotics)"
    rf"|{_MIND}|\b(?:psychotherap|psychosocial|suicid)"
)
_PERHAPS: Final = re.compile(r"\b(?:counsell?ing|therapy|clinic|recovery|rehab)")
_WHEELCHAIR: Final = re.compile(r"\b(?:wheel ?chairs?|handicap(?:ped)? accessible|ada compliant|ada accessible)\b")


@dataclass(frozen=True, slots=True)
class StatedTerms:
    """What a service states: concepts, and the codes of terms that may be kept."""

    concepts: tuple[ConceptId, ...]
    codes: tuple[str, ...]


class ServiceTerms:
    """Reads terms; `unknown` counts the names of those that state no concept."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.unknown: Counter[str] = Counter()
        self._vocabulary = vocabulary

    @cached_property
    def _by_name(self) -> dict[str, ConceptId]:
        """Return the concept of each name that one concept alone bears."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for concept in self._vocabulary.concepts:
            if concept.kind in _STATED_KINDS:
                for name in (concept.label, concept.label_es, *concept.synonyms, *concept.synonyms_es):
                    bearers[fold_words(name)].add(concept.id)
        return {name: ConceptId(next(iter(ids))) for name, ids in bearers.items() if len(ids) == 1}

    def stated(self, service: Row) -> StatedTerms:
        """Return what the terms, languages and accessibility of a service say, in their order."""
        concepts: list[ConceptId] = []
        codes: list[str] = []
        for term in terms_of(service):
            code, name = text_of(term, "code", "id"), text_of(term, "name", "label")
            found = self._concept(code, name)
            if found:
                concepts.append(found)
            elif name:
                self.unknown[name] += 1
            if code and not _LICENSED_CODE.fullmatch(code) and code != found:
                codes.append(code)
        concepts += self._languages(service)
        if _WHEELCHAIR.search(
            fold_words(" ".join(text_of(one, "description", "details") for one in _places(service, "accessibility")))
        ):
            concepts.append(ConceptId("acc.wheelchair"))
        return StatedTerms(tuple(dict.fromkeys(concepts)), tuple(dict.fromkeys(codes)))

    def _concept(self, code: str, name: str) -> ConceptId | None:
        if code in self._vocabulary.by_id:
            return ConceptId(code)
        words = fold_words(name)
        if exact := self._by_name.get(words):
            return exact
        if _NO_CARE.search(words):
            return None
        return next((concept for patterns, concept in _RULES if all(one.search(words) for one in patterns)), None)

    def _languages(self, service: Row) -> list[ConceptId]:
        names = [text_of(one, "name") for one in (*_rows(service.get("languages")), *_places(service, "languages"))]
        found = (self._by_name.get(fold_words(name)) for name in names)
        return [concept for concept in found if concept and concept.startswith("lang.")]

    def is_relevant(self, service: Row) -> bool:
        """Tell whether a service is about substance use or mental health: by its terms, its name, or name and description."""
        terms = list(terms_of(service))
        if any(text_of(term, "code", "id") in self._vocabulary.by_id for term in terms):
            return True
        name = fold_words(text_of(service, "name"))
        if _TOPIC.search(name) or any(_TOPIC.search(fold_words(text_of(term, "name", "label"))) for term in terms):
            return True
        return bool(_PERHAPS.search(name) and _TOPIC.search(fold_words(text_of(service, "description"))))


def terms_of(service: Row) -> Iterable[Row]:
    """Yield the taxonomy terms of a service: 3.x attributes, or the terms that older forms hold directly."""
    for attribute in _rows(service.get("attributes")):
        term = attribute.get("taxonomy_term")
        if isinstance(term, dict):
            yield term
    for name in ("taxonomy", "taxonomy_terms", "service_taxonomy"):
        yield from _rows(service.get(name))


def _rows(value: object) -> list[Row]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _places(service: Row, name: str) -> list[Row]:
    at_locations = _rows(service.get("service_at_locations"))
    locations = [one["location"] for one in at_locations if isinstance(one.get("location"), dict)]
    return [row for location in locations for row in _rows(location.get(name))]
