"""Style sheets and scripts, kept in memory under an address that changes with their content.

Pages hold the first part of the style sheet themselves and ask for `later.css`; `site.css` is all of it, for other frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from flask import Response, abort, url_for

from directory.web.styles import LATER_STYLE, WHOLE_STYLE

STATIC: Final = Path(__file__).parents[2] / "static"
YEAR_SECONDS: Final = 31_536_000
MIMETYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: its bytes, their type, and the digest that stands in its address."""

    content: bytes
    mimetype: str
    digest: str


@lru_cache(maxsize=1)
def assets() -> Mapping[str, Asset]:
    """Return every asset by its name, read once for each process."""
    found = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.is_file()}
    found |= {"site.css": WHOLE_STYLE.encode(), "later.css": LATER_STYLE.encode()}
    return {name: _asset(name, content) for name, content in found.items()}


def _asset(name: str, content: bytes) -> Asset:
    return Asset(content, MIMETYPES[Path(name).suffix], blake2b(content, digest_size=6).hexdigest())


@lru_cache(maxsize=32)
def asset_address(name: str) -> str:
    """Return the address of an asset, with its digest; the same for every request, so it is made once."""
    return url_for("site.asset", digest=assets()[name].digest, name=name)


def send_asset(digest: str, name: str) -> Response:
    """Return an asset. It may be kept for a year under its own digest; under another (an old page) only for this time."""
    found = assets().get(name)
    if found is None:
        abort(404)
    response = Response(found.content, content_type=found.mimetype)
    if digest == found.digest:
        response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response
