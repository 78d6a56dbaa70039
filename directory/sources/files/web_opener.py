"""What opens web addresses for imports, and how a body that was cut off is told from a whole one."""

from __future__ import annotations

from http.client import HTTPException
from typing import IO
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
)


class CutOff(HTTPException):
    """The connection ended before the body did."""


def web_opener() -> OpenerDirector:
    """Return what opens web addresses and nothing else: a redirect to a file or an FTP server is an error."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPRedirectHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def refuse_cut_off(answer: IO[bytes]) -> None:
    """Raise CutOff when a body that was read to its end is shorter than its server announced.

    Reading in parts ends silently there, and a list that lost its tail would look as if those rows had been withdrawn.
    """
    missing = getattr(answer, "length", None)
    if missing:
        raise CutOff(f"the connection ended {missing:,} bytes early")
