"""The manifest of a generation: what it is, and the size and checksum of each of its files."""

from __future__ import annotations

from collections.abc import Container, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from index.engine.publishing.compiling.census import CensusRecord
from index.engine.publishing.files import digest, write_durably
from index.errors import GenerationCorrupt

MANIFEST_FILE: Final = "manifest.json"
FORMAT: Final = 2  # of the files; a reader refuses others, and the publisher builds anew


class FileSum(msgspec.Struct, frozen=True):
    """A file's length in bytes and its BLAKE2b checksum."""

    size: int
    checksum: str


class Manifest(msgspec.Struct, frozen=True):
    """What a generation is.

    `base` names the generation in which its base was built; it is its own name after a full build. `groups` is the facet
    group of each concept that has one. `touched` are the listings that changed since the base was built, sorted.
    """

    format: int
    name: str
    base: str
    published_at: str
    salt: str
    groups: dict[str, str]
    census: CensusRecord
    files: dict[str, FileSum]
    touched: tuple[str, ...] = ()


class _Sealed(msgspec.Struct, frozen=True):
    checksum: str
    manifest: msgspec.Raw


def sum_files(directory: Path, known: dict[str, FileSum] | None = None) -> dict[str, FileSum]:
    """Return size and checksum of every file below; `known` are those (hard links) whose sums need no second reading."""
    sums = dict(known or {})
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and name != MANIFEST_FILE and name not in sums:
            sums[name] = FileSum(path.stat().st_size, digest(path))
    return sums


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write the manifest with its own checksum."""
    body = msgspec.json.encode(manifest)
    write_durably(directory / MANIFEST_FILE, msgspec.json.encode(_Sealed(_checksum(body), msgspec.Raw(body))))


def read_manifest(directory: Path) -> Manifest:
    """Return the manifest of a generation. Raises GenerationCorrupt when it is missing, damaged or of another format."""
    try:
        sealed = msgspec.json.decode((directory / MANIFEST_FILE).read_bytes(), type=_Sealed)
        body = bytes(sealed.manifest)
        if _checksum(body) != sealed.checksum:
            raise GenerationCorrupt(f"the manifest of {directory.name} fails its checksum")
        manifest = msgspec.json.decode(body, type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise GenerationCorrupt(f"the manifest of {directory.name} can't be read: {error}") from error
    if manifest.format != FORMAT:
        raise GenerationCorrupt(f"{directory.name} has format {manifest.format}, this program reads {FORMAT}")
    return manifest


def check_sizes(directory: Path, manifest: Manifest) -> None:
    """Raise GenerationCorrupt when a file is missing or has another length; cheap enough for every opening."""
    for name, expected in manifest.files.items():
        try:
            size = (directory / name).stat().st_size
        except OSError as error:
            raise GenerationCorrupt(f"{directory.name} lacks {name}") from error
        if size != expected.size:
            raise GenerationCorrupt(f"{name} of {directory.name} has {size} bytes instead of {expected.size}")


def check_content(directory: Path, files: Mapping[str, FileSum], known: Container[str] = ()) -> None:
    """Raise GenerationCorrupt when a file's content is not what was summed; `known` files were read back before."""
    for name, expected in files.items():
        if name not in known and digest(directory / name) != expected.checksum:
            raise GenerationCorrupt(f"{name} of {directory.name} fails its checksum")


def _checksum(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
