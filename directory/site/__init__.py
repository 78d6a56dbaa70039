"""The pages for people: home, results, a listing, about, privacy. Server-rendered, complete without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from directory.site import rendering
from directory.site.views import site

site.record_once(lambda state: rendering.init_app(cast("Flask", state.app)))

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["site"]
