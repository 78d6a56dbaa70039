"""Generations on disk: built beside, verified, then switched to by renaming one small file.

`root/generations/<name>/` holds a `base/` segment, after edits a `delta/`, and a manifest with checksums. `root/CURRENT` names
the generation that answers. A published file is read-only and never written again: an edit makes a new one that shares the
base's files by hard links. A kill at any instant leaves the generation that `CURRENT` names whole.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from index.engine.opening import BASE, DELTA
from index.engine.publishing.compiler import Recipe, build_segment
from index.engine.publishing.delta import build_delta, delta_content
from index.engine.publishing.files import link_tree, protect_tree, sync_directory, sync_tree, write_durably
from index.engine.publishing.manifest import (
    FORMAT,
    MANIFEST_FILE,
    FileSum,
    Manifest,
    check_content,
    check_sizes,
    read_manifest,
    sum_files,
    write_manifest,
)
from index.engine.publishing.soundness import check_segment
from index.engine.schema import Closure
from index.errors import EngineUnavailable, GenerationCorrupt, SearchError
from index.listing import ConceptId, Listing, ListingId

GENERATIONS: Final = "generations"
CURRENT: Final = "CURRENT"
PINNED: Final = "PINNED"
NO_GROUP: Final = "none"  # of concepts that are never a facet
DELTA_LIMIT: Final = 750  # listings; with more, an edit takes over a second of processor time, and over 2 s to appear
_LOCK: Final = "publisher.lock"
_BUILDING: Final = ".building-"
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


class PublisherBusy(SearchError):
    """Another publisher holds the lock; wait for it or stop it."""


class GenerationPinned(SearchError):
    """A rollback pinned the current generation; `unpin` first."""


class DeltaTooLarge(SearchError):
    """So many listings changed since the last full build that only another one is fast enough."""


class PublisherLock:
    """The one right to publish under a root, held while the context lasts and freed by the system if the process dies.

    Entering raises PublisherBusy when another publisher holds it, and clears away what a killed one left half built.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> Self:
        self._root.mkdir(parents=True, exist_ok=True)
        self._file = (self._root / _LOCK).open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise PublisherBusy(f"another publisher is at work in {self._root}") from error
        for left in (self._root / GENERATIONS).glob(f"{_BUILDING}*"):
            shutil.rmtree(left)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()


def build_generation(
    root: Path,
    listings: Iterable[Listing],
    *,
    closed_upward: Closure,
    group_of: Mapping[ConceptId, str],
    salt: str,
    now: datetime,
) -> str:
    """Build a whole new generation and return its name; `switch_to` makes it answer.

    `closed_upward` adds to concepts all their ancestors; concepts whose group is "none" or missing are never counted as
    facets; `now` is aware. Names sort by time. Nothing is left behind when the build fails. The caller holds the
    `PublisherLock`, here and in all functions that write.
    """
    groups = {str(concept): group for concept, group in group_of.items() if group != NO_GROUP}
    with _building(root, now) as (directory, name):
        census = build_segment(directory / BASE, listings, Recipe(closed_upward, groups, salt))
        _seal(directory, Manifest(FORMAT, name, name, _iso(now), salt, groups, census.record(), {}))
    return name


def apply_changes(
    root: Path,
    changed: Iterable[Listing],
    removed: Iterable[ListingId],
    *,
    closed_upward: Closure,
    now: datetime,
) -> str:
    """Build a generation that differs from the current one by these listings, and return its name.

    It shares the base's files and scores with the base's statistics and salt. Removing an unknown id changes nothing.
    Raises DeltaTooLarge when the changes since the last full build pass `DELTA_LIMIT` listings, EngineUnavailable
    when there is no current generation.
    """
    source = _required_current(root)
    old = read_manifest(source)
    content = delta_content(source / BASE, source / DELTA, {one.id: one for one in changed}, frozenset(removed))
    if max(len(content.listings), len(content.gone)) > DELTA_LIMIT:
        raise DeltaTooLarge(f"more than {DELTA_LIMIT} listings changed since the last full build")
    with _building(root, now) as (directory, name):
        link_tree(source / BASE, directory / BASE)
        build_delta(directory / DELTA, directory / BASE, content, Recipe(closed_upward, old.groups, old.salt))
        census = content.recount(old.census)
        known = {file: total for file, total in old.files.items() if file.startswith(f"{BASE}/")}
        _seal(directory, Manifest(FORMAT, name, old.base, _iso(now), old.salt, old.groups, census, {}), known)
    return name


