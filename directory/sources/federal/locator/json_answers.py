"""The federal locator's JSON: pages of rows whose services are labels, mapped back to codes through the table of labels.

A file holds one answer of the endpoint, or several, one a line, as `pages.py` saves them. Coordinates are strings, services
may be null (rows of opioid treatment programs), the facility's type is spelt in two ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from directory.errors import ImportRefused
from directory.sources.federal.locator.csv_export import facility
from directory.sources.federal.locator.service_labels import ServiceLabels
from directory.sources.federal.rows import FederalReader, FederalRow, stated
from directory.sources.files.json_rows import JsonRows, Row
from directory.sources.reading import CodeTable, Localities, UnusableRow
from directory.sources.records import SourceInfo

_BETWEEN_LABELS: Final = ";"


class LocatorJsonReader(FederalReader):
    """Reads saved answers. Raises ImportRefused when they hold no rows."""

    def __init__(
        self,
        lines: Iterable[bytes],
        *,
        source: SourceInfo,
        codes: CodeTable,
        localities: Localities,
        labels: ServiceLabels | None = None,
    ) -> None:
        super().__init__(source, codes, localities)
        self._labels = labels or ServiceLabels.load()
        self._pages = _pages(lines)
        self._first = next(self._pages, None)
        if self._first is None:
            raise ImportRefused("this is no answer of the locator: the file is empty")

    def rows(self) -> Iterator[FederalRow | UnusableRow]:
        """Yield the rows of every page in order."""
        for page in (self._first, *self._pages) if self._first else ():
            for row in page:
                yield UnusableRow("row", "expected an object") if row is None else self._row(row)

    def _row(self, row: Row) -> FederalRow | UnusableRow:
        try:
            return facility({name.casefold(): value for name, value in row.items()}, self._codes_of(row.get("services")))
        except UnusableRow as error:
            return error

    def _codes_of(self, services: object) -> tuple[str, ...]:
        """Return the codes behind the labels, in their order; a label without a code stays as it is and is reported."""
        if services is None:
            return ()
        if not isinstance(services, list):
            raise UnusableRow("services", f"expected a list or null, got {type(services).__name__}")
        groups = [group for group in services if isinstance(group, dict)]
        return tuple(dict.fromkeys(code for group in groups for code in self._codes_of_group(group)))

    def _codes_of_group(self, group: Row) -> Iterator[str]:
        name, category = stated(group.get("f1")), stated(group.get("f2"))
        for label in str(group.get("f3") or "").split(_BETWEEN_LABELS):
            if label.strip():
                yield self._labels.code_of(label, category, name) or " ".join(label.split())


def _pages(lines: Iterable[bytes]) -> Iterator[JsonRows]:
    """Yield one page per line where each line is a whole answer, else the file as one answer."""
    remaining = iter(lines)
    first = next(remaining, b"")
    if not first.strip():
        return
    if not _is_whole(first):
        yield JsonRows(first + b"".join(remaining))
        return
    yield JsonRows(first)
    for line in remaining:
        if line.strip():
            yield JsonRows(line)


def _is_whole(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=dict[str, msgspec.Raw] | list[msgspec.Raw])
    except msgspec.DecodeError:
        return False
    return True
