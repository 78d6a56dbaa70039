"""How the embedded engine opens, follows and shares generations."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import whoosh.index
from corpus import GROUPS, closed_upward, make_listings

from index.engine.generation import apply_changes, build_generation, current, path_of, switch_to
from index.engine.keeping import retire_old, rollback
from index.engine.whoosh_engine import CHECK_SECONDS, WhooshEngine
from index.errors import EngineUnavailable
from index.request import SearchRequest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def publish(root: Path, count: int) -> str:
    """Publish some fictional listings."""
    name = build_generation(root, make_listings(count), closed_upward=closed_upward, group_of=GROUPS, salt="s", now=NOW)
    switch_to(root, name)
    return name


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


class TestFollowing:
    def test_a_new_generation_answers_after_the_next_look(self, tmp_path, clock):
        """Readers look twice a second and need no restart."""
        publish(tmp_path, 10)
        engine = WhooshEngine(tmp_path, clock)
        assert engine.count(SearchRequest()) == 10

        publish(tmp_path, 20)
        assert engine.count(SearchRequest()) == 10
        clock.seconds += CHECK_SECONDS
        assert engine.count(SearchRequest()) == 20

    def test_an_engine_made_before_the_first_publication_finds_it(self, tmp_path, clock):
        """Until then it says that it can't answer."""
        engine = WhooshEngine(tmp_path, clock)
        with pytest.raises(EngineUnavailable):
            engine.count(SearchRequest())

        publish(tmp_path, 10)
        assert WhooshEngine(tmp_path, clock).count(SearchRequest()) == 10
        clock.seconds += CHECK_SECONDS
        assert engine.count(SearchRequest()) == 10

    def test_a_rollback_is_followed_too(self, tmp_path, clock):
        """CURRENT may move back as well as on."""
        publish(tmp_path, 10)
        publish(tmp_path, 20)
        engine = WhooshEngine(tmp_path, clock)
        assert engine.count(SearchRequest()) == 20

        rollback(tmp_path)
        clock.seconds += CHECK_SECONDS
        assert engine.count(SearchRequest()) == 10

    def test_a_damaged_newcomer_changes_nothing(self, tmp_path, clock):
        """The engine stays with what it has open."""
        publish(tmp_path, 10)
        engine = WhooshEngine(tmp_path, clock)
        assert engine.count(SearchRequest()) == 10

        newer = publish(tmp_path, 20)
        (path_of(tmp_path, newer) / "base" / "documents.bin").unlink()
        clock.seconds += CHECK_SECONDS
        assert engine.count(SearchRequest()) == 10

    def test_results_outlive_the_files_of_their_generation(self, tmp_path, clock):
        """A reader under way keeps its maps when old generations are deleted."""
        publish(tmp_path, 10)
        engine = WhooshEngine(tmp_path, clock)
        listings = iter(engine.all_listings())
        first = next(listings)

        for count in (11, 12, 13):
            publish(tmp_path, count)
        retire_old(tmp_path)

        assert [first, *listings] == list(make_listings(10))
        assert engine.search(SearchRequest()).total == 10

    def test_every_answer_names_its_generation(self, tmp_path):
        """Two answers can be told apart by what they were made from."""
        name = publish(tmp_path, 10)
        assert WhooshEngine(tmp_path).search(SearchRequest()).generation == name


class TestSharing:
    def test_no_whoosh_index_is_opened_to_answer(self, tmp_path, monkeypatch):
        """A Whoosh searcher copies whole segments into memory; readers use the maps alone."""
        publish(tmp_path, 20)

        def refuse(*_, **__):
            raise AssertionError("a reader opened a Whoosh index")

        monkeypatch.setattr(whoosh.index, "open_dir", refuse)
        monkeypatch.setattr(whoosh.index.FileIndex, "__init__", refuse)
        assert WhooshEngine(tmp_path).search(SearchRequest(words=("center",))).total

    def test_the_maps_cannot_be_written(self, tmp_path):
        """A bug in one request can't change the answers of others."""
        publish(tmp_path, 10)
        engine = WhooshEngine(tmp_path)
        engine.info()
        with pytest.raises(ValueError, match="read-only"):
            engine._opened.segments[0].arrays.slots.key[0] = 0  # type: ignore[union-attr]

    def test_threads_share_one_engine_while_generations_change(self, tmp_path):
        """Every answer is whole: the total of one of the generations, with its hits."""
        publish(tmp_path, 30)
        ticks = iter(range(10**9))
        engine = WhooshEngine(tmp_path, lambda: float(next(ticks)))  # looks at every call
        wrong: list[object] = []

        def ask() -> None:
            for _ in range(40):
                found = engine.search(SearchRequest(per_page=100))
                if found.total not in (30, 31, 32, 33) or len(found.hits) != found.total:
                    wrong.append(found)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for count in (31, 32, 33):
            edits = make_listings(count)[30:]
            switch_to(tmp_path, apply_changes(tmp_path, edits, [], closed_upward=closed_upward, now=NOW))
        for thread in threads:
            thread.join()

        assert wrong == []
        assert current(tmp_path) == engine.search(SearchRequest()).generation
