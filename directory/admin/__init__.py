"""The staff pages under `/admin`: reports, sponsorships, accounts, the audit log. English, for staff only."""

from __future__ import annotations

from directory.admin import accounts, cases, listings, numbers, sponsorships
from directory.admin.access import admin

__all__ = ["accounts", "admin", "cases", "listings", "numbers", "sponsorships"]
