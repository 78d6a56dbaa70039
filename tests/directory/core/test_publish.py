"""Publishing: what enters the store becomes searchable, completely or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from published_places import rename, served
from small_directory import RECORDS, fill, publisher_of

from directory import publish
from directory.publish import Publisher, patiently
from directory.store import Store
from directory.upkeep.watching import watch
from index.engine.generation import (
    CURRENT,
    GenerationPinned,
    current,
    generations,
    path_of,
    unpin,
)
from index.engine.keeping import rollback
from index.engine.publishing.locks import PublisherBusy, PublisherLock
from index.engine.whoosh_engine import WhooshEngine


def largest_file(publisher: Publisher) -> Path:
    """Return a file of the generation that answers, made writable."""
    home = path_of(publisher.root, current(publisher.root) or "")
    found = max((path for path in home.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    found.chmod(0o600)
    return found


def cut_short(publisher: Publisher) -> None:
    largest_file(publisher).write_bytes(b"cut")


def flip_a_bit(publisher: Publisher) -> None:
    path = largest_file(publisher)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


class TestOneListing:
    def test_the_first_publication_is_whole(self, publisher: Publisher):
        assert "Cedar House" in served(publisher)
        assert publisher.store.outbox() == ()

    def test_an_edit_becomes_a_delta(self, publisher: Publisher, tmp_path: Path):
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        published = publisher.publish()
        assert published
        assert (published.whole, published.listings_changed) == (False, 1)
        assert "Cedar Lodge" in served(publisher)
        assert "Cedar House" not in served(publisher)

    def test_what_vanished_from_its_feed_is_gone(self, publisher: Publisher, tmp_path: Path):
        fill(publisher.store, tmp_path, RECORDS[1:])
        publisher.publish()
        assert "Aspen Detox" not in served(publisher)

    def test_nothing_to_do_makes_nothing(self, publisher: Publisher):
        before = current(publisher.root)
        assert publisher.publish() is None
        assert current(publisher.root) == before


class TestWholeGenerations:
    def test_many_changes_are_built_whole(self, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Beyond a size a delta is slower than a new base."""
        monkeypatch.setattr(publish, "LARGEST_DELTA", 0)
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        published = publisher.publish()
        assert published
        assert published.whole

    def test_a_new_month_brings_a_new_salt(self, publisher: Publisher, monkeypatch: pytest.MonkeyPatch):
        """Nobody is lucky for ever: ties get another order, without any edit."""
        monkeypatch.setattr(Store, "tie_salt", lambda self, today: "salt-of-next-month")
        published = publisher.publish()
        assert published
        assert published.whole
        assert WhooshEngine(publisher.root).info().salt == "salt-of-next-month"

    def test_a_generation_that_cannot_be_read_is_built_anew(self, publisher: Publisher, tmp_path: Path):
        """After an upgrade that changed the format, or a damaged disk, a copy heals itself."""
        name = current(publisher.root)
        manifest = next(path_of(publisher.root, name or "").glob("*anifest*"))
        manifest.chmod(0o600)
        manifest.write_text("{}")
        healed = publisher_of(publisher.store, tmp_path)
        assert healed.needs_whole()
        healed.publish()
        assert "Cedar House" in served(healed)


class TestScrubbing:
    def test_a_flipped_bit_is_found_and_built_anew(self, publisher: Publisher, caplog: pytest.LogCaptureFixture):
        """Nothing used to read the bytes of a served generation again: a damaged disk stayed unnoticed until the next restart."""
        before, rounds = current(publisher.root), iter([False, True])
        flip_a_bit(publisher)

        watch(publisher, lambda: next(rounds), sleep=lambda seconds: None)

        assert "is damaged" in caplog.text
        assert current(publisher.root) != before
        assert publisher.scrub()

    def test_a_cut_file_is_found(self, publisher: Publisher):
        cut_short(publisher)
        assert not publisher.scrub()
        assert publisher.needs_whole()

    def test_a_sound_generation_is_left_alone(self, publisher: Publisher):
        assert publisher.scrub()
        assert not publisher.needs_whole()

    def test_it_is_not_read_again_in_every_round(self, publisher: Publisher, monkeypatch: pytest.MonkeyPatch):
        """Every byte of a large directory is too much for twice a second."""
        readings, rounds, moments = [], iter([False] * 4 + [True]), iter(range(0, 9_000, 200))
        monkeypatch.setattr(Publisher, "scrub", lambda self: readings.append(1))
        watch(publisher, lambda: next(rounds), sleep=lambda seconds: None, clock=lambda: next(moments))
        assert len(readings) == 2

    def test_a_pinned_generation_that_is_damaged_stays_pinned(self, publisher: Publisher):
        """What staff pinned is not replaced behind their back; the log tells them."""
        publisher.publish(whole=True)
        rollback(publisher.root)
        flip_a_bit(publisher)
        pinned, rounds = current(publisher.root), iter([False, True])

        watch(publisher, lambda: next(rounds), sleep=lambda seconds: None)

        assert not publisher.scrub()
        assert current(publisher.root) == pinned


