"""The hand-kept facts beside this file (one JSON record each, with its source) as records of the starter list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from directory.sources.records import (
    AnsweredBy,
    AnsweredByFact,
    ListingRecord,
    PaymentTerms,
    ProgramRecord,
    SourceInfo,
)
from index.listing import Answer, ConceptId, Kind, Phone, PhoneNumber, Reach, Redistribute

FOLDER: Final = Path(__file__).parent
NATIONAL_FILES: Final = ("national_lines", "national_programs", "mutual_help")
STATE_FILE: Final = "state_agencies"
COMPILED_ON: Final = date(2026, 11, 21)

STARTER_SOURCE: Final = SourceInfo(
    name="starter",
    title="Starter list of the Treatment Directory",
    publisher="The Treatment Directory project",
    payment=PaymentTerms.NOT_PAID,
    redistribute=Redistribute.YES,
    edition="2026-11",
    terms="Public facts, each with the page it was read on; nobody paid to stand here.",
    retrieved_on=COMPILED_ON,
)

SAMHSA_HELPLINE: Final = Phone(number="+18006624357", label="SAMHSA National Helpline")
NO_NUMBER_NOTE: Final = (
    "We could not confirm a number for this agency. The number here is the SAMHSA National Helpline: "
    "free, day and night, and it can send you to state services."
)


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line, organization or agency as a page states it.

    `page_date` is the date the page itself bears, None if it bears none; `page_by` says who wrote it; `confirmed` says
    what was read there. `answered_by` holds for all its phones.
    """

    key: str
    name: str
    confirmed: str = ""
    organization: str = ""
    state: Annotated[str, msgspec.Meta(pattern=r"^([A-Z]{2})?$")] = ""
    phones: tuple[Phone, ...] = ()
    website: str = ""
    hours: str = ""
    open_24h: bool = False
    answered_by: AnsweredBy = AnsweredBy.UNKNOWN
    operator: str = ""
    cost: str = ""
    offers: tuple[ConceptId, ...] = ()
    reach: Reach = Reach.STATE
    source_url: str = ""
    page_date: date | None = None
    page_by: Literal["", "owner", "press"] = ""
    read_on: date | None = None

    @property
    def durable_key(self) -> str:
        """The key of this fact inside the starter list: it never changes, whatever else does."""
        return f"state-{self.state.lower()}-{self.key}" if self.state else self.key

    @property
    def checked_on(self) -> date | None:
        """The day the owner itself stated this; a newspaper's date or the day we read a page is no such day."""
        return self.page_date if self.page_by == "owner" else None


def read_facts(names: Iterable[str], folder: Path = FOLDER) -> list[Fact]:
    """Return the facts of these files, in their order.

    Raises msgspec.ValidationError, naming the record and the field, when a file holds anything else.
    """
    return [fact for name in names for fact in msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=list[Fact])]


def listing_of(fact: Fact) -> ListingRecord:
    """Return the fact as a listing; an agency without a confirmed number stands beside the national helpline."""
    lacks_number = bool(fact.state) and not fact.phones
    program = ProgramRecord(
        source=STARTER_SOURCE.name,
        key=fact.durable_key,
        name=fact.name,
        phones=(SAMHSA_HELPLINE,) if lacks_number else fact.phones,
        website=fact.website,
        url=fact.source_url,
        offers=fact.offers,
        checked_on=fact.checked_on,
        retrieved_on=fact.read_on or COMPILED_ON,
    )
    return ListingRecord(
        kind=Kind.HELPLINE,
        name=fact.name,
        match_key=f"{STARTER_SOURCE.name}:{fact.durable_key}",
        programs=(program,),
        organization=fact.organization,
        reach=fact.reach,
        states_served=(fact.state,) if fact.state else (),
        website=fact.website,
        description=NO_NUMBER_NOTE if lacks_number else "",
        open_24h=Answer.YES if fact.open_24h else Answer.UNKNOWN,
        hours=fact.hours,
    )


def answered_by_facts(facts: Sequence[Fact]) -> Iterator[AnsweredByFact]:
    """Yield who answers each number, once a number: the first fact that bears it speaks for all (988 is 988 everywhere)."""
    seen: set[PhoneNumber] = set()
    for fact in facts:
        for phone in fact.phones:
            if phone.number not in seen:
                seen.add(phone.number)
                yield AnsweredByFact(
                    number=phone.number,
                    answered_by=fact.answered_by,
                    operator_name=fact.operator,
                    checked_on=fact.checked_on,
                    source_url=fact.source_url,
                    hours=fact.hours,
                    cost=fact.cost,
                )
