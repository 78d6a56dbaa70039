"""Fetching one address: only if it changed, within limits of time and size, and again when a server stumbles."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request

from directory.errors import DirectoryError, ImportRefused
from directory.sources.files.web_opener import refuse_cut_off, web_opener

FETCH_TIMEOUT_SECONDS: Final = 60.0  # of silence
LONGEST_FETCH_SECONDS: Final = 900.0  # of a body that trickles
LARGEST_FETCH_BYTES: Final = 200_000_000
TRIES: Final = 3
FIRST_REST_SECONDS: Final = 2.0  # doubled before each further try
LONGEST_REST_SECONDS: Final = 60.0  # whatever a server asks for: it is tried again an hour later anyway
_NOT_MODIFIED: Final = 304
_TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK: Final = 1 << 16

Sleep = Callable[[float], None]


class FeedUnchanged(DirectoryError):
    """The server still has the copy that was imported last."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched body on disk, and what its server calls this copy."""

    body: IO[bytes]
    etag: str
    last_modified: str


def fetch(address: str, conditions: Mapping[str, str], sleep: Sleep = time.sleep) -> Fetched:
    """Return what stands at an address, after at most three tries.

    Raises FeedUnchanged when a condition holds, ImportRefused when it cannot be had.
    """
    for tried in range(1, TRIES + 1):
        try:
            return _once(address, conditions)
        except HTTPError as error:
            if error.code == _NOT_MODIFIED and conditions:
                raise FeedUnchanged(f"{address} is unchanged") from error
            problem: Exception = error
            again = error.code in _TRY_AGAIN
            rest = _asked_rest(error)
        except (URLError, TimeoutError, OSError, HTTPException) as error:
            problem, again, rest = error, True, 0.0
        if tried == TRIES or not again:
            raise ImportRefused(f"{address} cannot be fetched: {_said(problem)}") from problem
        sleep(min(max(rest, FIRST_REST_SECONDS * 2 ** (tried - 1)), LONGEST_REST_SECONDS))
    raise AssertionError("the last try returns or raises")


def _said(problem: Exception) -> str:
    """Return a problem without what only a programmer reads."""
    reason = problem.reason if isinstance(problem, URLError) and not isinstance(problem, HTTPError) else problem
    return getattr(reason, "strerror", None) or str(reason)


def _asked_rest(error: HTTPError) -> float:
    stated = (error.headers.get("Retry-After") or "").strip()
    return float(stated) if stated.isascii() and stated.isdigit() else 0.0


def _once(address: str, conditions: Mapping[str, str]) -> Fetched:
    request = Request(address, headers={"User-Agent": "treatment-directory", **conditions})  # noqa: S310 - callers check the scheme
    with web_opener().open(request, timeout=FETCH_TIMEOUT_SECONDS) as answer:
        body = _saved(answer, address)
        return Fetched(body, answer.headers.get("ETag") or "", answer.headers.get("Last-Modified") or "")


def _saved(answer: IO[bytes], address: str) -> IO[bytes]:
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    ends = time.monotonic() + LONGEST_FETCH_SECONDS
    try:
        while chunk := answer.read(_CHUNK):
            if kept.write(chunk) and kept.tell() > LARGEST_FETCH_BYTES:
                raise ImportRefused(f"{address} is larger than {LARGEST_FETCH_BYTES:,} bytes")
            if time.monotonic() > ends:
                raise ImportRefused(f"{address} takes longer than {LONGEST_FETCH_SECONDS:,.0f} seconds")
        refuse_cut_off(answer)
    except BaseException:
        kept.close()
        raise
    return kept
