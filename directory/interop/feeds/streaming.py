"""Bodies that are written while they are read, gzipped on the way where the client takes it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from flask import Response

from directory.web.http import COMPRESSION_LEVEL, takes_gzip

BYTES_AT_A_TIME: Final = 1 << 16
_GZIP: Final = 31  # zlib's window bits for a gzip wrapper


def streamed(parts: Iterable[bytes], content_type: str, file_name: str = "") -> Response:
    """Return a response whose body is never held as a whole.

    The parts are read after the view has returned, so whatever they need of the request must be in hand already.
    """
    body = in_chunks(parts)
    packed = takes_gzip()
    response = Response(gzipped(body) if packed else body, content_type=content_type)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    if file_name:
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def in_chunks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Join small parts: one network write for each listing would cost more than the listing."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= BYTES_AT_A_TIME:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks as one gzip stream."""
    packer = zlib.compressobj(COMPRESSION_LEVEL, wbits=_GZIP)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


def array_of(items: Iterable[bytes], head: bytes = b"[", tail: bytes = b"]") -> Iterator[bytes]:
    """Yield a JSON array, an item a line."""
    yield head
    for number, item in enumerate(items):
        yield b",\n" if number else b"\n"
        yield item
    yield b"\n" + tail + b"\n"
