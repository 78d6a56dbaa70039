"""The states' own pages about licences, read once from `data/state_licence_lists.json`: none is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

LISTS_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "state_licence_lists.json"


class LicenceList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state's page that says which programs hold a licence. `seen_on`: when its address was seen in a copy of that page."""

    state: str
    office: str
    url: str
    seen_on: date


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    lists: tuple[LicenceList, ...]


@cache
def licence_lists() -> Mapping[str, LicenceList]:
    """Return the known pages by the code of their state."""
    read = msgspec.json.decode(LISTS_FILE.read_bytes(), type=_File)
    return {one.state: one for one in read.lists}
