"""What every module of words needs: the languages of the house, dates in words, names in a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, Literal

from babel.dates import format_date

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")
Words = Mapping[Language, str]


def plain_date(day: date, lang: Language) -> str:
    """Return a day in words, such as "November 21, 2026"."""
    return format_date(day, "long", locale="es_US" if lang == "es" else "en_US")


def joined(names: Collection[str], lang: Language) -> str:
    """Return the names as a sentence lists them: "A, B and C"; `names` has at least one."""
    *most, last = names
    return f"{', '.join(most)} {'y' if lang == 'es' else 'and'} {last}" if most else last
