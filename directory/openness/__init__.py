"""Pages that say how this site works: the order, the calls, who pays, health data, and each state's own list."""

from __future__ import annotations

from directory.openness.views import openness

__all__ = ["openness"]
