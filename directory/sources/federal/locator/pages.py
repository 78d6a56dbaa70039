"""Fetching the federal locator page by page, slowly, and going on where an earlier run stopped.

SAMHSA asks users of the locator's interface to register and to be gentle. Pages are saved one a line beside the file that is
wanted; only when the last page is in does that file appear, so an interrupted run never looks complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep, time
from typing import Final
from urllib.error import URLError
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from urllib.request import Request

import msgspec

from directory.errors import ImportRefused
from directory.sources.files.web_opener import refuse_cut_off, web_opener

LOCATOR_PATH: Final = "/locator/"
PAGE_SIZE: Final = 2_000  # the most that the locator hands out at once
SECONDS_BETWEEN_PAGES: Final = 2.0
TIMEOUT_SECONDS: Final = 60.0
MOST_PAGES: Final = 2_000
LARGEST_PAGE_BYTES: Final = 50_000_000
TRIES: Final = 3
STALE_SECONDS: Final = 86_400.0  # pages of an older run are not joined with new ones: rows move between pages every week

Fetch = Callable[[str], bytes]
Sleep = Callable[[float], None]


class _Page(msgspec.Struct, frozen=True):
    page: int
    total_pages: int = msgspec.field(name="totalPages")


def is_locator_address(address: str) -> bool:
    """Tell whether an address is a locator's endpoint, which answers in pages."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and LOCATOR_PATH in parts.path


def page_address(address: str, page: int) -> str:
    """Return the address of one page; what the caller wrote in the query stays, its page number does not."""
    parts = urlsplit(address)
    query = {"pageSize": str(PAGE_SIZE)} | dict(parse_qsl(parts.query, keep_blank_values=True)) | {"page": str(page)}
    return urlunsplit(parts._replace(query=urlencode(query, safe=","), fragment=""))


def fetch(address: str) -> bytes:
    """Return what stands at an address. Raises OSError when it cannot be had."""
    request = Request(address, headers={"User-Agent": "treatment-directory"})  # noqa: S310 - callers check the scheme
    try:
        with web_opener().open(request, timeout=TIMEOUT_SECONDS) as answer:
            content: bytes = answer.read(LARGEST_PAGE_BYTES + 1)
            if len(content) > LARGEST_PAGE_BYTES:
                raise URLError(f"more than {LARGEST_PAGE_BYTES:,} bytes")
            refuse_cut_off(answer)
    except HTTPException as error:
        raise URLError(str(error) or type(error).__name__) from error
    return content


def save_pages(address: str, target: Path, *, sleep: Sleep, fetch: Fetch = fetch) -> int:
    """Save every page of an address to `target`, one a line, and return how many there are.

    A run that was cut short left `target` with `.partial` behind; its whole pages are not fetched again. Raises ImportRefused
    when the answer is no page of a locator, or a page cannot be had after three tries.
    """
    if not is_locator_address(address):
        raise ImportRefused(f"{address} is no address of a locator")
    partial = target.with_name(f"{target.name}.partial")
    page, last = _where_it_stopped(partial)
    with partial.open("ab") as file:
        while page < last:
            if page:
                sleep(SECONDS_BETWEEN_PAGES)
            content, total = _one_page(page_address(address, page + 1), page + 1, sleep, fetch)
            page, last = page + 1, min(total, MOST_PAGES)
            file.write(content + b"\n")
            file.flush()
    partial.replace(target)
    return page


@contextmanager
def pages_of(address: str, folder: Path | None, *, sleep: Sleep = sleep, fetch: Fetch = fetch) -> Iterator[Path]:
    """Fetch every page of an address and yield the file that holds them; it is gone afterwards.

    In a lasting `folder` an interrupted run goes on where it stopped; without one it starts anew. Raises ImportRefused.
    """
    with TemporaryDirectory() as temporary:
        name = f"locator-{blake2b(address.encode(), digest_size=8).hexdigest()}.json"
        target = (folder or Path(temporary)) / name
        save_pages(address, target, sleep=sleep, fetch=fetch)
        try:
            yield target
        finally:
            target.unlink(missing_ok=True)


def _where_it_stopped(partial: Path) -> tuple[int, int]:
    """Return the last whole page that is saved and how many there are; what is half-written, unreadable or stale is cut off."""
    if not partial.exists():
        return 0, 1
    if time() - partial.stat().st_mtime > STALE_SECONDS:
        partial.unlink()
        return 0, 1
    whole: list[bytes] = []
    last = 1
    for line in partial.read_bytes().splitlines(keepends=True):
        try:
            page = msgspec.json.decode(line, type=_Page)
        except msgspec.DecodeError:
            break
        if page.page != len(whole) + 1 or not line.endswith(b"\n"):
            break
        whole.append(line)
        last = min(page.total_pages, MOST_PAGES)
    partial.write_bytes(b"".join(whole))
    return len(whole), last


def _one_page(address: str, number: int, sleep: Sleep, fetch: Fetch) -> tuple[bytes, int]:
    for tried in range(1, TRIES + 1):
        try:
            content = fetch(address)
            break
        except OSError as error:
            if tried == TRIES:
                raise ImportRefused(f"page {number} cannot be fetched: {getattr(error, 'reason', error)}") from error
            sleep(SECONDS_BETWEEN_PAGES * 2**tried)
    try:
        page = msgspec.json.decode(content, type=_Page)
        one_line = msgspec.json.encode(msgspec.json.decode(content))
    except msgspec.DecodeError as error:
        raise ImportRefused(f"page {number} is no page of a locator: {error}") from error
    if page.page != number:
        raise ImportRefused(f"page {number} was asked for, and page {page.page} came: this address cannot be paged")
    return one_line, page.total_pages
