"""A place's own private page: how many places are free, and its answer to what we say of our calls."""

from __future__ import annotations

from directory.openings.views import openings

__all__ = ["openings"]
