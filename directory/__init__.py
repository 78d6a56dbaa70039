"""The Treatment Directory service: store, sources, disclosure, pages, API and command line around the search core."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from directory.lookup import Lookup
    from directory.settings import Settings

__all__ = ["create_app"]


def create_app(settings: Settings | None = None, *, lookup: Lookup | None = None) -> Flask:
    """Return the web application over a lookup; settings come from the environment and the lookup from them unless given.

    Raises SettingsError when a setting cannot be used.
    """
    from directory.application import build  # here, so that importers and the publisher need not load a web framework

    return build(settings, lookup)
