"""The facts of a listing as rows of the staff page: what it says now, who says so, and what a form may send to correct it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from directory.answers.cards import shown_number
from directory.disclosure import number_statement
from directory.disclosure.provenance import field_name
from directory.duties.correcting import FIELDS, value_of
from directory.sources.fields.weekly_times import weekly_time_text
from directory.sources.records import AnsweredByFact
from directory.store.corrections.meetings import venue_of
from directory.store.facts import OFFER_FIELD, PHONE_FIELD, TIME_FIELD, VENUE_FIELD, Correction
from index.language.vocabulary import Vocabulary
from index.listing import Listing


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: the name of its field in a form, what it is called, what stands there, and the correction behind it."""

    field: str
    name: str
    value: str
    correction: Correction | None
    note: str = ""


def fact_rows(listing: Listing, corrections: Sequence[Correction]) -> tuple[FactRow, ...]:
    """Return every plain fact, in the order in which it can be corrected."""
    known = {one.field: one for one in corrections}
    return tuple(FactRow(field, field_name(field, "en"), value_of(listing, field), known.get(field)) for field in FIELDS)


def phone_rows(listing: Listing, corrections: Sequence[Correction], answers: Mapping[str, AnsweredByFact]) -> tuple[FactRow, ...]:
    """Return every number with who answers it; `field` names the number that the source states."""
    stated_as = {one.value: one for one in corrections if one.field.startswith(PHONE_FIELD) and one.value}
    rows = []
    for phone in listing.phones:
        behind = stated_as.get(phone.number)
        field = behind.field if behind else f"{PHONE_FIELD}{phone.number}"
        said = number_statement(answers.get(phone.number), "its source", 1, "en")
        rows.append(FactRow(field, phone.label or "main", shown_number(phone), behind, said))
    return tuple(rows)


def time_rows(listing: Listing, corrections: Sequence[Correction]) -> tuple[FactRow, ...]:
    """Return every weekly time of a meeting; `field` names the time that the source states."""
    stated_as = {one.value: one for one in corrections if one.field.startswith(TIME_FIELD) and one.value}
    times = dict.fromkeys(weekly_time_text(one) for program in listing.programs for one in program.schedule)
    return tuple(
        FactRow(behind.field if behind else f"{TIME_FIELD}{time}", "", time, behind)
        for time, behind in ((time, stated_as.get(time)) for time in times)
    )


def venue_row(listing: Listing, corrections: Sequence[Correction]) -> FactRow:
    """Return how one takes part in a meeting."""
    behind = next((one for one in corrections if one.field == VENUE_FIELD), None)
    return FactRow(VENUE_FIELD, field_name(VENUE_FIELD, "en"), venue_of(listing), behind)


def stated_offers(listing: Listing, corrections: Sequence[Correction]) -> tuple[FactRow, ...]:
    """Return what the programs state that they offer, and what staff established of it."""
    known = {one.field: one for one in corrections}
    label = Vocabulary.load().label
    offers = dict.fromkeys(offer for program in listing.programs for offer in program.offers)
    fields = dict.fromkeys(
        [*(f"{OFFER_FIELD}{offer}" for offer in offers), *(one for one in known if one.startswith(OFFER_FIELD))]
    )
    return tuple(
        FactRow(field, label(field.removeprefix(OFFER_FIELD)), _stated(field, offers), known.get(field)) for field in fields
    )


def _stated(field: str, offers: Collection[str]) -> str:
    return "stated" if field.removeprefix(OFFER_FIELD) in offers else "not stated"
