"""Opening what an import reads: a file or an address, gzipped or not, within limits."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from directory.errors import ImportRefused

FETCH_TIMEOUT_SECONDS: Final = 60.0
LARGEST_FETCH_BYTES: Final = 200_000_000
LARGEST_CONTENT_BYTES: Final = 2_000_000_000  # after unpacking; a gzip file can be a thousand times smaller than this
_GZIP_MAGIC: Final = b"\x1f\x8b"
_CHUNK: Final = 1 << 16
_SUFFIXES: Final = (".gz", ".csv", ".json", ".geojson", ".zip")


@dataclass(frozen=True, slots=True)
class ImportFile:
    """An opened file: its name without path, the day it was fetched (None for a local file), its size in bytes."""

    name: str
    retrieved_on: date | None
    size: int
    _raw: IO[bytes]
    _content: IO[bytes]

    def lines(self) -> Iterator[bytes]:
        """Yield the unpacked lines. Raises ImportRefused when the file is cut short, damaged or larger than allowed."""
        total = 0
        try:
            for line in self._content:
                total += len(line)
                if total > LARGEST_CONTENT_BYTES:
                    raise ImportRefused(f"{self.name} unpacks to more than {LARGEST_CONTENT_BYTES:,} bytes")
                yield line
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ImportRefused(f"{self.name} is damaged: {error}") from error

    def read(self) -> bytes:
        """Return the whole unpacked content. Raises ImportRefused like `lines`."""
        return b"".join(self.lines())

    def bytes_read(self) -> int:
        """Return how many of the file's `size` bytes, still packed, have been read."""
        return self._raw.tell()


def feed_name(location: str) -> str:
    """Return the default name of a feed: the address itself, or the file's name without its endings."""
    if is_address(location):
        return location
    name = PurePosixPath(location).name
    while name.endswith(_SUFFIXES):
        name = name[: name.rindex(".")]
    return name


def is_address(location: str) -> bool:
    """Tell whether a location is to be fetched."""
    return urlsplit(location).scheme in ("http", "https")


@contextmanager
def opened(location: str, today: date) -> Iterator[ImportFile]:
    """Open a file or fetch an address; gzip is recognised by its first bytes.

    Raises ImportRefused when it cannot be opened or fetched.
    """
    raw = _fetched(location) if is_address(location) else _opened_file(location)
    with raw:
        size = raw.seek(0, 2)
        raw.seek(0)
        packed = raw.read(2) == _GZIP_MAGIC
        raw.seek(0)
        content = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if packed else raw
        name = PurePosixPath(urlsplit(location).path if is_address(location) else location).name
        yield ImportFile(name, today if is_address(location) else None, size, raw, content)


def _opened_file(location: str) -> IO[bytes]:
    try:
        return Path(location).open("rb")
    except OSError as error:
        raise ImportRefused(f"{location} cannot be opened: {error.strerror}") from error


def _fetched(address: str) -> IO[bytes]:
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    request = Request(address, headers={"User-Agent": "treatment-directory"})  # noqa: S310 - opened checks the scheme
    try:
        with urlopen(request, timeout=FETCH_TIMEOUT_SECONDS) as answer:  # noqa: S310
            while chunk := answer.read(_CHUNK):
                if kept.write(chunk) and kept.tell() > LARGEST_FETCH_BYTES:
                    raise ImportRefused(f"{address} is larger than {LARGEST_FETCH_BYTES:,} bytes")
    except (URLError, TimeoutError, OSError) as error:
        kept.close()
        raise ImportRefused(f"{address} cannot be fetched: {error}") from error
    return kept
