"""A whole base prepared beside the generation that answers: edits go on meanwhile, and none is lost or undone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from corpus import GROUPS, closed_upward, make_listings

from index.engine.generation import (
    BaseOutdated,
    PreparedBase,
    adopt,
    apply_changes,
    build_generation,
    current,
    path_of,
    prepare_base,
    switch_to,
    touched_since,
    unpin,
    verify,
)
from index.engine.keeping import rollback
from index.engine.publishing.locks import BuildLock, PublisherBusy, PublisherLock
from index.engine.whoosh_engine import WhooshEngine
from index.listing import Listing, ListingId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LISTINGS = make_listings(40)
RECIPE = {"closed_upward": closed_upward, "group_of": GROUPS, "salt": "salt", "now": NOW}


def renamed(listing: Listing, name: str) -> Listing:
    """Return a listing with another name."""
    return msgspec.structs.replace(listing, name=name)


def edit(root: Path, changed=(), removed=()) -> None:
    """Publish edits on the current base."""
    switch_to(root, apply_changes(root, changed, removed, closed_upward=closed_upward, now=NOW))


def names(root: Path) -> dict[ListingId, str]:
    """Return what a fresh engine holds."""
    return {one.id: one.name for one in WhooshEngine(root).all_listings()}


def adopt_from(root: Path, prepared: PreparedBase, store: dict[ListingId, Listing]) -> str:
    """Adopt a base as a publisher does: whatever was touched since is read from the store again."""
    touched = touched_since(root, prepared)
    held = [store[one] for one in touched if one in store]
    name = adopt(root, prepared, held, [one for one in touched if one not in store], now=NOW)
    switch_to(root, name, known=prepared.files)
    return name


@pytest.fixture
def root(tmp_path) -> Path:
    """Return a root with a published base."""
    switch_to(tmp_path, build_generation(tmp_path, LISTINGS, **RECIPE))
    return tmp_path


class TestEditsMeanwhile:
    def test_they_answer_at_once_and_stay(self, root):
        """A change, a removal and an addition, each published on the old base."""
        store = {one.id: one for one in LISTINGS}
        prepared = prepare_base(root, store.values(), **RECIPE)
        new = make_listings(41)[40]
        store[LISTINGS[3].id], store[new.id] = renamed(LISTINGS[3], "Zanzibar House"), new
        del store[LISTINGS[5].id]

        edit(root, [store[LISTINGS[3].id]])
        edit(root, [new], [LISTINGS[5].id])
        expected = {one.id: one.name for one in store.values()}
        assert names(root) == expected

        name = adopt_from(root, prepared, store)
        assert names(root) == expected
        verify(path_of(root, name))

    def test_what_came_and_went_is_not_revived(self, root):
        """The new base has read a listing that neither the old base nor the current delta knows."""
        late = make_listings(41)[40]
        edit(root, [late])
        prepared = prepare_base(root, [*LISTINGS, late], **RECIPE)
        edit(root, [], [late.id])

        adopt_from(root, prepared, {one.id: one for one in LISTINGS})
        assert late.id not in names(root)

    def test_what_the_base_holds_already_is_no_change(self, root):
        """An old delta melts into the new base."""
        store = {one.id: one for one in LISTINGS} | {LISTINGS[0].id: renamed(LISTINGS[0], "Zanzibar House")}
        edit(root, [store[LISTINGS[0].id]])
        prepared = prepare_base(root, store.values(), **RECIPE)
        edit(root, [], [ListingId("never there")])

        name = adopt_from(root, prepared, store)
        assert not (path_of(root, name) / "delta").exists()
        assert names(root)[LISTINGS[0].id] == "Zanzibar House"

    def test_the_next_edit_stands_on_the_new_base(self, root):
        """The old base can go."""
        prepared = prepare_base(root, LISTINGS, **RECIPE)
        name = adopt_from(root, prepared, {one.id: one for one in LISTINGS})
        edit(root, [renamed(LISTINGS[1], "Zanzibar House")])
        bases = [path_of(root, one) / "base" / "arrays.bin" for one in (name, current(root))]
        assert bases[0].samefile(bases[1])


class TestOutdated:
    def test_a_rollback_throws_the_base_away(self, root):
        """What the generation after it held has left the outbox, and is in no delta."""
        edit(root, [renamed(LISTINGS[1], "Zanzibar House")])
        prepared = prepare_base(root, LISTINGS, **RECIPE)
        rollback(root)
        unpin(root)
        with pytest.raises(BaseOutdated):
            touched_since(root, prepared)

    def test_a_rollback_in_the_middle_of_the_build_ends_it(self, root):
        """The build finds its directory gone and says why."""
        edit(root, [renamed(LISTINGS[1], "Zanzibar House")])

        def listings():
            yield from LISTINGS
            rollback(root)

        with pytest.raises(BaseOutdated):
            prepare_base(root, listings(), **RECIPE)

    def test_another_base_is_not_built_upon(self, root):
        """Its edits can't be told from its other differences."""
        prepared = prepare_base(root, LISTINGS, **RECIPE)
        switch_to(root, build_generation(root, LISTINGS[:9], **RECIPE))
        with pytest.raises(BaseOutdated):
            touched_since(root, prepared)


PREPARE_AND_DIE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from corpus import GROUPS, closed_upward, make_listings
from index.engine.generation import prepare_base
from index.engine.publishing.locks import BuildLock

def listings():
    yield from make_listings(5)
    os.kill(os.getpid(), 9)

with BuildLock(Path(sys.argv[1])):
    prepare_base(Path(sys.argv[1]), listings(), closed_upward=closed_upward, group_of=GROUPS, salt="s", now=datetime.now(UTC))
"""


class TestTwoLocks:
    def test_publishing_leaves_a_build_under_way_alone(self, root):
        """It used to clear away whatever was not finished."""
        with BuildLock(root):
            prepared = prepare_base(root, LISTINGS, **RECIPE)
            with PublisherLock(root):
                edit(root, [renamed(LISTINGS[1], "Zanzibar House")])
            assert prepared.directory.exists()

    def test_one_build_at_a_time(self, root):
        """The second is refused."""
        with BuildLock(root), pytest.raises(PublisherBusy), BuildLock(root):
            pass

    def test_a_killed_build_costs_nothing(self, root):
        """Edits go on; the next build frees the lock and the space."""
        subprocess.run([sys.executable, "-c", PREPARE_AND_DIE, str(root), str(Path(__file__).parent)], check=False)
        left = list((root / "generations").glob(".prepared-*"))
        edit(root, [renamed(LISTINGS[1], "Zanzibar House")])

        with BuildLock(root):
            assert left
            assert not list((root / "generations").glob(".prepared-*"))
        assert names(root)[LISTINGS[1].id] == "Zanzibar House"
