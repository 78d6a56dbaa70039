"""Guides: plain text with sources, in both languages, read from `data/guides`."""

from __future__ import annotations

from directory.guides.views import guides

__all__ = ["guides"]
