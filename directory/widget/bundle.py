"""The widget as one file: its modules joined, with the words and the style sheet that they are given.

One file means one request and one integrity hash. Joining is all that the build does: imports are dropped, since every name is
unique, and so are comments and indentation; a test keeps the result below ten kilobytes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import blake2b, sha384
from pathlib import Path
from typing import Final

import msgspec

from directory.disclosure import LANGUAGES
from directory.widget.words import words_of

SOURCE: Final = Path(__file__).with_name("source")
MODULES: Final = ("dom", "options", "api", "safety", "card", "form", "results", "element")  # what is used stands before its users
EXPORTED: Final = "export { TreatmentSearch };"

_COMMENT: Final = re.compile(r"^\s*(//.*|/\*\*.*\*/|/\*\*?|\*/?( .*)?)$")
# Spaces around signs go, and line ends where a statement cannot end; strings, templates and regular expressions, which stand
# first, stay as they are.
_SPACED: Final = re.compile(
    r"""("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|/(?![/ *])(?:\\.|\[[^\]\n]*\]|[^/\\\n])+/[a-z]*)"""
    r"""|\s*([{(,;:=>?&|+<!*-])\s*| *([})]) *"""
)
_KEY: Final = re.compile(r'"(\w+)":')  # of JSON; quotes within its strings are escaped
_BARE: Final = r"\1:"
_STYLE_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The file as it is sent. `version` moves with its content; `integrity` is for the attribute of that name."""

    content: bytes
    version: str
    integrity: str


def make_bundle(owner: str) -> Bundle:
    """Return the widget of a copy; `owner` is who runs it, "" where nobody said."""
    parts = [_given(owner), *(_joined((SOURCE / f"{name}.js").read_text(encoding="utf-8")) for name in MODULES), EXPORTED]
    content = "\n".join(parts).encode()
    digest = b64encode(sha384(content).digest()).decode()
    return Bundle(content, blake2b(content, digest_size=6).hexdigest(), f"sha384-{digest}")


def _given(owner: str) -> str:
    """Return what the modules import from `given.js`: words, style sheet and owner."""
    words = {lang: words_of(lang) for lang in LANGUAGES}
    values = {"WORDS": words, "STYLE": _style(), "OWNER": owner}
    said = ((name, msgspec.json.encode(value).decode()) for name, value in values.items())
    return "\n".join(f"const {name}={_KEY.sub(_BARE, value)};" for name, value in said)


def _style() -> str:
    sheet = _STYLE_COMMENT.sub("", (SOURCE / "style.css").read_text(encoding="utf-8"))
    return re.sub(r"\s*([{};,>])\s*|(:)\s+", r"\1\2", re.sub(r"\s+", " ", sheet)).replace(";}", "}").strip()


def _joined(source: str) -> str:
    lines = (line.strip() for line in source.splitlines() if not _COMMENT.match(line))
    kept = "\n".join(line.removeprefix("export ") for line in lines if line and not line.startswith("import "))
    return _SPACED.sub(lambda found: found[1] or found[2] or found[3], kept)
