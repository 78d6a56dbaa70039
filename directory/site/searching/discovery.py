"""What a page tells programs about itself: where its search can be embedded from."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

from directory.page import ResultPage
from directory.settings import NO_SITE
from directory.web import current


def oembed_address(page: ResultPage) -> str:
    """Return the address of the oEmbed answer for a search, "" where its words stand in the address or nothing is shared.

    It needs the operator's word for the address of this site: a kept page must not name the host of one reader to another.
    """
    settings = current.lookup().settings
    shared = request.method != "POST" and "q" not in request.args and not (page.parts.text or page.parts.is_empty)
    if not shared or not settings.public_url or settings.frame_ancestors == NO_SITE:
        return ""
    return f"{settings.public_url}/oembed?{urlencode({'url': settings.public_url + page.url})}"
