"""The shipped vocabulary: whole, consistent, every federal code in one place."""

from __future__ import annotations

import json

import pytest

from index.language.consistency import collisions
from index.language.vocabulary import UnknownConcept, Vocabulary
from index.language.vocabulary_file import VocabularyError

FEDERAL_CODES = 344  # current and retired, 2024 directories and 2017 list


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


class TestCodes:
    def test_every_code_stands_once(self, vocabulary):
        """Each federal code names one concept, denies one, or stands among those without concept."""
        codes = [code for concept in vocabulary.concepts for code in (*concept.samhsa_codes, *concept.samhsa_codes_negative)]
        codes += [unmapped.code for unmapped in vocabulary.codes_without_concept]

        assert len(codes) == len(set(codes)) == FEDERAL_CODES

    @pytest.mark.parametrize(
        ("code", "concept", "stated"),
        [
            ("PI", "pay.private", True),
            ("MD", "pay.medicaid", True),
            ("METH", "med.methadone", True),
            ("NOOP", "sub.opioids", False),
            ("DT", "care.detox", True),
        ],
    )
    def test_code_names_one_concept(self, vocabulary, code, concept, stated):
        """A code states the concept it names: private insurance, never an insurer."""
        assert vocabulary.concept_of_code(code) == (concept, stated)

    def test_unknown_code_names_nothing(self, vocabulary):
        """A code that no table has is for the importer to keep and report."""
        assert vocabulary.concept_of_code("ZZZZ") is None


class TestHierarchy:
    def test_child_satisfies_its_parent(self, vocabulary):
        """A hospital detox is a detox."""
        assert "care.detox" in vocabulary.closed_upward(["care.detox.hospital"])

    def test_parent_beside_child_is_dropped(self, vocabulary):
        """Naming a program and its broader kind means the narrower one."""
        assert vocabulary.without_parents(["care.inpatient", "care.residential"]) == ("care.residential",)

    def test_unknown_id_offers_near_misses(self, vocabulary):
        """A mistyped id is answered with ids that exist."""
        with pytest.raises(UnknownConcept) as caught:
            vocabulary.concept("care.detoks")

        assert "care.detox" in caught.value.suggestions


class TestFilterable:
    @pytest.mark.parametrize("concept", ["care.treatment", "sub.clonazepam", "pay.aetna", "crisis.suicide", "help.988"])
    def test_never_filters(self, vocabulary, concept):
        """What nobody states, and what is no property of a place, is never a filter."""
        assert not vocabulary.is_filterable(concept)

    @pytest.mark.parametrize("concept", ["care.detox", "pay.medicaid", "pop.veterans", "lang.spanish", "group.aa"])
    def test_filters(self, vocabulary, concept):
        """What sources state can be asked for."""
        assert vocabulary.is_filterable(concept)


def test_no_phrase_means_two_things_without_a_rule(vocabulary):
    """Each phrase that two concepts claim has a rule that decides."""
    assert dict(collisions(vocabulary.concepts, vocabulary.rules)) == {}


def test_contradiction_names_the_concept():
    """A vocabulary whose parent is unknown is refused by name."""
    concept = {"id": "care.x", "kind": "care", "group": "care", "label": "X", "label_es": "X", "parent": "care.none"}
    content = {"concepts": [concept], "codes_without_concept": [], "no_fuzzy_groups": [], "readings": []}

    with pytest.raises(VocabularyError, match=r"care\.x.*care\.none"):
        Vocabulary.decode(json.dumps(content).encode())
