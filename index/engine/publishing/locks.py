"""Who may write below a root: one publisher at a time, and beside it one builder of a whole base."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Final, Self

from index.errors import SearchError

GENERATIONS: Final = "generations"
BUILDING: Final = ".building-"  # begins the name of a generation that is being built; a publisher clears it away
PREPARED: Final = ".prepared-"  # begins the name of a base that is being built beside the publisher


class PublisherBusy(SearchError):
    """Another publisher holds the lock; wait for it or stop it."""


class _OneHolder:
    """A lock that one process holds while the context lasts; the system frees it if the process dies.

    Entering raises PublisherBusy when another holds it, and clears away what a killed one left half built.
    """

    file_name: ClassVar[str]
    leftovers: ClassVar[str]

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> Self:
        self._root.mkdir(parents=True, exist_ok=True)
        self._file = (self._root / self.file_name).open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise PublisherBusy(f"another publisher is at work in {self._root}") from error
        for left in (self._root / GENERATIONS).glob(f"{self.leftovers}*"):
            shutil.rmtree(left)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()


class PublisherLock(_OneHolder):
    """The one right to add generations and to switch to them: held for a second at a time."""

    file_name = "publisher.lock"
    leftovers = BUILDING


class BuildLock(_OneHolder):
    """The one right to build a whole base, which takes up to minutes; edits are published meanwhile under the other lock."""

    file_name = "build.lock"
    leftovers = PREPARED
