"""A reader's own list on its way out: page, print, PDF, text message, e-mail, calendar, structured data. Nothing is stored."""

from __future__ import annotations

from directory.channels.views import channels

__all__ = ["channels"]
