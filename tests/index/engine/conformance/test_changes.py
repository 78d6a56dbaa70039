"""Edits in a delta, deletions and a merge: the answers stay those of the oracle, and edits are seen."""

from __future__ import annotations

from datetime import timedelta

import corpus
import msgspec
import pytest
from engines_under_test import ENGINES, NOW, SOME, publish
from hypothesis import given
from listing_factory import asking, ids, place, program, wanted
from request_strategies import SIZE, requests
from test_random_requests import answer, assert_equal

from index.engine.generation import apply_changes, switch_to
from index.listing import ListingId
from index.request import SearchRequest

LATER = NOW + timedelta(minutes=1)


def change(root, changed=(), removed=(), now=LATER):
    """Publish edits as a delta on the current base."""
    switch_to(root, apply_changes(root, changed, removed, closed_upward=corpus.closed_upward, now=now))


@pytest.fixture
def edited(tmp_path, request):
    """Return an engine that was open before its listings were edited."""
    root = publish(tmp_path, (place("kept"), place("changed", name="Cedar House"), place("removed", name="Cedar Lodge")))
    engine = ENGINES[request.param](root)
    changed = (place("changed", program("care.detox"), name="Birch House"), place("added", name="Cedar Annex"))
    change(root, changed, (ListingId("removed"),))
    return engine


@pytest.mark.parametrize("edited", sorted(ENGINES), indirect=True)
class TestEdits:
    def test_an_open_engine_sees_them(self, edited):
        """The next call answers from the new generation."""
        assert set(ids(edited.search(SearchRequest()))) == {"kept", "changed", "added"}

    def test_old_words_are_forgotten(self, edited):
        """What a listing was called no longer finds it."""
        assert ids(edited.search(SearchRequest(words=("cedar",)))) == ["added"]

    def test_new_facts_are_counted(self, edited):
        """Facets count the edited listing, once."""
        found = edited.search(asking(wanted("care", "care.detox")))
        (care,) = [facet for facet in found.facets if facet.group == "care"]
        assert (ids(found), care.counts[0].count, care.not_stated) == (["changed"], 1, 2)

    def test_listings_are_found_by_id(self, edited):
        """Look-ups agree with searches."""
        found = edited.get([ListingId(one) for one in ("kept", "changed", "removed", "added")])
        assert {identity: listing.name for identity, listing in found.items()} == {
            "kept": "kept",
            "changed": "Birch House",
            "added": "Cedar Annex",
        }

    def test_every_listing_is_listed_once_in_order(self, edited):
        """An export holds the new facts only."""
        assert [listing.id for listing in edited.all_listings()] == ["added", "changed", "kept"]

    def test_the_generation_counts_itself(self, edited):
        """The manifest's counts follow the edits."""
        assert (edited.info().listings, edited.info().programs) == (3, 3)


@pytest.fixture(scope="module", params=["base and delta", "merged"])
def edited_pair(request, tmp_path_factory):
    """Return both engines after two rounds of random edits, and after a merge of them."""
    listings, others = corpus.make_listings(SIZE), corpus.make_listings(60, seed=2)
    root = publish(tmp_path_factory.mktemp("changes"), listings)
    rewritten = [msgspec.structs.replace(one, id=listings[7 * at].id) for at, one in enumerate(others[:40])]
    added = [msgspec.structs.replace(one, id=ListingId(f"N{at}")) for at, one in enumerate(others[40:])]
    change(root, rewritten, [one.id for one in listings[3:90:3]])
    change(root, added, [rewritten[0].id, listings[7].id, ListingId("unknown")], NOW + timedelta(minutes=2))
    if request.param == "merged":
        publish(root, ENGINES["oracle"](root).all_listings())
    return ENGINES["whoosh"](root), ENGINES["oracle"](root)


@SOME
@given(request=requests())
def test_edited_generations_answer_like_the_oracle(edited_pair, request):
    """Scores use the base's statistics until the merge; everything else counts what is there now."""
    fast, oracle = edited_pair
    assert_equal(answer(fast, request), answer(oracle, request))
