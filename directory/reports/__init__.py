"""Reporting a problem with a listing, and what a place can do about its own listing. No account, no payment."""

from __future__ import annotations

from directory.reports.views import reports

__all__ = ["reports"]
