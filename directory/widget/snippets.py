"""The lines that a host copies into its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast
from urllib.parse import urlencode

from flask import current_app
from markupsafe import Markup

from directory.asking.query import SearchQuery
from directory.settings import NO_SITE
from directory.web import current
from directory.web.current import site_address
from directory.widget.bundle import Bundle
from directory.widget.page_words import PAGE_WORDS

LONGEST_HOST_NAME: Final = 80  # characters
FRAME_WIDTH, FRAME_HEIGHT = 600, 720  # pixels; what an embed asks for when nobody limits it
_NEWEST: Final = Markup('<script type="module" src="{}/widget.js" referrerpolicy="no-referrer"></script>')
_FIXED: Final = Markup(
    '<script type="module" src="{}/widget-{}.js" integrity="{}" crossorigin="anonymous" referrerpolicy="no-referrer"></script>'
)
_ATTRIBUTE: Final = Markup(' {}="{}"')
_ELEMENT: Final = Markup('<treatment-search{}>\n<a href="{}{}">{}</a>\n</treatment-search>')
_FRAME: Final = Markup(
    '<iframe src="{}{}" title="{}" width="{}" height="{}" loading="lazy" referrerpolicy="no-referrer"></iframe>'
)

EXTENSION: Final = "directory.widget"


def bundle() -> Bundle:
    """Return the file of this application."""
    return cast("Bundle", current_app.extensions[EXTENSION])


def may_be_framed() -> bool:
    """Tell whether the operator lets any site show the page for frames."""
    return current.lookup().settings.frame_ancestors != NO_SITE


def newest_script() -> Markup:
    """Return the tag of the newest version."""
    return _NEWEST.format(site_address())


def fixed_script(file: Bundle) -> Markup:
    """Return the tag of one version, which the browser refuses when it is not that file."""
    return _FIXED.format(site_address(), file.version, file.integrity)


def element_tag(attributes: Mapping[str, str], query: SearchQuery) -> Markup:
    """Return the element with a plain link inside, which readers without script follow to the full results."""
    written = Markup("").join(_ATTRIBUTE.format(name, value) for name, value in attributes.items() if value)
    return _ELEMENT.format(written, site_address(), query.url(), PAGE_WORDS[query.lang]["preview_link"])


def frame_tag(query: SearchQuery, width: int | str = "100%", height: int = FRAME_HEIGHT, host: str = "") -> Markup:
    """Return the frame, which names the `host` around it if it is known; its title says to screen readers what it is."""
    named = urlencode([*query.params(), *([("host", host)] if host else [])])
    return _FRAME.format(
        site_address(), f"/embed?{named}" if named else "/embed", PAGE_WORDS[query.lang]["preview_link"], width, height
    )


def policy_lines() -> tuple[str, str]:
    """Return what a host's content security policy must allow: for the element, and for the frame."""
    site = site_address()
    return f"script-src {site}; connect-src {site}", f"frame-src {site}"
