"""Whole numbers that people and forms send: read only where they are digits, and few enough for a database to hold."""

from __future__ import annotations

from typing import Final

MOST_DIGITS: Final = 9


def whole_number(text: str) -> int | None:
    """Return the number that a text writes in at most nine ASCII digits; None for any other text."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else None


def record_number(text: str) -> int:
    """Return the number of a record that a form names; 0, which no record has, for any other text."""
    return whole_number(text) or 0
