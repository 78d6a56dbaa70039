"""Files that survive a kill or a power cut: written beside, flushed to the disk, then renamed into place."""

from __future__ import annotations

import os
import shutil
from hashlib import blake2b
from pathlib import Path
from typing import Final

_READ_ONLY: Final = 0o444
_BLOCK: Final = 1 << 20


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file atomically: a reader sees the old content or the new, also after a power cut."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_directory(path.parent)


def protect_tree(directory: Path) -> None:
    """Take the right to write from every file below; directories keep theirs, so that old generations can be removed."""
    for path in directory.rglob("*"):
        if path.is_file():
            path.chmod(_READ_ONLY)


def sync_tree(directory: Path) -> None:
    """Flush every file and directory below, and the directory itself, to the disk."""
    for path in directory.rglob("*"):
        if path.is_dir():
            sync_directory(path)
        else:
            _sync(path, os.O_RDONLY)
    sync_directory(directory)


def sync_directory(directory: Path) -> None:
    """Flush a directory's entries to the disk."""
    _sync(directory, os.O_RDONLY | os.O_DIRECTORY)


def digest(path: Path) -> str:
    """Return the BLAKE2b checksum of a file's content."""
    checksum = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum.update(block)
    return checksum.hexdigest()


def link_tree(source: Path, target: Path) -> None:
    """Make `target` hold the same files as `source`, by hard links where the file system has them."""
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(path, place)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
