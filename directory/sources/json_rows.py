"""The rows of a JSON feed, whatever is wrapped around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from directory.errors import ImportRefused

Row = dict[str, Any]  # Any: JSON as a stranger wrote it; the reader that takes a row gives it types
_LISTS: Final = ("meetings", "rows", "data", "contents", "results", "services", "organizations")
_SHEET: Final = "values"


class JsonRows:
    """A feed decoded row by row, so that one bad row is one reject; `head` holds the feed's own facts beside its rows.

    Takes a list of objects, an object with such a list under a usual name, and a sheet (`values`: a header row, then rows of
    cells). Raises ImportRefused when there is no list of rows.
    """

    def __init__(self, content: bytes) -> None:
        try:
            top = msgspec.json.decode(content, type=list[msgspec.Raw] | dict[str, msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ImportRefused(f"this is no JSON list of rows: {error}") from error
        self.head: Row = {}
        self._header: list[str] = []
        self._raw = top if isinstance(top, list) else self._unwrapped(top)

    def _unwrapped(self, top: Mapping[str, msgspec.Raw]) -> list[msgspec.Raw]:
        if _SHEET in top:
            rows = _as_list(top[_SHEET])
            self._header = [_column(cell) for cell in msgspec.json.decode(rows[0])] if rows else []
            return rows[1:]
        name = next((name for name in _LISTS if name in top and bytes(top[name]).lstrip().startswith(b"[")), None)
        if name is None:
            raise ImportRefused(f"this JSON has no list of rows; expected a list, or one of {', '.join(_LISTS)}")
        self.head = {key: msgspec.json.decode(value) for key, value in top.items() if key != name}
        return _as_list(top[name])

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


def _as_list(raw: msgspec.Raw) -> list[msgspec.Raw]:
    try:
        return msgspec.json.decode(raw, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise ImportRefused(f"this is no JSON list of rows: {error}") from error


def _column(cell: object) -> str:
    return "_".join(str(cell).strip().casefold().split())


def text_of(row: Mapping[str, object], *names: str) -> str:
    """Return the first stated of these fields as tidy text; numbers become their digits, everything else is nothing."""
    for name in names:
        value = row.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        if tidy := " ".join(text.split()):
            return tidy
    return ""
