"""Any text is answered: nothing breaks the reading, and it never depends on what was read before."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.output import as_json
from index.language.suggest import suggest
from index.language.text.normalise import clean, fold, phrase
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

VOCABULARY = Vocabulary.load()
WORDS = (
    "detox",
    "klonopin",
    "not",
    "no",
    "in",
    "or",
    "me",
    "near",
    "denver",
    "tx",
    "80132",
    "free",
    "i",
    "cant",
    "stop",
    "to",
    "12",
    "step",
    ",",
    "?",
    "aa",
)


def read(text: str) -> Understanding:
    return understand(text, vocabulary=VOCABULARY, places=Gazetteer.load(), names=NoNames())


def check(text: str) -> None:
    understanding = read(text)
    shown = as_json(understanding, VOCABULARY)

    json.dumps(shown)
    assert understanding == read(text)
    assert not {match.id for match in understanding.excluded} & set(understanding.ids())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300))
def test_any_text(text):
    """Any characters give the same JSON-ready answer twice."""
    check(text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_order_of_our_words(text):
    """Words of this field in any order are read without contradiction."""
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "facility' UNION SELECT * FROM users--",
        "title:detox OR (name:rehab",
        "*" * 2000,
        "\u202edetox\u202c near\u200b me",
        "\x00\x01\x02 detox",
        "<script>alert('detox')</script>",
        '"((((" AND NOT [TO] ~~^2 {',
        "😔" * 500,
        "a" * 2000,
        "no " * 600,
        "ﬁnd détox",
        "\ud800 detox",
    ],
)
def test_nasty_input(text):
    """Operators, markup, control characters and surrogates are plain words or nothing."""
    check(text)


def test_syntax_is_read_as_words():
    """Query syntax asks for what its words ask for."""
    assert {"care.detox", "care.treatment"} <= set(read("title:detox OR (name:rehab").ids())


def test_invisible_characters_are_dropped():
    """Zero-width and bidi marks do not hide a word."""
    assert clean("de\u200btox\u202e") == "detox"


@pytest.mark.parametrize(
    ("typed", "folded"), [("Mañana", "manana"), ("A.A.", "aa"), ("Women's", "womens"), ("ＤＥＴＯＸ", "detox")]
)
def test_folding(typed, folded):
    """Case, accents, width, dots and apostrophes do not matter."""
    assert fold(clean(typed)) == folded


def test_contraction_is_not_a_state():
    """ "I'd" is not Idaho."""
    assert phrase("I'd like") == ("i", "d", "like")


class TestSuggestions:
    def test_street_word_finds_but_is_not_shown(self):
        """A street name leads to the drug's label."""
        texts = [
            item.text
            for item in suggest("xann", vocabulary=VOCABULARY, places=Gazetteer.load(), names=lambda _prefix, _limit: ())
        ]

        assert texts[0] == "Alprazolam (Xanax)"

    def test_kinds_are_mixed(self):
        """Concepts, places and names share the list."""
        found = suggest("den", vocabulary=VOCABULARY, places=Gazetteer.load(), names=lambda _prefix, _limit: ("Denali House",))

        assert {item.kind for item in found} >= {"place", "name"}

    def test_one_letter_suggests_nothing(self):
        """A single letter could be anything."""
        assert suggest("k", vocabulary=VOCABULARY, places=Gazetteer.load(), names=lambda _prefix, _limit: ()) == ()
