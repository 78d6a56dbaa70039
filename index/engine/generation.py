"""Generations on disk: built beside, verified, then switched to by renaming one small file.

`root/generations/<name>/` holds a `base/` segment, after edits a `delta/`, and a manifest with checksums. `root/CURRENT` names
the generation that answers. A published file is read-only and never written again: an edit makes a new one that shares the
base's files by hard links. A kill at any instant leaves the generation that `CURRENT` names whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from index.engine.opening import BASE, DELTA
from index.engine.publishing.compiling.census import CensusRecord
from index.engine.publishing.compiling.compiler import Recipe, build_segment
from index.engine.publishing.delta import build_delta, delta_content, news_to
from index.engine.publishing.files import link_tree, protect_tree, sync_directory, sync_tree, write_durably
from index.engine.publishing.locks import BUILDING, GENERATIONS, PREPARED
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

CURRENT: Final = "CURRENT"
PINNED: Final = "PINNED"
NO_GROUP: Final = "none"  # of concepts that are never a facet
DELTA_LIMIT: Final = 750  # listings; with more, an edit takes over a second of processor time, and over 2 s to appear
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


class GenerationPinned(SearchError):
    """A rollback pinned the current generation; `unpin` first."""


class DeltaTooLarge(SearchError):
    """So many listings changed since the last full build that only another one is fast enough."""


class BaseOutdated(SearchError):
    """What changed while a base was prepared can't be told any more; prepare another."""


@dataclass(frozen=True)
class PreparedBase:
    """A whole base that no generation has yet, flushed to the disk and read back.

    `beside` is the generation that answered when its listings began to be read, and `base` the one in which that one's base was
    built; None where there was none that could be read.
    """

    directory: Path
    recipe: Recipe
    census: CensusRecord
    files: dict[str, FileSum]
    beside: str | None
    base: str | None


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
    recipe = Recipe(closed_upward, _facet_groups(group_of), salt)
    return adopt(root, _base(root, BUILDING, listings, recipe, now), (), (), now=now)


def prepare_base(
    root: Path,
    listings: Iterable[Listing],
    *,
    closed_upward: Closure,
    group_of: Mapping[ConceptId, str],
    salt: str,
    now: datetime,
) -> PreparedBase:
    """Build the base of a whole generation while edits go on being published; `adopt` makes the generation.

    The caller holds the `BuildLock`. Raises BaseOutdated when a rollback throws it away meanwhile.
    """
    return _base(root, PREPARED, listings, Recipe(closed_upward, _facet_groups(group_of), salt), now)


def touched_since(root: Path, prepared: PreparedBase) -> tuple[ListingId, ...]:
    """Return the listings that may have changed since those of a prepared base were read: all that the current delta is about.

    Raises BaseOutdated when they can't be told: after a rollback, or when the current generation has another base.
    """
    name = current(root)
    if not prepared.directory.exists():
        raise BaseOutdated("a rollback threw away what was prepared")
    if name is None or name == prepared.beside:
        return ()
    manifest = read_manifest(path_of(root, name))
    if manifest.base != prepared.base:
        raise BaseOutdated("another base was published meanwhile")
    return tuple(map(ListingId, manifest.touched))


def adopt(root: Path, prepared: PreparedBase, changed: Iterable[Listing], removed: Iterable[ListingId], *, now: datetime) -> str:
    """Make a generation of a prepared base and of what changed since its listings were read; return its name.

    What the base holds already is no change. Nothing is left of it all when that fails.
    """
    directory, recipe = prepared.directory, prepared.recipe
    with _removed_on_failure(directory):
        name = _next_name(root, now)
        manifest = Manifest(FORMAT, name, name, _iso(now), recipe.salt, dict(recipe.groups), prepared.census, {})
        news, gone = news_to(directory / BASE, changed, removed)
        if news or gone:
            content = delta_content(directory / BASE, directory / DELTA, news, gone)
            manifest = msgspec.structs.replace(manifest, census=content.recount(prepared.census), touched=_ids(news, gone))
            build_delta(directory / DELTA, directory / BASE, content, recipe)
        _finish(root, directory, msgspec.structs.replace(manifest, files=prepared.files))
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
    new, gone = {one.id: one for one in changed}, frozenset(removed)
    content = delta_content(source / BASE, source / DELTA, new, gone)
    touched = _ids(old.touched, new, gone)
    if max(len(content.listings), len(content.gone), len(touched)) > DELTA_LIMIT:
        raise DeltaTooLarge(f"more than {DELTA_LIMIT} listings changed since the last full build")
    directory = _new_directory(root, BUILDING, now)
    with _removed_on_failure(directory):
        name = _next_name(root, now)
        link_tree(source / BASE, directory / BASE)
        build_delta(directory / DELTA, directory / BASE, content, Recipe(closed_upward, old.groups, old.salt))
        files = {file: total for file, total in old.files.items() if file.startswith(f"{BASE}/")}
        census = content.recount(old.census)
        _finish(root, directory, Manifest(FORMAT, name, old.base, _iso(now), old.salt, old.groups, census, files, touched))
    return name


