"""Looking listings, names, phones and words up, on every engine."""

from __future__ import annotations

import corpus
import pytest
from engines_under_test import ENGINES, SOME, publish
from hypothesis import given
from hypothesis import strategies as st
from listing_factory import PHONE, place, program
from request_strategies import SIZE, WORDS

from index.errors import EngineUnavailable
from index.listing import Kind, ListingId, Phone


@pytest.fixture(scope="module")
def listings():
    return (
        place("b", name="Cedar House", organization="Harbor Health"),
        place("a", name="Cedar Hill Clinic", organization="Harbor Health"),
        place("c", program("care.detox", name="Evening Unit"), name="Río Claro", phones=(Phone(number="988"),)),
        place("d", name="Cedar House", kind=Kind.HELPLINE, at=None),
    )


def test_get_leaves_unknown_ids_out(engine):
    """Listings come in the order asked."""
    found = engine.get([ListingId("c"), ListingId("gone"), ListingId("a")])
    assert [(identity, listing.name) for identity, listing in found.items()] == [("c", "Río Claro"), ("a", "Cedar Hill Clinic")]


def test_a_phone_leads_to_its_listings(engine):
    """In id order; a short code is a number too."""
    assert engine.ids_by_phone(PHONE.number) == ("a", "b", "d")
    assert engine.ids_by_phone("988") == ("c",)
    assert engine.ids_by_phone("+13035550199") == ()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("ced", ["Cedar House", "Cedar Hill Clinic"], id="most bearers first"),
        pytest.param("cedar h", ["Cedar House", "Cedar Hill Clinic"], id="the last word may be unfinished"),
        pytest.param("house", ["Cedar House"], id="any word of the name"),
        pytest.param("harb", ["Harbor Health"], id="organizations too"),
        pytest.param("RIO", ["Río Claro"], id="accents do not matter"),
        pytest.param("evening", [], id="a program is no name"),
        pytest.param("  ", [], id="nothing typed"),
    ],
)
def test_names_are_suggested_as_typed(engine, typed, names):
    """Names of which some word begins so."""
    assert [suggestion.name for suggestion in engine.suggest_names(typed, 5)] == names


def test_a_suggestion_says_how_many_bear_the_name(engine):
    """A name borne once leads straight to its listing."""
    shared, single = engine.suggest_names("cedar", 5)
    assert (shared.listings, shared.id) == (2, None)
    assert (single.listings, single.id) == (1, "a")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param(("cedar", "house"), "Cedar House", id="equal"),
        pytest.param(("ceder", "house"), "Cedar House", id="one slip"),
        pytest.param(("rio", "claro"), "Río Claro", id="accents do not matter"),
        pytest.param(("cedar", "hill"), "Cedar Hill Clinic", id="two words that begin it win over a slip"),
        pytest.param(("cedar",), None, id="one word that begins it is too little"),
        pytest.param((), None, id="no words"),
    ],
)
def test_a_name_is_matched(engine, words, name):
    """Equal or nearly equal, else none."""
    assert engine.match_name(words) == name


def test_words_of_the_index_are_known(engine):
    """Names, organizations, programs and cities count."""
    assert [word for word in ("cedar", "harbor", "evening", "denver", "sunset") if not engine.knows_word(word)] == ["sunset"]


@pytest.mark.parametrize(("word", "near"), [("ceddar", "cedar"), ("huose", "house"), ("zzzzzz", None), ("cedar", "cedar")])
def test_the_nearest_word_is_found(engine, word, near):
    """Two edits at most."""
    assert engine.near_word(word) == near


def test_every_listing_is_listed_in_id_order(engine):
    """An export is stable."""
    assert [listing.id for listing in engine.all_listings()] == ["a", "b", "c", "d"]


def test_the_generation_tells_what_it_holds(engine):
    """Counts of listings, programs, kinds and sources."""
    info = engine.info()
    assert (info.listings, info.programs, info.time_zones) == (4, 4, ("America/Denver",))
    assert info.kinds_by_state == {"CO": {Kind.FACILITY: 3, Kind.HELPLINE: 1}}
    assert [(edition.source, edition.edition, edition.programs) for edition in info.editions] == [("registry", "2026", 4)]


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_without_a_generation_there_is_no_answer(name, tmp_path):
    """An empty answer would be a guess."""
    with pytest.raises(EngineUnavailable):
        ENGINES[name](tmp_path).info()


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Return both engines over one generation of the seeded corpus."""
    root = publish(tmp_path_factory.mktemp("lookups"), corpus.make_listings(SIZE))
    return ENGINES["whoosh"](root), ENGINES["oracle"](root)


typed_words = st.one_of(
    st.sampled_from(WORDS),
    st.text("acdehinorstuvwy", min_size=1, max_size=9),
    st.tuples(st.sampled_from(WORDS), st.sampled_from("abcdeors"), st.integers(0, 5)).map(
        lambda parts: parts[0][: parts[2]] + parts[1] + parts[0][parts[2] :]
    ),
)


@SOME
@given(word=typed_words, other=typed_words)
def test_lookups_equal_the_oracle(pair, word, other):
    """Words, spellings, names and suggestions are the same on both engines."""
    fast, oracle = pair
    for engine_call in (
        lambda engine: engine.knows_word(word),
        lambda engine: engine.near_word(word),
        lambda engine: engine.match_name((word, other)),
        lambda engine: engine.suggest_names(f"{word} {other[:3]}", 5),
        lambda engine: engine.suggest_names(word, 3),
    ):
        assert engine_call(fast) == engine_call(oracle)


def test_both_engines_describe_the_generation_alike(pair):
    """The manifest's counts equal a fresh count."""
    fast, oracle = pair
    assert fast.info() == oracle.info()
    assert list(fast.all_listings()) == list(oracle.all_listings())
