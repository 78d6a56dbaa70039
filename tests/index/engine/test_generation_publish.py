"""Building generations, switching to them, going back, clearing up."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from corpus import GROUPS, closed_upward, make_listings

from index.engine import generation
from index.engine.generation import (
    DeltaTooLarge,
    GenerationPinned,
    apply_changes,
    build_generation,
    current,
    generations,
    is_pinned,
    path_of,
    switch_to,
    unpin,
    verify,
)
from index.engine.keeping import NoWayBack, retire_old, rollback
from index.engine.publishing.locks import PublisherBusy, PublisherLock
from index.engine.whoosh_engine import WhooshEngine
from index.errors import EngineUnavailable
from index.request import SearchRequest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LISTINGS = make_listings(60)


def build(root: Path, listings=LISTINGS, now: datetime = NOW) -> str:
    """Build a generation of fictional listings."""
    return build_generation(root, listings, closed_upward=closed_upward, group_of=GROUPS, salt="salt", now=now)


def change(root: Path, changed=(), removed=(), now: datetime = NOW) -> str:
    """Build a delta."""
    return apply_changes(root, changed, removed, closed_upward=closed_upward, now=now)


def publish(root: Path, listings=LISTINGS) -> str:
    """Build a generation and switch to it."""
    name = build(root, listings)
    switch_to(root, name)
    return name


def total(root: Path) -> int:
    """Return how many listings a fresh engine finds."""
    return WhooshEngine(root).search(SearchRequest()).total


class TestBuilding:
    def test_a_built_generation_answers_only_after_the_switch(self, tmp_path):
        """Building changes nothing for readers."""
        name = build(tmp_path)

        assert current(tmp_path) is None
        switch_to(tmp_path, name)
        assert (current(tmp_path), total(tmp_path)) == (name, 60)

    def test_names_sort_by_time_even_when_the_clock_is_set_back(self, tmp_path):
        """The newest generation has the last name."""
        names = [build(tmp_path, now=NOW), build(tmp_path, now=NOW - timedelta(days=1)), build(tmp_path, now=NOW)]

        assert names == sorted(set(names))
        assert generations(tmp_path) == tuple(names)

    def test_a_failed_build_leaves_nothing_behind(self, tmp_path):
        """A source that breaks in the middle costs no space and confuses no reader."""

        def broken():
            yield LISTINGS[0]
            raise OSError("the store went away")

        with pytest.raises(OSError, match="went away"):
            build(tmp_path, broken())
        assert list((tmp_path / "generations").iterdir()) == []

    def test_one_id_twice_is_refused(self, tmp_path):
        """Results could not tell the two apart."""
        with pytest.raises(ValueError, match="one id"):
            build(tmp_path, [LISTINGS[0], LISTINGS[0]])

    def test_no_listings_are_an_empty_generation_not_an_error(self, tmp_path):
        """A new installation can publish before its first import."""
        publish(tmp_path, ())

        found = WhooshEngine(tmp_path).search(SearchRequest())
        assert (found.total, found.hits) == (0, ())

    def test_the_same_listings_in_another_order_give_the_same_arrays(self, tmp_path):
        """A generation depends on its listings alone."""
        first, second = build(tmp_path), build(tmp_path, reversed(LISTINGS))

        arrays = [(path_of(tmp_path, name) / "base" / "arrays.bin").read_bytes() for name in (first, second)]
        assert arrays[0] == arrays[1]


class TestChanges:
    def test_an_edit_shows_in_the_next_generation(self, tmp_path):
        """The listing appears once, as edited."""
        publish(tmp_path)
        edited = msgspec.structs.replace(LISTINGS[7], name="Zanzibar House")

        switch_to(tmp_path, change(tmp_path, [edited]))

        engine = WhooshEngine(tmp_path)
        assert [hit.id for hit in engine.search(SearchRequest(words=("zanzibar",))).hits] == [edited.id]
        assert engine.search(SearchRequest()).total == 60

    def test_a_removed_listing_is_gone_and_may_return(self, tmp_path):
        """Changes pile up on one base."""
        publish(tmp_path)
        switch_to(tmp_path, change(tmp_path, removed=[LISTINGS[3].id, "never there"]))
        assert total(tmp_path) == 59

        switch_to(tmp_path, change(tmp_path, [LISTINGS[3]]))
        assert total(tmp_path) == 60

    def test_the_base_is_shared_not_copied(self, tmp_path):
        """An edit costs the delta's space and time alone."""
        first = publish(tmp_path)
        second = change(tmp_path, [LISTINGS[0]])

        files = [path_of(tmp_path, name) / "base" / "arrays.bin" for name in (first, second)]
        assert files[0].samefile(files[1])

    def test_what_a_generation_is_equals_a_full_build(self, tmp_path):
        """Editions, kinds by state and totals are counted on, never guessed."""
        publish(tmp_path)
        edited = msgspec.structs.replace(LISTINGS[5], address=msgspec.structs.replace(LISTINGS[5].address, state="KS"))
        switch_to(tmp_path, change(tmp_path, [edited, *make_listings(62)[60:]], [LISTINGS[9].id]))
        by_changes = WhooshEngine(tmp_path).info()

        publish(tmp_path, WhooshEngine(tmp_path).all_listings())

        whole = WhooshEngine(tmp_path).info()
        assert replace(by_changes, name="") == replace(whole, name="")

    def test_too_many_changes_ask_for_a_full_build(self, tmp_path, monkeypatch):
        """A delta that would take longer than an edit may is refused, and nothing is left of it."""
        monkeypatch.setattr(generation, "DELTA_LIMIT", 3)
        publish(tmp_path)

        with pytest.raises(DeltaTooLarge):
            change(tmp_path, LISTINGS[:4])
        assert len(generations(tmp_path)) == 1

    def test_changes_need_something_to_change(self, tmp_path):
        """The first publication is a full build."""
        with pytest.raises(EngineUnavailable):
            change(tmp_path, LISTINGS[:1])


