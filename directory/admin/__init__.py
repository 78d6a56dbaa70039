"""The staff pages under `/admin`: reports, sponsorships, accounts, the audit log. English, for staff only."""

from __future__ import annotations

from directory.admin import accounts, calls, cases, duplicates, listings, numbers, openings, sign_on, sources, sponsorships
from directory.admin.access import admin

__all__ = [
    "accounts",
    "admin",
    "calls",
    "cases",
    "duplicates",
    "listings",
    "numbers",
    "openings",
    "sign_on",
    "sources",
    "sponsorships",
]
