"""Two ways to a search for who does not want to begin with words: for someone else, and not sure what is needed."""

from __future__ import annotations

from directory.paths.views import paths

__all__ = ["paths"]
