"""The staff pages under `/admin`: reports, sponsorships, accounts, the audit log. English, for staff only."""

from __future__ import annotations

from directory.admin import accounts, cases, duplicates, listings, numbers, sources, sponsorships
from directory.admin.access import admin

__all__ = ["accounts", "admin", "cases", "duplicates", "listings", "numbers", "sources", "sponsorships"]
