"""The rows of a JSON feed, whatever is wrapped around them."""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from directory.errors import ImportRefused

Row = dict[str, Any]  # Any: JSON as a stranger wrote it; the reader that takes a row gives it types
_LISTS: Final = ("meetings", "rows", "data", "contents", "results", "services", "organizations")
_SHEET: Final = "values"
_MOST_WRAPPERS: Final = 3
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TAG: Final = re.compile(r"</?(?:a|b|br|div|em|font|h[1-6]|i|li|ol|p|small|span|strong|u|ul)\b[^<>]*>", re.IGNORECASE)
_CALLBACK: Final = re.compile(rb"\s*[\w.$]+\s*\((.*)\)\s*;?\s*", re.DOTALL)

_Top = list[msgspec.Raw] | dict[str, msgspec.Raw]


class JsonRows:
    """A feed decoded row by row, so that one bad row is one reject; `head` holds the feed's own facts beside its rows.

    Takes a list of objects, an object with such a list (or an object of objects) under a usual name, also one inside the other,
    a sheet (`values`: a header row, then rows of cells), and an object a line. Byte order marks, UTF-16, Windows-1252, a callback
    around it all and NaN are put up with. Raises ImportRefused when there is no list of rows.
    """

    def __init__(self, content: bytes) -> None:
        top = outermost(content)
        self.head: Row = {}
        self._header: list[str] = []
        self._raw = top if isinstance(top, list) else self._unwrapped(top)

    def _unwrapped(self, top: Mapping[str, msgspec.Raw]) -> list[msgspec.Raw]:
        if _SHEET in top:
            rows = _as_list(top[_SHEET])
            self._header = [_column(cell) for cell in msgspec.json.decode(rows[0])] if rows else []
            return rows[1:]
        for _ in range(_MOST_WRAPPERS):
            name = next((name for name in _LISTS if name in top and bytes(top[name]).lstrip()[:1] in (b"[", b"{")), None)
            if name is None:
                break
            self.head |= {key: msgspec.json.decode(value) for key, value in top.items() if key != name}
            if bytes(top[name]).lstrip().startswith(b"["):
                return _as_list(top[name])
            top = msgspec.json.decode(top[name], type=dict[str, msgspec.Raw])
            if top and top.keys().isdisjoint(_LISTS) and all(bytes(value).lstrip().startswith(b"{") for value in top.values()):
                return list(top.values())
        raise ImportRefused(f"this JSON has no list of rows; expected a list, or one of {', '.join(_LISTS)}")

    def __len__(self) -> int:
        return len(self._raw)

    def __iter__(self) -> Iterator[Row | None]:
        """Yield each row; None for one that is no object."""
        for raw in self._raw:
            try:
                value = msgspec.json.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError):
                value = None
            if self._header and isinstance(value, list):
                value = dict(zip(self._header, value, strict=False))
            yield value if isinstance(value, dict) else None


def outermost(content: bytes) -> _Top:
    """Return the outermost list or object of a feed, however its server encodes it.

    Raises ImportRefused for what is no JSON.
    """
    readable = _in_utf_8(content)
    try:
        top: _Top = msgspec.json.decode(readable, type=_Top)
    except msgspec.DecodeError as error:
        for mend in (_of_lines, _without_callback, _without_constants):
            if (mended := mend(readable)) is not None:
                return mended
        raise ImportRefused(f"this is no JSON list of rows: {error}") from error
    return top


def _in_utf_8(content: bytes) -> bytes:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace").encode()
    bare = content.removeprefix(codecs.BOM_UTF8)
    try:
        bare.decode("utf-8")
    except UnicodeDecodeError:
        return bare.decode("cp1252", errors="replace").encode()
    return bare


def _of_lines(content: bytes) -> _Top | None:
    """Return an object a line, None for anything else."""
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines):
        return None
    return [msgspec.Raw(line) for line in lines]


def _without_callback(content: bytes) -> _Top | None:
    found = _CALLBACK.fullmatch(content)
    try:
        return msgspec.json.decode(found[1], type=_Top) if found else None
    except msgspec.DecodeError:
        return None


def _without_constants(content: bytes) -> _Top | None:
    """Return what some programs write although JSON has no NaN and no Infinity: nothing stands in their place."""
    try:
        value = json.loads(content, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return msgspec.json.decode(msgspec.json.encode(value), type=_Top) if isinstance(value, list | dict) else None


def _as_list(raw: msgspec.Raw) -> list[msgspec.Raw]:
    try:
        return msgspec.json.decode(raw, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise ImportRefused(f"this is no JSON list of rows: {error}") from error


def _column(cell: object) -> str:
    return "_".join(str(cell).strip().casefold().split())


def text_of(row: Mapping[str, object], *names: str) -> str:
    """Return the first stated of these fields as tidy text; numbers become their digits, everything else is nothing.

    HTML that a site's editor left (entities, tags) and letters that nobody sees are gone: they would hide words from later rules.
    """
    for name in names:
        value = row.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        if tidy := " ".join(_plain(text).split()):
            return tidy
    return ""


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable() and "&" not in text and "<" not in text:
        return text
    bare = _TAG.sub(" ", html.unescape(text))
    return "".join(letter for letter in bare if letter.isprintable() or letter.isspace())
