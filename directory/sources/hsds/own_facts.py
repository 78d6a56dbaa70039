"""What HSDS has no place for, carried along in a member of our own, so that our own exports come back whole.

Other readers ignore the member. Whoever writes it can state nothing here that a feed could not state of itself: it becomes a
record of the importing feed, with its own terms.
"""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from directory.sources.records import ListingRecord, ProgramRecord
from index.listing import Listing, Program

MEMBER: Final = "treatment_directory"
_NOT_OF_A_RECORD: Final = ("id", "programs", "phones", "stated_by")
_OF_THE_PROGRAM: Final = ("name", "phones", "website", "offers", "denies", "source_codes", "schedule")

Json = dict[str, Any]  # Any: JSON


class OwnFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A listing and one program of it, as JSON objects with the names of our own records."""

    listing: Json
    program: Json


def own_facts(listing: Listing, program: Program) -> Json:
    """Return the member: everything of a listing and a program but ids and sources.

    What is offered is among it, since access is a fact of a place in HSDS and of a program here.
    """
    whole = msgspec.to_builtins(listing)
    of_program = msgspec.to_builtins(program)
    return {
        "listing": {name: value for name, value in whole.items() if name not in _NOT_OF_A_RECORD},
        "program": {name: of_program[name] for name in _OF_THE_PROGRAM if name in of_program},
    }


def with_own_facts(record: ListingRecord, member: object) -> ListingRecord:
    """Return a record as its member says it is.

    Raises ValueError when the member is not what we write.
    """
    try:
        facts = msgspec.convert(json.loads(member) if isinstance(member, str) else member, OwnFacts)
        own = msgspec.to_builtins(record.programs[0])
        kept = {name: value for name, value in own.items() if name not in _OF_THE_PROGRAM}
        stated = kept | {name: value for name, value in facts.program.items() if name in _OF_THE_PROGRAM}
        program = msgspec.convert(stated, ProgramRecord)
        listing = {**facts.listing, "match_key": record.match_key, "programs": (program,)}
        return msgspec.convert(listing, ListingRecord, from_attributes=True)
    except (msgspec.ValidationError, ValueError) as error:
        raise ValueError(f"{MEMBER} is not what we write: {error}") from error
