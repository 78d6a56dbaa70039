"""What may leave this service, and what must go with it.

A source's `redistribute` is obeyed here for every format of this package: a program of a `no` source is left out, a `facts-only`
source gives neither description nor its own codes. What was withdrawn since the generation was built is left out too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from directory.answers.cards import CardMaker, PlacesOfNumber
from directory.answers.kept_here import handed_on
from directory.disclosure import Disclosure, Language, disclosure_of, labelled_name, with_stakes
from directory.lookup import Lookup
from directory.page import PhoneLine
from directory.store.facts import DisclosureRecords
from index.listing import Listing, ListingId, Program


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The disclosures of one moment; safe to use after the request, as a streamed body does."""

    records: DisclosureRecords
    withdrawn: frozenset[ListingId]
    cards: CardMaker
    lang: Language
    site: str = ""

    @staticmethod
    def now(lookup: Lookup, today: date, lang: Language, site: str = "") -> Disclosed:
        """Read them. Raises StoreUnavailable, never an older answer."""
        records = with_stakes(lookup.store.disclosure_records(today), lookup.settings.operator)
        cards = CardMaker(lookup.vocabulary, records, PlacesOfNumber(lookup.engine.ids_by_phone), today)
        return Disclosed(records, lookup.store.withdrawn_ids(), cards, lang, site)

    def of(self, listing: Listing) -> Disclosure:
        """Return a listing's paid status."""
        return disclosure_of(self.records, listing)

    def name(self, listing: Listing, name: str) -> str:
        """Return a name for clients that ignore added fields: a paying place's label stands before it."""
        return labelled_name(self.of(listing), name, self.lang)

    def numbers(self, listing: Listing, program: Program) -> tuple[PhoneLine, ...]:
        """Return the numbers of a listing's program with who answers each."""
        return self.cards.phone_lines(program.phones, program.source, self.lang, listing.id)

    def page_of(self, listing: Listing) -> str:
        """Return the address of a listing's page here, "" where this copy does not know its own address: half of one is none."""
        return f"{self.site}/listing/{listing.id}" if self.site else ""

    def public(self, listings: Iterable[Listing]) -> Iterator[Listing]:
        """Yield what may be handed on of these listings, withdrawn ones left out."""
        for listing in listings:
            if listing.id not in self.withdrawn and (shown := handed_on(listing)) is not None:
                yield shown
