"""The way back: which generations are kept, and the return to an earlier one. Nobody returns to one that is damaged."""

from __future__ import annotations

import logging
from itertools import islice
from pathlib import Path

from index.engine.generation import PINNED, current, generations, path_of, point_at, read_back, remove, verify
from index.engine.publishing.files import write_durably
from index.engine.publishing.locks import GENERATIONS, PREPARED
from index.errors import EngineUnavailable, SearchError

log = logging.getLogger(__name__)


class NoWayBack(SearchError):
    """No earlier generation can be served."""


def rollback(root: Path) -> str:
    """Return to the newest sound generation before the current one, pin it, and return its name; throw away what is prepared.

    The log names those that are damaged and passed over. Raises NoWayBack when none is left; the current one then stays.
    """
    name = _sound_before(root, current(root) or "")
    write_durably(root / PINNED, name.encode())
    try:
        point_at(root, name)
    except OSError:  # a pin alone would hold back every publication, and nothing would tell why
        (root / PINNED).unlink()
        raise
    for prepared in (root / GENERATIONS).glob(f"{PREPARED}*"):
        remove(root, prepared)
    return name


def _sound_before(root: Path, answering: str) -> str:
    for name in reversed([one for one in generations(root) if one < answering]):
        try:
            verify(path_of(root, name))
        except (EngineUnavailable, OSError) as reason:
            log.warning("Passed over %s, which is damaged: %s", name, reason)
        else:
            return name
    raise NoWayBack("there is no earlier generation to return to that can be served")


def retire_old(root: Path, served: str | None = None, keep: int = 2) -> tuple[str, ...]:
    """Delete generations that no rollback needs, and return their names.

    There stay the current one, the newest sound ones before it until `keep` are kept, and all after it. Those between `served`,
    which answered before it, and the current one go: a rollback left them behind, and a later one must not return to them. Until
    enough sound ones are found nothing else goes, since what looks damaged may be a disk that can't be read for a moment.
    """
    answering = current(root) or ""
    older = [name for name in reversed(_finished(root)) if name < answering]
    left = [name for name in older if served and name > served]
    sound = list(islice((name for name in older if name not in left and _is_sound(root, name)), keep - 1))
    enough = len(sound) >= keep - 1
    gone = tuple(sorted(left + [name for name in older if enough and name not in (*left, *sound)]))
    for name in gone:
        remove(root, path_of(root, name))
    return gone


def _finished(root: Path) -> list[str]:
    """Return the names of all generations, oldest first, also of those that lost their manifest."""
    return sorted(path.name for path in (root / GENERATIONS).iterdir() if not path.name.startswith("."))


def _is_sound(root: Path, name: str) -> bool:
    try:
        read_back(root, name)
    except (EngineUnavailable, OSError) as reason:
        log.warning("%s is damaged and no generation to return to: %s", name, reason)
        return False
    return True
