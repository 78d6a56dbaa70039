"""The file of rejected rows: a CSV of row, field and reason beside an import. That it cannot be written ends no import."""

from __future__ import annotations

import csv
import logging
from pathlib import Path
from typing import TextIO

from directory.sources.reading import Reject

log = logging.getLogger(__name__)


class RejectsFile:
    """Takes rejects until it is closed; without a path it keeps nothing. `failure` says why not all of them stand in it."""

    def __init__(self, path: Path | None) -> None:
        self.failure = ""
        self._path = path
        self._file: TextIO | None = None
        if path is not None:
            try:
                self._file = path.open("w", encoding="utf-8", newline="")
                self._row("row", "field", "reason")
            except OSError as error:
                self._give_up(error)

    def add(self, reject: Reject) -> None:
        """Write one reject, if that is still possible."""
        try:
            self._row(str(reject.row), reject.field, reject.reason)
        except OSError as error:
            self._give_up(error)

    def close(self) -> None:
        """Write what is left; may be called again."""
        file, self._file = self._file, None
        try:
            if file is not None:
                file.close()
        except OSError as error:
            self._give_up(error)

    def _row(self, *cells: str) -> None:
        if self._file is not None:
            csv.writer(self._file).writerow(cells)

    def _give_up(self, error: OSError) -> None:
        """Warn once; what is rejected from now on is only counted."""
        if not self.failure:
            self.failure = error.strerror or str(error)
            log.warning("Rejected rows are not written to %s: %s", self._path, self.failure)
        self.close()
