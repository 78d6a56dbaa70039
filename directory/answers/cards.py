"""Cards: what is said of one listing and its matched program, the same in every answer, so made once and kept.

A card lasts for one generation of the index and one version of the disclosures; the keeper is thrown away when either moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from directory.asking.list_ages import age_sentences
from directory.disclosure import (
    ORGANIC_ROW_OF_A_PAYER,
    Language,
    PaidStatus,
    Words,
    disclosure_of,
    number_statement,
)
from directory.disclosure.call_words import words_of_number
from directory.disclosure.number_words import dial_in_statement
from directory.disclosure.provenance import corrected_number, correction_sentence, dispute_sentence
from directory.disclosure.source_words import in_language, list_in_sentence
from directory.page import Card, PhoneLine, Stated
from directory.sources.records import AnsweredBy
from directory.store.facts import PHONE_FIELD, DisclosureRecords
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Kind, Listing, ListingId, Phone, Program, SourceRef
from index.results import Hit

MOST_CARDS_KEPT: Final = 6000  # about 20 KB each with what renderers keep: 120 MB at the very most
TEXT_NUMBERS: Final = "text"
DIAL_IN: Final = "dial-in"
_AMERICAN_LENGTH: Final = len("+13035550142")
IdsByPhone = Callable[[str], Sequence[ListingId]]


@dataclass(slots=True)
class CardMaker:
    """Makes and keeps the cards of one generation, disclosure version and day.

    `places_of` counts the listings that bear a number.
    """

    vocabulary: Vocabulary
    records: DisclosureRecords
    places_of: PlacesOfNumber
    today: date
    _kept: dict[tuple[ListingId, int, Language], Card] = field(default_factory=dict)
    _order: dict[str, int] = field(default_factory=dict)
    _above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _said: dict[tuple[str, Language], Stated] = field(default_factory=dict)
    _corrected_on: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for order, concept in enumerate(self.vocabulary.concepts):
            self._order[concept.id] = order
            self._above[concept.id] = self.vocabulary.ancestors(concept.id)
        for corrections in self.records.corrections.values():
            numbers = (one for one in corrections if one.value and one.field.startswith(PHONE_FIELD))
            self._corrected_on.update((number.value, number.set_at.date()) for number in numbers)

    def card(self, hit: Hit, lang: Language) -> Card:
        """Return the card of a hit."""
        key = (hit.id, hit.program, lang)
        card = self._kept.get(key)
        if card is None:
            if len(self._kept) >= MOST_CARDS_KEPT:
                self._kept.clear()
            listing = hit.listing()
            card = self._kept[key] = self.make(listing, listing.programs[hit.program], lang)
        return card

    def make(self, listing: Listing, program: Program, lang: Language) -> Card:
        """Return a new card."""
        disclosure = disclosure_of(self.records, listing)
        offers = self.stated(program.offers, lang)
        return Card(
            listing=listing,
            program=program,
            lang=lang,
            disclosure=disclosure,
            phones=self.phone_lines(program.phones or listing.phones, program.source, lang, listing.id),
            offers=offers,
            care=tuple(concept for concept in offers if concept.id.startswith(("care.", "group."))),
            payment=tuple(concept for concept in offers if concept.id.startswith("pay.")),
            edition=edition_words(program.source, lang),
            checked_on=program.source.checked_on,
            url=f"/listing/{listing.id}",
            corrections=self._corrections(listing.id, lang),
            disputes=self._disputes(listing.id, lang),
            age_note=age_sentences(listing, program.source, self.today, lang) if listing.kind is Kind.MEETING else "",
            paid_note=ORGANIC_ROW_OF_A_PAYER[lang] if disclosure.paid_status is PaidStatus.PAID else "",
            states=self._broader(program.offers).union(program.offers),
        )

    def _corrections(self, listing_id: ListingId, lang: Language) -> tuple[str, ...]:
        label_of = partial(self.vocabulary.label, lang=lang)
        return tuple(correction_sentence(one, lang, label_of) for one in self.records.corrections.get(listing_id, ()))

    def _disputes(self, listing_id: ListingId, lang: Language) -> tuple[str, ...]:
        label_of = partial(self.vocabulary.label, lang=lang)
        return tuple(dispute_sentence(one, lang, label_of) for one in self.records.disputes.get(listing_id, ()))

    def stated(self, concepts: Iterable[ConceptId], lang: Language) -> tuple[Stated, ...]:
        """Return concepts with their words, in the vocabulary's order, a parent beside its own child left out."""
        given = frozenset(concepts)
        shown = sorted(given - self._broader(given), key=self._order.__getitem__)
        return tuple([self._said.get((concept, lang)) or self._say(concept, lang) for concept in shown])

    def _broader(self, concepts: Iterable[str]) -> frozenset[str]:
        return frozenset([above for concept in concepts for above in self._above[concept]])

    def _say(self, concept: str, lang: Language) -> Stated:
        words = Stated(ConceptId(concept), self.vocabulary.label(concept, lang), self.vocabulary.group_of(concept))
        self._said[concept, lang] = words
        return words

    def phone_lines(
        self, phones: Iterable[Phone], source: SourceRef, lang: Language, listing_id: ListingId
    ) -> tuple[PhoneLine, ...]:
        """Return the numbers of a listing with who answers each, and what our own calls to them found."""
        return tuple(self._phone_line(phone, source, lang, listing_id) for phone in phones)

    def _phone_line(self, phone: Phone, source: SourceRef, lang: Language, listing_id: ListingId) -> PhoneLine:
        fact = self.records.answered_by.get(phone.number)
        places = self.places_of(phone.number)
        corrected_on = self._corrected_on.get(phone.number)
        stands_in = corrected_number(corrected_on, lang) if corrected_on else edition_words(source, lang, article=True)
        if fact is None and phone.label == DIAL_IN:
            said = dial_in_statement(stands_in, lang)
        else:
            said = number_statement(fact, stands_in, places, lang)
        return PhoneLine(
            number=phone.number,
            extension=phone.extension,
            label=phone.label,
            shown=shown_number(phone),
            href=dial_address(phone),
            answered_by=(fact.answered_by if fact else AnsweredBy.UNKNOWN).value,
            operator_name=fact.operator_name if fact else "",
            checked_on=fact.checked_on if fact else None,
            source_url=fact.source_url if fact else source.url,
            places=places,
            statement=f"{said} {self._called(listing_id, phone, lang)}".rstrip(),
            payers=fact.payers if fact else (),
        )

    def _called(self, listing_id: ListingId, phone: Phone, lang: Language) -> str:
        calls = self.records.calls.get(listing_id)
        return words_of_number(calls, phone.number, lang) if calls else ""


