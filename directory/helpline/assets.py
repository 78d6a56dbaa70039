"""The scripts and the style of the desk, under one digest of all of them: modules import each other by their plain names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from flask import Response, abort

from directory.site.parts.assets import MIMETYPES, YEAR_SECONDS

STATIC: Final = Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def _files() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(STATIC.iterdir()) if path.suffix in MIMETYPES}


@lru_cache(maxsize=1)
def _digest() -> str:
    whole = b"\0".join(name.encode() + b"\0" + content for name, content in _files().items())
    return blake2b(whole, digest_size=6).hexdigest()


def desk_address(name: str) -> str:
    """Return the address of a file; it changes when any of them does."""
    return f"/helpline/static/{_digest()}/{name}"


def send_desk_asset(digest: str, name: str) -> Response:
    """Return a file. It may be kept for a year under the digest of now; under another one (an old page) not at all."""
    found = _files().get(name)
    if found is None:
        abort(404)
    response = Response(found, content_type=MIMETYPES[Path(name).suffix])
    if digest == _digest():
        response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response
