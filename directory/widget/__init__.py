"""The search box that other sites put on their pages: an element, a frame, a link, and the page that writes the snippet."""

from __future__ import annotations

from directory.widget.views import widget

__all__ = ["widget"]