class TestGoingBack:
    def test_rollback_returns_to_the_generation_before_and_pins_it(self, tmp_path):
        """After a bad import the old answers return and stay."""
        first = publish(tmp_path)
        publish(tmp_path, LISTINGS[:10])

        assert rollback(tmp_path) == first
        assert (total(tmp_path), is_pinned(tmp_path)) == (60, True)

    def test_a_pin_refuses_to_switch_until_it_is_taken_off(self, tmp_path):
        """The publisher can't bring the bad import back by itself."""
        publish(tmp_path)
        second = publish(tmp_path, LISTINGS[:10])
        rollback(tmp_path)

        with pytest.raises(GenerationPinned):
            switch_to(tmp_path, second)
        unpin(tmp_path)
        switch_to(tmp_path, second)
        assert total(tmp_path) == 10

    def test_without_an_earlier_generation_nothing_changes(self, tmp_path):
        """Rollback of the first generation is an error, not an empty site."""
        name = publish(tmp_path)

        with pytest.raises(NoWayBack):
            rollback(tmp_path)
        assert (current(tmp_path), is_pinned(tmp_path)) == (name, False)

    def test_old_generations_go_but_never_the_current_or_the_one_before(self, tmp_path):
        """Two stay for a rollback, whatever is current."""
        names = [publish(tmp_path, LISTINGS[: 10 + step]) for step in range(4)]
        rollback(tmp_path)

        assert retire_old(tmp_path) == (names[0],)
        assert generations(tmp_path) == tuple(names[1:])

    def test_retiring_a_base_leaves_its_deltas_whole(self, tmp_path):
        """Shared files live as long as any generation has them."""
        publish(tmp_path)
        for step in range(3):
            last = change(tmp_path, [LISTINGS[step]])
            switch_to(tmp_path, last)

        retire_old(tmp_path)
        verify(path_of(tmp_path, last))
        assert total(tmp_path) == 60


class TestOnePublisher:
    def test_a_second_publisher_is_refused(self, tmp_path):
        """Two at once would overwrite each other's work."""
        with PublisherLock(tmp_path), pytest.raises(PublisherBusy), PublisherLock(tmp_path):
            pass

    def test_the_lock_is_free_again_afterwards(self, tmp_path):
        """Also after an error."""
        with pytest.raises(RuntimeError), PublisherLock(tmp_path):
            raise RuntimeError
        with PublisherLock(tmp_path):
            pass

    def test_a_killed_publisher_holds_no_lock(self, tmp_path):
        """The system frees it: nobody has to delete a stale file."""
        code = (
            "import os, sys; from pathlib import Path; from index.engine.publishing.locks import PublisherLock\n"
            "with PublisherLock(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
        )
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)

        with PublisherLock(tmp_path):
            pass