def switch_to(root: Path, name: str, known: Container[str] = ()) -> None:
    """Make a generation answer, atomically, once every byte that is new proves to be as published.

    `known` files were read back before. Raises GenerationPinned after a rollback, GenerationCorrupt when the generation is
    damaged; the current one then stays.
    """
    if is_pinned(root):
        raise GenerationPinned("a rollback pinned the current generation; unpin before publishing")
    read_back(root, name, known)
    point_at(root, name)


def point_at(root: Path, name: str) -> None:
    """Make a generation answer, whatever it is and whoever forbade it; `switch_to` is for everybody else than a rollback."""
    write_durably(root / CURRENT, f"{name}\n".encode())


def read_back(root: Path, name: str, known: Container[str] = ()) -> None:
    """Read every file of a generation that is not known to be sound: without `known`, all it does not share with the current one.

    Raises GenerationCorrupt.
    """
    directory = path_of(root, name)
    manifest = read_manifest(directory)
    check_sizes(directory, manifest)
    check_content(directory, manifest.files, known=known or _files_in_use(root, manifest.base))


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


def is_pinned(root: Path) -> bool:
    """Tell whether a rollback forbids switching."""
    return (root / PINNED).exists()


def unpin(root: Path) -> None:
    """Allow switching again."""
    (root / PINNED).unlink(missing_ok=True)
    sync_directory(root)


def remove(root: Path, directory: Path) -> None:
    """Delete a directory; whoever reads its name sees it whole or not at all."""
    shutil.rmtree(directory.rename(root / GENERATIONS / f"{BUILDING}{directory.name}"), ignore_errors=True)


def verify(path: Path) -> None:
    """Read every byte of a generation. Raises GenerationCorrupt, saying which file, when anything is not as published."""
    manifest = read_manifest(path)
    check_sizes(path, manifest)
    check_content(path, manifest.files)
    for segment in (BASE, DELTA):
        if (path / segment).exists():
            check_segment(path / segment)


def _base(root: Path, prefix: str, listings: Iterable[Listing], recipe: Recipe, now: datetime) -> PreparedBase:
    """Build a base in a directory whose name begins so, flush it and read it back."""
    beside = current(root)
    base = _base_of(root, beside)
    directory = _new_directory(root, prefix, now)
    with _removed_on_failure(directory):
        census = build_segment(directory / BASE, listings, recipe)
        check_segment(directory / BASE)
        files = sum_files(directory)
        protect_tree(directory)
        sync_tree(directory)
        check_content(directory, files)
    return PreparedBase(directory, recipe, census.record(), files, beside, base)


def _base_of(root: Path, name: str | None) -> str | None:
    try:
        return None if name is None else read_manifest(path_of(root, name)).base
    except GenerationCorrupt:
        return None


def _new_directory(root: Path, prefix: str, now: datetime) -> Path:
    directory = root / GENERATIONS / f"{prefix}{now.astimezone(UTC):{_STAMP}}"
    directory.mkdir(parents=True)
    return directory


@contextmanager
def _removed_on_failure(directory: Path) -> Iterator[None]:
    """Leave nothing behind when what is built in a directory fails; say so when somebody else took it away."""
    held = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield
    except BaseException as error:
        taken = not os.fstat(held).st_nlink  # whatever stands at its path now was made by what went on writing
        shutil.rmtree(directory, ignore_errors=True)
        if taken and isinstance(error, OSError):
            raise BaseOutdated("a rollback threw away what was prepared") from error
        raise
    finally:
        os.close(held)


def _finish(root: Path, directory: Path, manifest: Manifest) -> None:
    """Write the manifest over what was built, check that a new delta's arrays fit each other, flush, and rename into place.

    The manifest's files are those summed before.
    """
    files = sum_files(directory, manifest.files)
    if (directory / DELTA).exists():
        check_segment(directory / DELTA)
    write_manifest(directory, msgspec.structs.replace(manifest, files=files))
    protect_tree(directory)
    sync_tree(directory)
    directory.rename(path_of(root, manifest.name))
    sync_directory(root / GENERATIONS)


def _facet_groups(group_of: Mapping[ConceptId, str]) -> dict[str, str]:
    return {str(concept): group for concept, group in group_of.items() if group != NO_GROUP}


def _ids(*some: Iterable[str]) -> tuple[str, ...]:
    """Return all ids, sorted."""
    return tuple(sorted({one for ids in some for one in ids}))


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
