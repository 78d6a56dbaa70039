"""Phone numbers as sources print them, turned to E.164 without changing a digit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from index.listing import Phone

_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_EXTENSION: Final = re.compile(r"^(?P<number>.*?)[\s,;]*(?:x|ext\.?|extension|#)\s*(?P<extension>\d+)$", re.IGNORECASE)
_PUNCTUATION: Final = re.compile(r"[\s().\-–/]+")
_TEN_DIGITS: Final = re.compile(r"[2-9]\d{9}")
_SHORT_CODE: Final = re.compile(r"[2-9]\d{2}|[2-9]\d{4,5}")  # 988; 741741
_VANITY: Final = re.compile(r"1?\d{3}[0-9A-Z]{7}")
_INTERNATIONAL: Final = re.compile(r"\+[1-9]\d{6,14}")


class UnreadablePhone(ValueError):
    """A text that is no phone number in use in the United States; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class ReadPhone:
    """A number in E.164 or a short code, its extension, and whether letters stood for some of its digits."""

    number: str
    extension: str
    spelt_with_letters: bool

    def as_phone(self, label: str) -> Phone:
        """Return the value that a listing holds."""
        return Phone(number=self.number, extension=self.extension, label=label)


def read_phone(text: str) -> ReadPhone:
    """Return the number that a source prints, digit for digit; letters become the digits of their keys.

    Raises UnreadablePhone for anything but ten digits, eleven that start with 1, a short code, or `+` and a country's number.

    >>> read_phone("303-555-0123 x45")
    ReadPhone(number='+13035550123', extension='45', spelt_with_letters=False)
    >>> read_phone("303-555HELP").number
    '+13035554357'
    """
    found = _EXTENSION.match(text.strip())
    body, extension = (found["number"], found["extension"]) if found else (text.strip(), "")
    if _SHORT_CODE.fullmatch(body) and body.isascii():
        return ReadPhone(body, extension, spelt_with_letters=False)
    dialled = _PUNCTUATION.sub("", body).upper()
    has_letters = any(letter.isalpha() for letter in dialled)
    if has_letters and _VANITY.fullmatch(dialled):
        dialled = dialled.translate(_KEYPAD)
    return ReadPhone(_international(dialled, text), extension, has_letters)


def _international(dialled: str, text: str) -> str:
    national = dialled[1:] if len(dialled) == 11 and dialled.startswith("1") else dialled
    if dialled.isascii() and _INTERNATIONAL.fullmatch(dialled):
        return dialled
    if dialled.isascii() and _TEN_DIGITS.fullmatch(national):
        return f"+1{national}"
    raise UnreadablePhone(f"expected ten digits such as 303-555-0123 x45, got {text!r}")
