"""Pages that can be found: places by state, by town and by kind of care with their counts, what is covered, and the sitemap."""

from __future__ import annotations

from directory.landing.views import landing

__all__ = ["landing"]
