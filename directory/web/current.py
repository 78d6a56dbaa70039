"""What a view may ask of the running application: the lookup, the time, and the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from flask import current_app, request

from directory.disclosure import LANGUAGES, Language
from directory.web import i18n

if TYPE_CHECKING:
    from directory.lookup import Lookup

EXTENSION: Final = "directory"
API_PREFIX: Final = "/api/"
CLOCK: Final = "DIRECTORY_CLOCK"  # a callable that returns an aware datetime; tests replace it


def lookup() -> Lookup:
    """Return the lookup that answers for this application."""
    return cast("Lookup", current_app.extensions[EXTENSION])


def site_address() -> str:
    """Return scheme and host of this site, as others reach it: the operator's word, else that of this request.

    Not for answers that are kept in memory: the host of one request must not reach the reader of another.
    """
    return lookup().settings.public_url or request.host_url.rstrip("/")


def now() -> datetime:
    """Return the moment of this request in the operator's zone, where a sponsorship's whole days begin and end."""
    moment: datetime = current_app.config[CLOCK]()
    return moment


def system_clock() -> datetime:
    """Return the present in the zone of the machine (`TZ`)."""
    return datetime.now().astimezone()


def is_api() -> bool:
    """Tell whether the request is for the API, which answers in the language of its address alone."""
    return request.path.startswith(API_PREFIX)


def language() -> Language:
    """Return the language of this answer: the one that the address names, else on pages the one that the browser prefers."""
    if not is_api():
        return i18n.current_language()
    asked = request.args.get("lang")
    return next((known for known in LANGUAGES if known == asked), "en")
