"""The style sheet in two parts: what the first screenful needs stands in the page, so that the lines to call are painted at once.

The parts are the files of `static/css` in the order of their names. The page's own part is allowed by its hash in the content
security policy (CSP 3, 6.7.3), never by `unsafe-inline`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "static" / "css"
FIRST_NAMES: Final = "123"  # tokens, elements, and the frame of every page: crisis strip, header, columns
_NOTHING_SAID: Final = re.compile(r"/\*.*?\*/|^\s+|\n", re.DOTALL | re.MULTILINE)


def _sheet(*, first: bool) -> str:
    files = (path for path in sorted(FOLDER.glob("*.css")) if (path.name[0] in FIRST_NAMES) is first)
    return "".join(path.read_text(encoding="utf-8") for path in files)


FIRST_STYLE: Final = _NOTHING_SAID.sub("", _sheet(first=True))
LATER_STYLE: Final = _sheet(first=False)
WHOLE_STYLE: Final = _sheet(first=True) + LATER_STYLE
FIRST_STYLE_SOURCE: Final = f"'sha256-{b64encode(sha256(FIRST_STYLE.encode()).digest()).decode()}'"