class TestKills:
    def test_entries_stay_until_the_switch(self, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Killed between build and switch, the old generation serves and the next run publishes the edit."""
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(publish, "switch_to", killed)
            with pytest.raises(KeyboardInterrupt):
                publisher.publish()
        assert "Cedar House" in served(publisher)
        publisher.publish()
        assert "Cedar Lodge" in served(publisher)

    def test_killed_after_the_switch_the_edit_is_published_twice(
        self, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        """Once too often is harmless; once too few would lose it."""
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")

        def killed(self: Publisher, entries: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(Publisher, "_acknowledge", killed)
            with pytest.raises(KeyboardInterrupt):
                publisher.publish()
        assert "Cedar Lodge" in served(publisher)
        assert publisher.store.outbox()
        publisher.publish()
        assert publisher.store.outbox() == ()

    def test_an_entry_that_comes_during_the_build_stays(self, publisher: Publisher, tmp_path: Path, monkeypatch):
        """Only what was built is forgotten."""
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        real = publish.switch_to

        def edited_meanwhile(root: Path, name: str, known: object) -> None:
            rename(publisher, tmp_path, "Birch Detox", "Birch Center")
            real(root, name, known)

        monkeypatch.setattr(publish, "switch_to", edited_meanwhile)
        publisher.publish()
        assert publisher.store.outbox()


class TestOneAtATime:
    def test_a_second_publisher_is_refused(self, publisher: Publisher):
        with PublisherLock(publisher.root), pytest.raises(PublisherBusy):
            publisher.publish(whole=True)

    def test_a_patient_one_waits(self):
        """It says so once, however long it waits."""
        tries, told = iter([PublisherBusy(), PublisherBusy(), None]), []

        def act() -> str:
            if problem := next(tries):
                raise problem
            return "done"

        assert patiently(act, lambda: told.append("waiting"), sleep=lambda seconds: None) == "done"
        assert told == ["waiting"]


class TestRollback:
    def test_a_pinned_generation_stays_until_unpinned(self, publisher: Publisher, tmp_path: Path):
        rename(publisher, tmp_path, "Cedar House", "Cedar Lodge")
        publisher.publish()
        with PublisherLock(publisher.root):
            rollback(publisher.root)
        rename(publisher, tmp_path, "Birch Detox", "Birch Center")

        with pytest.raises(GenerationPinned):
            publisher.publish()
        assert "Cedar House" in served(publisher)

        unpin(publisher.root)
        publisher.publish(whole=True)
        assert "Birch Center" in served(publisher)

    @pytest.mark.parametrize("spoil", [cut_short, flip_a_bit])
    def test_a_damaged_generation_is_never_kept_for_a_sound_one(
        self, publisher: Publisher, caplog: pytest.LogCaptureFixture, spoil: Callable[[Publisher], None]
    ):
        """G1 sound, G2 damaged, then G3: G1 stays, and a rollback leads there."""
        first = current(publisher.root)
        publisher.publish(whole=True)
        second = current(publisher.root) or ""
        spoil(publisher)

        publisher.publish(whole=True)

        assert second in caplog.text
        with PublisherLock(publisher.root):
            assert rollback(publisher.root) == first
        assert "Cedar House" in served(publisher)

    def test_a_rollback_never_leads_to_what_an_earlier_one_left_behind(self, publisher: Publisher, tmp_path: Path):
        """After a bad import, a rollback and the next publication, "the one before" is the good one that was served."""
        good = current(publisher.root)
        rename(publisher, tmp_path, "Cedar House", "A bad import")
        publisher.publish(whole=True)
        rollback(publisher.root)
        unpin(publisher.root)
        publisher.publish(whole=True)

        assert rollback(publisher.root) == good
        assert "A bad import" not in served(publisher)

    def test_the_last_two_generations_are_kept(self, publisher: Publisher):
        for _ in range(3):
            publisher.publish(whole=True)
        assert len(generations(publisher.root)) == 2
        assert (publisher.root / CURRENT).exists()
