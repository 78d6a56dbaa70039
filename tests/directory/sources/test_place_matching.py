"""Two records are one place when their normalised name, street and ZIP code are equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.sources.matching import fold_street, fold_words, place_match_key

words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@given(words)
def test_folding_twice_changes_nothing_more(text):
    """A normalised text is its own normal form, so keys of keys agree."""
    assert fold_words(fold_words(text)) == fold_words(text)
    assert fold_street(fold_street(text)) == fold_street(text)


@given(st.lists(st.sampled_from(["Cedar", "House", "Inc", "12", "North"]), min_size=1, max_size=5))
def test_case_and_blanks_do_not_matter(parts):
    """A shouted name with stray blanks is the same name."""
    assert fold_words("  ".join(parts).upper() + " ") == fold_words(" ".join(parts))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("1101 Southeast Boulevard", "1101 SE Blvd.", id="direction and street word"),
        pytest.param("12 North Elm Street", "12 N ELM ST", id="capitals"),
        pytest.param("400 Saint Mary's Road", "400 St Marys Rd", id="apostrophe"),
    ],
)
def test_two_spellings_of_one_street(one, other):
    """Postal abbreviations and the full words meet."""
    assert fold_street(one) == fold_street(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("Cedar House", "12 Elm St", "80132"), ("Cedar House", "14 Elm St", "80132"), id="house number"),
        pytest.param(("Cedar House I", "12 Elm St", "80132"), ("Cedar House II", "12 Elm St", "80132"), id="numeral"),
        pytest.param(("Cedar House", "12 Elm St", "80132"), ("Cedar House", "12 Elm St", "80133"), id="ZIP code"),
    ],
)
def test_what_tells_two_places_apart_stays(one, other):
    """Normalising never makes one place of two."""
    assert place_match_key(*one) != place_match_key(*other)


def test_accents_fold():
    """A name with and without its accents is one name."""
    assert fold_words("Clínica Niños") == fold_words("CLINICA NINOS")