def switch_to(root: Path, name: str) -> None:
    """Make a generation answer, atomically, once every byte that is new proves to be as published.

    Raises GenerationPinned after a rollback, GenerationCorrupt when the generation is damaged; the current one then stays.
    """
    if is_pinned(root):
        raise GenerationPinned("a rollback pinned the current generation; unpin before publishing")
    directory = path_of(root, name)
    manifest = read_manifest(directory)
    check_sizes(directory, manifest)
    check_content(directory, manifest, known=_files_in_use(root, manifest.base))
    _point_at(root, name)


def _files_in_use(root: Path, base: str) -> frozenset[str]:
    """Return the files that the current generation shares with others on the same base: they were checked when it was new."""
    name = current(root)
    if name is None:
        return frozenset()
    try:
        manifest = read_manifest(path_of(root, name))
    except GenerationCorrupt:  # a damaged generation must not keep the next one from answering
        return frozenset()
    return frozenset(file for file in manifest.files if manifest.base == base and file.startswith(f"{BASE}/"))


def current(root: Path) -> str | None:
    """Return the name of the generation that answers, None before the first."""
    try:
        return (root / CURRENT).read_text().strip() or None
    except FileNotFoundError:
        return None


def generations(root: Path) -> tuple[str, ...]:
    """Return the names of all finished generations, oldest first."""
    found = (root / GENERATIONS).glob(f"*/{MANIFEST_FILE}")
    return tuple(sorted(path.parent.name for path in found if not path.parent.name.startswith(".")))


def path_of(root: Path, name: str) -> Path:
    """Return the directory of a generation."""
    return root / GENERATIONS / name


def rollback(root: Path) -> str:
    """Return to the newest generation before the current one, pin it, and return its name.

    Raises EngineUnavailable when there is none, GenerationCorrupt when it is damaged; the current one then stays.
    """
    older = [name for name in generations(root) if name < (current(root) or "")]
    if not older:
        raise EngineUnavailable("there is no earlier generation to return to")
    verify(path_of(root, older[-1]))
    write_durably(root / PINNED, older[-1].encode())
    _point_at(root, older[-1])
    return older[-1]


def is_pinned(root: Path) -> bool:
    """Tell whether a rollback forbids switching."""
    return (root / PINNED).exists()


def unpin(root: Path) -> None:
    """Allow switching again."""
    (root / PINNED).unlink(missing_ok=True)
    sync_directory(root)


def retire_old(root: Path, keep: int = 2) -> tuple[str, ...]:
    """Delete all but the newest `keep` generations, never the current one or the one before it; return what went."""
    names = generations(root)
    answering = current(root)
    protected = {answering, *[name for name in names if name < (answering or "")][-1:], *names[-keep:]}
    gone = tuple(name for name in names if name not in protected)
    for name in gone:
        doomed = path_of(root, name).rename(root / GENERATIONS / f"{_BUILDING}{name}")  # never half a generation
        shutil.rmtree(doomed)
    return gone


def verify(path: Path) -> None:
    """Read every byte of a generation. Raises GenerationCorrupt, saying which file, when anything is not as published."""
    manifest = read_manifest(path)
    check_sizes(path, manifest)
    check_content(path, manifest)
    for segment in (BASE, DELTA):
        if (path / segment).exists():
            check_segment(path / segment)


@contextmanager
def _building(root: Path, now: datetime) -> Iterator[tuple[Path, str]]:
    """Give a directory to build in and the generation's name; afterwards flush, verify and rename it into place."""
    home = root / GENERATIONS
    home.mkdir(parents=True, exist_ok=True)
    name = _next_name(root, now)
    directory = home / f"{_BUILDING}{name}"
    directory.mkdir()
    try:
        yield directory, name
        protect_tree(directory)
        sync_tree(directory)
        directory.rename(home / name)
        sync_directory(home)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise


def _seal(directory: Path, manifest: Manifest, known: dict[str, FileSum] | None = None) -> None:
    """Write the manifest over what was built, and check that the new arrays fit each other."""
    files = sum_files(directory, known)
    write_manifest(directory, msgspec.structs.replace(manifest, files=files))
    check_segment(directory / (DELTA if known else BASE))


def _point_at(root: Path, name: str) -> None:
    write_durably(root / CURRENT, f"{name}\n".encode())


def _required_current(root: Path) -> Path:
    name = current(root)
    if name is None:
        raise EngineUnavailable(f"{root} has no generation yet")
    return path_of(root, name)


def _next_name(root: Path, now: datetime) -> str:
    """Return a name later than every other, even when the clock was set back."""
    stamp = now.astimezone(UTC)
    newest = max(generations(root), default="")
    if newest >= stamp.strftime(_STAMP):
        stamp = datetime.strptime(newest, _STAMP).replace(tzinfo=UTC) + timedelta(microseconds=1)
    return stamp.strftime(_STAMP)


def _iso(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
