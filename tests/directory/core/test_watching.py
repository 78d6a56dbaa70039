"""A watching publisher: edits are searchable at once, also while a whole generation is built beside."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from published_places import rename, served
from small_directory import MONUMENT, RECORDS, fill, place, publisher_of

from directory import publish
from directory.publish import Publisher
from directory.store import Store
from directory.upkeep import watching
from directory.upkeep.watching import REST_SECONDS, BuildBeside, Watcher, seconds_since_watch, watch
from index.engine.generation import GenerationPinned, PreparedBase, current, path_of, unpin
from index.engine.keeping import rollback
from index.engine.publishing.locks import BuildLock, PublisherBusy, PublisherLock
from index.engine.publishing.manifest import read_manifest


class TestWatching:
    def test_it_publishes_what_comes_and_tells_that_it_looked(self, publisher: Publisher, tmp_path: Path):
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        rounds = iter([False, False, True])
        assert seconds_since_watch(publisher.root, datetime.now(UTC)) is None

        watch(publisher, lambda: next(rounds), sleep=lambda seconds: None)

        assert "Cedar Lodge" in served(publisher)
        assert seconds_since_watch(publisher.root, datetime.now(UTC)) is not None

    def test_a_home_in_which_nothing_was_published_is_served(self, empty_store: Store, tmp_path: Path):
        """`serve` after a restore or an import, without `publish`, used to end at once: there was no index directory yet."""
        fill(empty_store, tmp_path)
        publisher, rounds = publisher_of(empty_store, tmp_path), iter([False, True])
        assert not publisher.root.exists()

        watch(publisher, lambda: next(rounds), sleep=lambda seconds: None)

        assert "Cedar House" in served(publisher)

    def test_a_failure_is_logged_and_tried_again_later(self, publisher: Publisher, monkeypatch, caplog):
        """The previous generation keeps serving; the publisher rests before it tries again."""
        rests, rounds = [], iter([False, False, True])

        def broken(self: Publisher) -> bool:
            raise OSError("disk full")

        monkeypatch.setattr(Publisher, "needs_whole", broken)
        watch(publisher, lambda: next(rounds), sleep=rests.append)
        assert rests == [REST_SECONDS, REST_SECONDS]
        assert "publishing failed" in caplog.text


def meanwhile(monkeypatch: pytest.MonkeyPatch, act) -> None:
    """Let something happen after a whole build has read the store, and before it switches."""
    real = publish.prepare_base

    def prepare(*given, **named) -> PreparedBase:
        prepared = real(*given, **named)
        act()
        return prepared

    monkeypatch.setattr(publish, "prepare_base", prepare)


class TestEditsDuringAWholeBuild:
    """The build holds its own lock; a delta on the old base is published beside it and carried over."""

    def test_an_edit_is_searchable_before_the_build_ends_and_after(self, publisher: Publisher, tmp_path: Path, monkeypatch):
        """It used to wait for minutes, until the whole generation was there."""
        during = []

        def edit():
            rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
            publisher_of(publisher.store, tmp_path).publish_changes()
            during.append(served(publisher))

        meanwhile(monkeypatch, edit)
        published = publisher.publish(whole=True)

        assert published
        assert "Cedar Lodge" in during[0]
        assert "Cedar Lodge" in served(publisher)
        assert read_manifest(path_of(publisher.root, published.generation)).base == published.generation

    def test_what_is_withdrawn_during_the_build_stays_withdrawn(self, publisher: Publisher, tmp_path: Path, monkeypatch):
        """Also a place that the old base never had: only the delta ever knew it."""
        fill(publisher.store, tmp_path, (*RECORDS, place("Late House", MONUMENT, "care.detox", number=150)))
        publisher.publish()

        def withdraw():
            fill(publisher.store, tmp_path, RECORDS[1:])
            publisher_of(publisher.store, tmp_path).publish_changes()

        meanwhile(monkeypatch, withdraw)
        publisher.publish(whole=True)

        assert served(publisher) == {record.name for record in RECORDS[1:]}

    def test_without_edits_the_new_base_stands_alone(self, publisher: Publisher, tmp_path: Path):
        """A delta of the old base is melted in."""
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        publisher.publish()
        published = publisher.publish(whole=True)

        assert published
        assert not (path_of(publisher.root, published.generation) / "delta").exists()
        assert "Cedar Lodge" in served(publisher)

    def test_a_rollback_during_the_build_wins(self, publisher: Publisher, tmp_path: Path, monkeypatch):
        """Nobody switches away from what staff went back to; nothing is left of the build."""
        first = current(publisher.root)
        publisher.publish(whole=True)
        meanwhile(monkeypatch, lambda: rollback(publisher.root))

        with pytest.raises(GenerationPinned):
            publisher.publish(whole=True)

        assert current(publisher.root) == first
        assert not list((publisher.root / "generations").glob(".prepared-*"))

    def test_a_base_from_before_a_rollback_is_never_used(self, publisher: Publisher, tmp_path: Path, monkeypatch):
        """Edits that the rolled-back generation had taken from the outbox are in the store alone: the store is read again."""
        calls = []

        def back_and_forth():
            calls.append(1)
            if len(calls) == 1:
                rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
                publisher_of(publisher.store, tmp_path).publish_changes()
                rollback(publisher.root)
                unpin(publisher.root)

        publisher.publish(whole=True)
        meanwhile(monkeypatch, back_and_forth)
        publisher.publish(whole=True)

        assert len(calls) == 2
        assert "Cedar Lodge" in served(publisher)

    def test_after_a_rollback_a_delta_will_not_do(self, publisher: Publisher, tmp_path: Path):
        """What the generation after it held has left the outbox."""
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        publisher.publish()
        rollback(publisher.root)
        unpin(publisher.root)

        assert publisher.needs_whole()
        publisher.publish()
        assert "Cedar Lodge" in served(publisher)

    def test_two_whole_builds_are_refused_but_edits_are_not(self, publisher: Publisher, tmp_path: Path):
        with BuildLock(publisher.root):
            with pytest.raises(PublisherBusy):
                publisher.publish(whole=True)
            rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
            assert publisher.publish_changes()

    def test_the_switch_waits_for_an_edit_being_published(self, publisher: Publisher, monkeypatch):
        """Both hold the publisher's lock for a second at most."""
        lock, waits = PublisherLock(publisher.root), []

        def free_the_lock(seconds: float) -> None:
            waits.append(seconds)
            lock.__exit__(None, None, None)

        meanwhile(monkeypatch, lock.__enter__)
        monkeypatch.setattr(publish.patiently, "__defaults__", (free_the_lock,))

        assert publisher.publish(whole=True)
        assert waits == [publish.PATIENCE_SECONDS]


