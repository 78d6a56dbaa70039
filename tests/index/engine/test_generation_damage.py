"""Kills, full disks, damaged files: the generation that answered goes on answering."""

from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from corpus import GROUPS, closed_upward, make_listings

from index.engine import generation, keeping
from index.engine.generation import apply_changes, build_generation, current, generations, is_pinned, path_of, switch_to, verify
from index.engine.keeping import NoWayBack, retire_old, rollback
from index.engine.publishing.compiling import compiler
from index.engine.publishing.locks import PublisherLock
from index.engine.publishing.manifest import FORMAT, read_manifest, write_manifest
from index.engine.whoosh_engine import WhooshEngine
from index.errors import EngineUnavailable, GenerationCorrupt
from index.request import SearchRequest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = Path(__file__).parent

# Steps of a publication at which a process can die, in order.
STEPS = (
    "index.engine.publishing.compiling.compiler.write_index",
    "index.engine.publishing.compiling.compiler.compile_segment",
    "index.engine.publishing.compiling.compiler.write_arrays",
    "index.engine.generation.sum_files",
    "index.engine.generation.write_manifest",
    "index.engine.generation.sync_tree",
    "index.engine.generation.sync_directory",
    "index.engine.generation.check_content",
    "index.engine.generation.write_durably",
    "index.engine.publishing.files.sync_directory",
)

PUBLISH_AND_DIE = """
import importlib, os, sys
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock
sys.path.insert(0, sys.argv[3])
from corpus import GROUPS, closed_upward, make_listings
from index.engine import generation
from index.engine.publishing.locks import PublisherLock
module, _, step = sys.argv[2].rpartition(".")
root = Path(sys.argv[1])
with PublisherLock(root), mock.patch.object(
    importlib.import_module(module), step, lambda *a, **k: os.kill(os.getpid(), 9)
):
    name = generation.build_generation(
        root, make_listings(20), closed_upward=closed_upward, group_of=GROUPS, salt="s", now=datetime.now(UTC)
    )
    generation.switch_to(root, name)
"""


READ_A_LOST_FILE = """
import os, sys
from pathlib import Path
from index.engine.whoosh_engine import WhooshEngine
from index.request import SearchRequest
engine = WhooshEngine(Path(sys.argv[1]))
assert engine.info().listings == 20
os.chmod(sys.argv[2], 0o644)
os.truncate(sys.argv[2], 0)
engine.search(SearchRequest())
"""


def publish(root: Path, count: int) -> str:
    """Publish some fictional listings."""
    with PublisherLock(root):
        name = build_generation(root, make_listings(count), closed_upward=closed_upward, group_of=GROUPS, salt="salt", now=NOW)
        switch_to(root, name)
    return name


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """Return a root whose current generation has a base and a delta."""
    root = tmp_path_factory.mktemp("published")
    publish(root, 30)
    switch_to(root, apply_changes(root, make_listings(31)[30:], [], closed_upward=closed_upward, now=NOW))
    return root


@pytest.fixture
def copy(published, tmp_path) -> Path:
    """Return a copy that a test may damage."""
    return Path(shutil.copytree(published, tmp_path / "copy"))


def total(root: Path) -> int:
    """Return how many listings a fresh engine finds."""
    return WhooshEngine(root).search(SearchRequest()).total