class PlacesOfNumber:
    """Counts on how many listings a number stands; asked once per number and generation."""

    def __init__(self, ids_by_phone: IdsByPhone) -> None:
        self._ids_by_phone = ids_by_phone
        self._counted: dict[str, int] = {}

    def __call__(self, number: str) -> int:
        """Return the number of listings."""
        if number not in self._counted:
            self._counted[number] = len(self._ids_by_phone(number))
        return self._counted[number]


def shown_number(phone: Phone) -> str:
    """Return the number for the eye: "(303) 555-0142 ext. 7", with the source's own digits; short codes as they are."""
    shown = phone.number
    if shown.startswith("+1") and len(shown) == _AMERICAN_LENGTH:
        shown = f"({shown[2:5]}) {shown[5:8]}-{shown[8:]}"
    return f"{shown} ext. {phone.extension}" if phone.extension else shown


def dial_address(phone: Phone) -> str:
    """Return the address that calls or texts the number (RFC 3966, RFC 5724)."""
    if phone.label == TEXT_NUMBERS:
        return f"sms:{phone.number}"
    return f"tel:{phone.number};ext={phone.extension}" if phone.extension else f"tel:{phone.number}"


_UNDATED: Final[Words] = {"en": ", no date", "es": ", sin fecha"}
# Lists that every copy may have: what people call them.
_WELL_KNOWN: Final[Mapping[str, Words]] = {
    "samhsa": {"en": "federal list", "es": "lista federal"},
    "samhsa-otp": {"en": "federal list of methadone clinics", "es": "lista federal de clínicas de metadona"},
    "starter": {"en": "starter list", "es": "lista inicial"},
}


def edition_words(source: SourceRef, lang: Language, *, article: bool = False) -> str:
    """Return source and edition in plain words: "federal list 2024"; with an article as it stands inside a sentence.

    A list that states no date, and that nobody fetched on a known day, says so: it may be of any age.
    """
    if source.name not in _WELL_KNOWN:
        title = list_in_sentence(source.title, lang) if article else in_language(source.title, lang)
        return f"{title} {source.edition}" if source.edition else title + ("" if source.retrieved_on else _UNDATED[lang])
    name = _WELL_KNOWN[source.name][lang]
    if lang == "es":
        return f"{'la ' if article else ''}{name} {f'de {source.edition}' if source.edition else ''}".strip()
    return f"{'the ' if article else ''}{name}{', ' if article and source.edition else ' '}{source.edition}".strip()
