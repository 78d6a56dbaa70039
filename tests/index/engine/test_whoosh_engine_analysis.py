"""How text becomes words, and which words find which text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import Term

from index.engine.analysis import fold, index_terms, name_key, plain_terms, query_terms
from index.engine.schema import make_schema


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        pytest.param("12-Step House", "12 step", id="compound in parts"),
        pytest.param("12-Step House", "12step", id="compound joined"),
        pytest.param("12 Step House", "12-step", id="compound asked, parts written"),
        pytest.param("A.A. Meeting", "aa", id="dotted letters"),
        pytest.param("AA Meeting", "A.A.", id="dotted letters asked"),
        pytest.param("St. Mary's", "st marys", id="apostrophe left out"),
        pytest.param("St Marys", "st. mary’s", id="apostrophe asked"),
        pytest.param("Río Claro", "RIO claro", id="accent and case"),
        pytest.param("Fresno 24/7", "24 7", id="slash"),
        pytest.param("ＡＢＣ Clinic", "abc", id="wide letters"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("Or Not To Be In", "or in", id="no word is too common"),
    ],
)
def test_these_words_find_this_text(written, asked):
    """Each way of writing a name finds the others."""
    assert set(query_terms(asked.split())) <= set(index_terms(written))


@pytest.mark.parametrize("text", ["&", "--", "", "…"])
def test_punctuation_is_no_word(text):
    """It neither is indexed nor asks for anything."""
    assert (index_terms(text), query_terms([text])) == ([], ())


def test_a_word_asked_twice_counts_once():
    """Repeating a word must not change the order of results."""
    assert query_terms(["house", "House"]) == ("house",)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text):
    """A folded word can be folded again without harm."""
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_what_is_searched_was_indexed(text):
    """Every text is found by its own words."""
    assert set(plain_terms(text)) <= set(index_terms(text))


def test_names_compare_by_their_plain_words():
    """Case, punctuation and spacing do not tell names apart."""
    assert name_key("St. Mary's  Recovery-Center") == name_key("ST MARYS RECOVERY CENTER")


def test_whoosh_itself_reads_text_the_same_way():
    """A program that queries the index through Whoosh gets our words from its analyzer."""
    analyzer = make_schema()["name"].analyzer
    assert [token.text for token in analyzer("12-Step", positions=True)] == ["12", "step", "12step"]
    assert Term("name", "12step").has_terms()
