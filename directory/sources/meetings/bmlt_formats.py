"""BMLT format codes as Meeting Guide types, so that both families reach concepts through one table.

Servers of the BMLT share a default list of codes and may add their own. A server that is asked for its formats too says for
each code which of the NA World Services codes it means; that word goes before the default list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from directory.sources.files.json_rows import text_of
from directory.sources.meetings.meeting_types import LOCATION_CLOSED, ONLINE, MeetingTypes
from index.listing import ConceptId

HYBRID: Final = "HYBRID"
# A code of the default list, and the Meeting Guide types that say the same; none where the Meeting Guide has no such type.
_DEFAULT: Final[Mapping[str, tuple[str, ...]]] = {
    "B": ("BE",),
    "BEG": ("BE",),
    "BK": ("LIT",),
    "BT": ("LIT",),
    "C": ("C",),
    "CL": ("CAN",),
    "CS": ("CF",),
    "CW": ("CF",),
    "D": ("D",),
    "ENG": ("EN",),
    "ES": ("S",),
    "GL": ("LGBTQ",),
    "HY": (HYBRID,),
    "L/R": ("LT", "RUS"),
    "LC": ("LIT",),
    "M": ("M",),
    "ME": ("MED",),
    "O": ("O",),
    "PER": ("FA",),
    "FIN": ("FI",),
    "SD": ("SP", "D"),
    "SG": ("ST",),
    "SL": ("ASL",),
    "So": ("SP",),
    "St": ("ST",),
    "TC": (LOCATION_CLOSED,),
    "TW": ("TR",),
    "Tr": ("TR",),
    "VM": (ONLINE,),
    "W": ("W",),
    "WC": ("X",),
    "WEB": (ONLINE,),
    "YP": ("Y",),
    "Ag": ("A",),
}
_WITHOUT_TYPE: Final = frozenset(
    {"AB", "BL", "CH", "CP", "FD", "IL", "IP", "IW", "JT", "NC", "NS", "OE", "Pi", "QA", "RA", "RF", "Rr", "SC", "Ti", "To"}
)
# Codes that say no: no children, no smoking.
_DENIED: Final[Mapping[str, tuple[str, ...]]] = {"NC": ("fmt.child_friendly",), "NS": ("acc.smoking_allowed",)}
_WORLD: Final[Mapping[str, tuple[str, ...]]] = {
    "BEG": ("BE",),
    "CAN": ("CAN",),
    "CLOSED": ("C",),
    "CW": ("CF",),
    "DISC": ("D",),
    "GL": ("LGBTQ",),
    "HYBR": (HYBRID,),
    "LIT": ("LIT",),
    "M": ("M",),
    "MED": ("MED",),
    "NC": (),
    "OPEN": ("O",),
    "SPK": ("SP",),
    "STEP": ("ST",),
    "SWG": ("ST",),
    "TC": (LOCATION_CLOSED,),
    "TRAD": ("TR",),
    "VM": (ONLINE,),
    "W": ("W",),
    "WCHR": ("X",),
    "Y": ("Y",),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a meeting's format codes say: Meeting Guide types, concepts, concepts denied."""

    types: frozenset[str]
    concepts: tuple[ConceptId, ...]
    denied: tuple[ConceptId, ...]


class BmltFormats:
    """Reads format codes; `unknown` counts those that neither the server nor the default list explains."""

    def __init__(self, types: MeetingTypes, of_server: Iterable[object] = ()) -> None:
        self.unknown = types.unknown
        self._types = types
        self._known = dict(_DEFAULT)
        for one in of_server:
            if isinstance(one, dict) and (code := text_of(one, "key_string")):
                world, name = text_of(one, "world_id"), text_of(one, "name_string")
                self._known[code] = _WORLD.get(world) or types.named(name) or _DEFAULT.get(code, ())

    def stated(self, codes: Iterable[str]) -> Stated:
        """Return what the codes say; a concept both stated and denied is stated."""
        found: list[str] = []
        denied: list[ConceptId] = []
        for code in codes:
            if code not in self._known and code not in _WITHOUT_TYPE:
                self.unknown[code] += 1
            found += self._known.get(code, ())
            denied += map(ConceptId, _DENIED.get(code, ()))
        return Stated(frozenset(found), self._types.concepts(found), tuple(dict.fromkeys(denied)))