class TestKilled:
    @pytest.mark.parametrize("step", STEPS, ids=lambda step: step.rpartition("engine.")[2])
    def test_a_kill_leaves_a_whole_generation_and_the_next_publication_works(self, tmp_path, step):
        """At whatever step the publisher dies, readers go on with the old generation."""
        before = publish(tmp_path, 10)

        died = subprocess.run([sys.executable, "-c", PUBLISH_AND_DIE, str(tmp_path), step, str(HERE)], check=False)

        assert died.returncode == -signal.SIGKILL
        verify(path_of(tmp_path, current(tmp_path) or ""))
        assert current(tmp_path) == before or total(tmp_path) == 20
        publish(tmp_path, 12)
        assert total(tmp_path) == 12
        assert not list((tmp_path / "generations").glob(".*"))

    def test_a_full_disk_is_an_error_that_leaves_the_old_generation(self, tmp_path, monkeypatch):
        """Half a generation is worse than none."""
        publish(tmp_path, 10)

        def full(*_):
            raise OSError(errno.ENOSPC, "no space left on device")

        monkeypatch.setattr(compiler, "write_arrays", full)
        with pytest.raises(OSError, match="no space"):
            publish(tmp_path, 20)
        assert total(tmp_path) == 10
        assert len(list((tmp_path / "generations").iterdir())) == 1

    @pytest.mark.parametrize("step", ["link_tree", "build_delta", "sum_files", "write_manifest", "sync_tree"])
    def test_a_disk_that_fills_during_an_edit_leaves_nothing_of_it(self, copy, monkeypatch, step):
        """Whichever file finds no room; the edit works when there is room again."""
        before, generations = current(copy), sorted((copy / "generations").iterdir())

        def full(*_):
            raise OSError(errno.ENOSPC, "no space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(generation, step, full)
            with pytest.raises(OSError, match="no space"):
                apply_changes(copy, make_listings(33)[31:], [], closed_upward=closed_upward, now=NOW)

        assert (current(copy), sorted((copy / "generations").iterdir())) == (before, generations)
        switch_to(copy, apply_changes(copy, make_listings(33)[31:], [], closed_upward=closed_upward, now=NOW))
        assert total(copy) == 33


def damage(path: Path, content: bytes | bytearray) -> None:
    """Write over a published file, which is read-only."""
    path.chmod(0o644)
    path.write_bytes(content)


def files_of(root: Path) -> list[str]:
    """Return the files of the current generation, manifest included."""
    directory = path_of(root, current(root) or "")
    return sorted(path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file())


class TestDamaged:
    def test_every_flipped_bit_is_found(self, copy):
        """Whichever file it is in, a changed byte fails verification."""
        directory = path_of(copy, current(copy) or "")
        for name in files_of(copy):
            whole = (directory / name).read_bytes()
            for position in {0, len(whole) // 2, len(whole) - 1} if whole else ():
                damaged = bytearray(whole)
                damaged[position] ^= 16
                damage(directory / name, damaged)
                with pytest.raises(GenerationCorrupt):
                    verify(directory)
            damage(directory / name, whole)
        verify(directory)

    def test_every_lost_end_is_found_without_reading_the_file(self, copy):
        """A worker refuses a truncated generation when it opens it."""
        directory = path_of(copy, current(copy) or "")
        for name in [name for name in files_of(copy) if (directory / name).stat().st_size]:
            whole = (directory / name).read_bytes()
            damage(directory / name, whole[:-1])
            with pytest.raises(GenerationCorrupt):
                switch_to(copy, directory.name)
            damage(directory / name, whole)

    def test_a_generation_damaged_before_the_switch_never_answers(self, tmp_path):
        """The publisher reads what it wrote before it lets readers see it."""
        publish(tmp_path, 10)
        name = build_generation(tmp_path, make_listings(20), closed_upward=closed_upward, group_of=GROUPS, salt="s", now=NOW)
        arrays = path_of(tmp_path, name) / "base" / "arrays.bin"
        content = bytearray(arrays.read_bytes())
        content[100] ^= 1
        damage(arrays, content)

        with pytest.raises(GenerationCorrupt, match=r"arrays\.bin"):
            switch_to(tmp_path, name)
        assert total(tmp_path) == 10

    def test_a_worker_falls_back_to_the_generation_before(self, tmp_path):
        """One that starts on a damaged generation answers from the last good one."""
        publish(tmp_path, 10)
        newer = publish(tmp_path, 20)
        damage(path_of(tmp_path, newer) / "base" / "arrays.bin", b"")

        assert total(tmp_path) == 10

    def test_a_worker_killed_by_a_lost_file_starts_again_on_the_generation_before(self, tmp_path):
        """The system kills who reads a map past its file's end; the next worker sees the size and goes back."""
        publish(tmp_path, 10)
        arrays = path_of(tmp_path, publish(tmp_path, 20)) / "base" / "arrays.bin"

        died = subprocess.run([sys.executable, "-c", READ_A_LOST_FILE, str(tmp_path), str(arrays)], check=False)

        assert died.returncode == -signal.SIGBUS
        assert total(tmp_path) == 10

    def test_without_a_readable_generation_there_is_no_answer(self, tmp_path):
        """An error, never an empty result."""
        name = publish(tmp_path, 10)
        (path_of(tmp_path, name) / "manifest.json").unlink()

        with pytest.raises(EngineUnavailable):
            WhooshEngine(tmp_path).search(SearchRequest())

    @pytest.mark.parametrize("lost", ["manifest.json", "base/arrays.bin", "base/segment.json"])
    def test_a_damaged_current_generation_does_not_stop_the_next(self, tmp_path, lost):
        """Publishing everything again is the way out, so it must work."""
        name = publish(tmp_path, 10)
        damage(path_of(tmp_path, name) / lost, b"damaged")

        publish(tmp_path, 20)
        assert total(tmp_path) == 20

    def test_an_unknown_format_is_refused(self, copy):
        """A program reads only the files that it understands."""
        directory = path_of(copy, current(copy) or "")
        write_manifest(directory, msgspec.structs.replace(read_manifest(directory), format=FORMAT - 1))

        with pytest.raises(GenerationCorrupt, match="has format"):
            verify(directory)

    def test_an_older_format_is_built_anew(self, copy):
        """After an upgrade nothing answers from the old files, and a whole build takes their place."""
        directory = path_of(copy, current(copy) or "")
        write_manifest(directory, msgspec.structs.replace(read_manifest(directory), format=FORMAT - 1))
        with pytest.raises(GenerationCorrupt):
            apply_changes(copy, make_listings(1), [], closed_upward=closed_upward, now=NOW)

        publish(copy, 20)
        assert total(copy) == 20


class TestGoingBackPastDamage:
    def test_a_damaged_generation_is_passed_over_and_named(self, tmp_path, caplog):
        """Giving up at the first damaged one left no way back, although a sound one stood behind it."""
        first = publish(tmp_path, 10)
        second = publish(tmp_path, 20)
        publish(tmp_path, 30)
        damage(path_of(tmp_path, second) / "base" / "arrays.bin", b"cut")

        assert rollback(tmp_path) == first
        assert total(tmp_path) == 10
        assert second in caplog.text

    def test_with_nothing_sound_before_it_the_current_one_stays(self, tmp_path):
        """A rollback to nothing would end the site."""
        damage(path_of(tmp_path, publish(tmp_path, 10)) / "base" / "arrays.bin", b"cut")
        newest = publish(tmp_path, 20)

        with pytest.raises(NoWayBack, match="no earlier generation"):
            rollback(tmp_path)
        assert (current(tmp_path), is_pinned(tmp_path)) == (newest, False)

    def test_a_disk_that_fills_in_the_middle_leaves_no_pin_behind(self, tmp_path, monkeypatch):
        """A pin without its rollback would hold back every publication."""
        publish(tmp_path, 10)
        newest = publish(tmp_path, 20)

        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(keeping, "point_at", full)
        with pytest.raises(OSError, match="No space left"):
            rollback(tmp_path)
        assert (current(tmp_path), is_pinned(tmp_path)) == (newest, False)

    @pytest.mark.parametrize("lost", ["base/arrays.bin", "manifest.json"])
    def test_what_is_damaged_counts_as_nothing_kept(self, tmp_path, lost):
        """It used to stand in the place of a sound one, which went."""
        first, second, third = (publish(tmp_path, count) for count in (10, 20, 30))
        (path_of(tmp_path, second) / lost).unlink()

        assert retire_old(tmp_path, served=second) == (second,)
        assert generations(tmp_path) == (first, third)

    def test_nothing_goes_while_no_earlier_one_is_sound(self, tmp_path):
        """What looks damaged may be a disk that can't be read for a moment."""
        damage(path_of(tmp_path, publish(tmp_path, 10)) / "base" / "arrays.bin", b"cut")
        newest = publish(tmp_path, 20)

        assert retire_old(tmp_path) == ()
        assert publish(tmp_path, 30) > newest
        assert len(retire_old(tmp_path)) == 1
