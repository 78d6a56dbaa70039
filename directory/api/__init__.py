"""The JSON API, version 1: the same lookup as the pages, described by `/api/v1/openapi.json`."""

from __future__ import annotations

from directory.api import guides, listing, reference, search
from directory.api.blueprint import api

__all__ = ["api", "guides", "listing", "reference", "search"]
