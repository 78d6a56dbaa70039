"""What staff ask during a call: read, answered from memory that is empty again afterwards, and made ready for the page."""

from __future__ import annotations
