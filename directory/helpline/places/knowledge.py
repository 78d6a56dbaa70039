"""Everything the desk knows of one listing, in sentences of one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from directory.answers.cards import shown_number
from directory.desk.calls import calls_of, may_undo
from directory.desk.intake import intake_of
from directory.desk.opening_words import opening_words
from directory.desk.openings import fresh_openings
from directory.desk.own_ids import own_ids_of
from directory.desk.priority import Prompt, prompts_for_listing
from directory.disclosure import Language, disclosure_of, labelled_name, plain_date
from directory.disclosure.call_words import finding_sentence
from directory.duties.correcting import public_listing
from directory.helpline.places.words import PLACE_WORDS
from directory.store import Store
from directory.store.desk.findings import FOR_EDITORS, CallOutcome, CallsOfListing
from directory.store.desk.intake import IntakeFact
from directory.store.facts import DisclosureRecords
from index.listing import Listing, Phone

CALLS_SHOWN: Final = 5
NOTHING_FOUND: Final = CallsOfListing()


@dataclass(frozen=True, slots=True)
class KnownCall:
    """An outcome in words; `may_undo` for whoever recorded it within the last minute."""

    id: int
    words: str
    staff_only: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class KnownFact:
    """An intake fact, with who says it and until when it is shown."""

    id: int
    about: str
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the desk knows of a listing. `name` has its label before it; `phones` are its numbers as kept and as shown."""

    listing: Listing
    name: str
    readers_hear: tuple[str, ...]
    calls: tuple[KnownCall, ...]
    facts: tuple[KnownFact, ...]
    opening: str
    own_ids: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    phones: tuple[tuple[str, str], ...]


def knowledge_of(
    store: Store, records: DisclosureRecords, listing_id: str, lang: Language, *, who: str, now: datetime
) -> Knowledge:
    """Return what the desk knows of a listing. Raises Refused for an unknown id, StoreUnavailable."""
    listing = public_listing(store, listing_id)
    calls = calls_of(store, [listing.id], now).get(listing.id, ())
    opening = fresh_openings(store, now, [listing.id]).get(listing.id)
    words = PLACE_WORDS[lang]
    own = own_ids_of(store, [listing.id]).get(listing.id, ())
    return Knowledge(
        listing=listing,
        name=labelled_name(disclosure_of(records, listing), listing.name, lang),
        readers_hear=tuple(finding_sentence(one, lang) for one in records.calls.get(listing.id, NOTHING_FOUND).findings),
        calls=tuple(_known_call(one, lang, who, now) for one in calls[:CALLS_SHOWN]),
        facts=tuple(_known_fact(one, lang) for one in intake_of(store, [listing.id], now).get(listing.id, ())),
        opening=opening_words(opening, lang, now) if opening else "",
        own_ids=tuple(words["own_id"].format(key=one.key, feed=one.feed) for one in own),
        prompts=prompts_for_listing([offer for program in listing.programs for offer in program.offers], lang),
        phones=tuple((phone.number, shown_number(phone)) for phone in listing.phones),
    )


def outcome_words(outcome: CallOutcome, lang: Language) -> str:
    """Return what came of a call, with the days of a wait."""
    words = PLACE_WORDS[lang]
    what = words[f"outcome_{outcome.kind.value}"]
    return words["wait_of"].format(what=what, days=outcome.days) if outcome.days else what


def _known_call(outcome: CallOutcome, lang: Language, who: str, now: datetime) -> KnownCall:
    line = PLACE_WORDS[lang]["call_line"].format(
        what=outcome_words(outcome, lang),
        number=shown_number(Phone(number=outcome.number)),
        day=plain_date(outcome.called_on, lang),
        who=outcome.recorded_by,
    )
    staff_only = outcome.kind in FOR_EDITORS and not outcome.confirmed
    return KnownCall(outcome.id, line, staff_only, may_undo(outcome, who, now))


def _known_fact(fact: IntakeFact, lang: Language) -> KnownFact:
    words = PLACE_WORDS[lang]
    origin = words["intake_line"].format(
        who=fact.set_by, day=plain_date(fact.set_at.date(), lang), until=plain_date(fact.expires_on, lang)
    )
    return KnownFact(fact.id, words[f"fact_{fact.kind.value}"], fact.text, origin)


def notes_of_places(store: Store, listing_ids: Iterable[str], lang: Language, now: datetime) -> Mapping[str, list[str]]:
    """Return sentences for the rows of an answer: openings of the last day, the last call, own ids. Raises StoreUnavailable."""
    wanted = list(listing_ids)
    notes: dict[str, list[str]] = {}
    for opened in fresh_openings(store, now, wanted).values():
        notes.setdefault(opened.listing_id, []).append(opening_words(opened, lang, now))
    for listing_id, outcomes in calls_of(store, wanted, now).items():
        last = outcomes[0]
        said = f"{outcome_words(last, lang)} · {plain_date(last.called_on, lang)}, {last.recorded_by}."
        notes.setdefault(listing_id, []).append(said)
    for listing_id, ids in own_ids_of(store, wanted).items():
        said = ", ".join(PLACE_WORDS[lang]["own_id"].format(key=one.key, feed=one.feed) for one in ids)
        notes.setdefault(listing_id, []).append(f"{said}.")
    return notes
