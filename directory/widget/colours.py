"""Colours of the host's choice that can still be read (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from typing import Final

DARK, LIGHT = "#06201e", "#ffffff"
BACKGROUNDS: Final = {"light": "#fbf8f2", "dark": "#171511"}  # of the widget; see source/style.css
LEAST_CONTRAST: Final = 4.5
_HEX: Final = re.compile(r"#[0-9a-f]{6}")


def colour_of(text: str) -> str | None:
    """Return a colour as # and six lower-case hex digits, None for anything else."""
    written = text.strip().lower()
    return written if _HEX.fullmatch(written) else None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return the text colour that is read better on a colour."""
    return max((LIGHT, DARK), key=lambda text: contrast(text, colour))


def is_readable(colour: str, theme: str) -> bool:
    """Tell whether links of a colour can be read on the widget's background; "auto" has both backgrounds."""
    grounds = BACKGROUNDS.values() if theme == "auto" else (BACKGROUNDS[theme],)
    return all(contrast(colour, ground) >= LEAST_CONTRAST for ground in grounds)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