class BuildsBeside:
    """Whole builds that begin and never end."""

    def __init__(self):
        self.begun = 0

    def begin(self):
        self.begun += 1

    def is_under_way(self):
        return self.begun > 0


class TestWhatIsLeftForAWholeBuild:
    @pytest.fixture
    def builds(self) -> BuildsBeside:
        return BuildsBeside()

    @pytest.fixture
    def watcher(self, publisher: Publisher, builds: BuildsBeside) -> Watcher:
        return Watcher(publisher, builds, time.monotonic)

    def test_nothing_to_do_begins_nothing(self, watcher, builds):
        watcher.turn()
        assert builds.begun == 0

    def test_an_import_waits_for_the_build_and_a_later_edit_does_not(
        self, publisher: Publisher, watcher: Watcher, builds: BuildsBeside, tmp_path: Path, monkeypatch
    ):
        with monkeypatch.context() as patched:
            patched.setattr(publish, "LARGEST_DELTA", 0)
            rename(publisher, tmp_path, "Birch Detox", "Birch Center")  # stands for an import of many
            watcher.turn()
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")  # and undoes the other, as one feed
        watcher.turn()
        watcher.turn()

        assert builds.begun == 1
        assert "Cedar Lodge" in served(publisher)
        assert len(publisher.store.outbox()) == 1

    def test_a_long_delta_is_renewed_before_it_is_full(self, publisher: Publisher, watcher, builds, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(publish, "RENEW_FROM", 1)
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        watcher.turn()
        assert (builds.begun, "Cedar Lodge" in served(publisher)) == (1, True)

    def test_many_changes_leave_room_for_single_edits(self, publisher: Publisher, tmp_path: Path, monkeypatch):
        """A delta is filled by imports to a part only."""
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        publisher.publish()
        monkeypatch.setattr(publish, "LARGEST_DELTA", 2)
        monkeypatch.setattr(publish, "SINGLE_EDITS", 1)
        rename(publisher, tmp_path, "Birch Detox", "Birch Center")  # two listings: Cedar Lodge is renamed back

        with pytest.raises(publish.DeltaTooLarge):
            publisher.publish_changes()

    def test_nothing_moves_while_a_rollback_is_pinned(self, publisher: Publisher, watcher, builds, tmp_path: Path):
        publisher.publish(whole=True)
        rollback(publisher.root)
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        watcher.turn()
        assert builds.begun == 0
        assert "Cedar House" in served(publisher)

    def test_a_build_that_fails_is_not_begun_again_at_once(self, publisher: Publisher, monkeypatch):
        """A full disk is not filled twice a second."""

        class Failing(BuildsBeside):
            def is_under_way(self):
                return False

        builds, moments = Failing(), iter([0.0, 0.0, 1.0, REST_SECONDS + 1, REST_SECONDS + 1])
        monkeypatch.setattr(Publisher, "needs_whole", lambda self: True)
        watcher = Watcher(publisher, builds, lambda: next(moments))
        for _ in range(3):
            watcher.turn()
        assert builds.begun == 2


class TestAProcessOfItsOwn:
    def wait(self, builds: BuildBeside) -> None:
        while builds.is_under_way():
            time.sleep(0.01)

    def test_it_publishes_whole_beside(self, publisher: Publisher, tmp_path: Path):
        """The command that `directory serve` runs."""
        before = current(publisher.root)
        command = [sys.executable, "-m", "directory", "publish", "--whole"]
        home = {"DIRECTORY_HOME": str(tmp_path), "DIRECTORY_DATABASE_URL": f"sqlite:///{tmp_path / 'd.sqlite3'}"}
        builds = BuildBeside(command, {**os.environ, **home})

        builds.begin()
        assert builds.is_under_way()
        self.wait(builds)

        assert current(publisher.root) != before
        assert "Cedar House" in served(publisher)

    def test_a_failure_is_logged(self, caplog):
        builds = BuildBeside([sys.executable, "-c", "raise SystemExit(3)"], os.environ)
        builds.begin()
        self.wait(builds)
        assert "status 3" in caplog.text

    def test_it_is_stopped_with_the_service(self):
        builds = BuildBeside([sys.executable, "-c", "import time; time.sleep(600)"], os.environ)
        builds.end()  # nothing to stop yet
        builds.begin()
        builds.end()
        assert not builds.is_under_way()

    def test_it_gives_way_to_searches(self, monkeypatch):
        niceness = {}
        monkeypatch.setattr(watching.os, "setpriority", lambda which, pid, value: niceness.update({pid: value}))
        builds = BuildBeside([sys.executable, "-c", ""], os.environ)
        builds.begin()
        self.wait(builds)
        assert list(niceness.values()) == [watching.POLITENESS]
