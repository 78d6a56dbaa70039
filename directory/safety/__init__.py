"""Safety notices: which readings fire which notice. Deterministic, before the results, in every channel."""

from directory.safety.notices import (
    CRISIS_STRIP,
    CRISIS_STRIP_SHORT,
    MOST_NOTICES,
    CallLine,
    Notice,
    ads_allowed,
    crisis_lines,
    lines_for,
    notices_for,
)

__all__ = [
    "CRISIS_STRIP",
    "CRISIS_STRIP_SHORT",
    "MOST_NOTICES",
    "CallLine",
    "Notice",
    "ads_allowed",
    "crisis_lines",
    "lines_for",
    "notices_for",
]
