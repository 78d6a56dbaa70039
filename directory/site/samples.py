"""Samples for the style guide: fictional places with 555-01xx numbers, one for each paid status, and one notice of each tone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from directory.cards import CardMaker, PlacesOfNumber
from directory.page import Row
from directory.query import SearchQuery
from directory.site.notices import NoticeView, notice_views, notices_named
from directory.sources.records import PaymentTerms
from directory.store.facts import DisclosureRecords
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Precision, Program, SourceRef

SAMPLE_NOTICES: Final = ("emergency-911", "withdrawal-prescribed-sedative")
SAMPLE_OFFERS: Final = ("care.detox", "care.outpatient", "pay.medicaid")


@dataclass(frozen=True, slots=True)
class Samples:
    """What the style guide shows besides plain markup."""

    notices: tuple[NoticeView, ...]
    rows: tuple[Row, ...]


def samples() -> Samples:
    """Return the samples."""
    notices = notice_views(notices_named(SAMPLE_NOTICES, "en"), SearchQuery(), "en")
    return Samples(notices, (_row(1, "listed"), _row(2, "aggregator"), _row(3, "paying")))


def _row(position: int, source: str) -> Row:
    listing = _listing(position, source)
    payers = {listing.id: "Example Health LLC"} if source == "paying" else {}
    records = DisclosureRecords(1, payers, {"listed": PaymentTerms.NOT_PAID}, {})
    maker = CardMaker(Vocabulary.load(), records, cast("PlacesOfNumber", lambda _number: 1))
    card = maker.make(listing, listing.programs[0], "en")
    return Row(position, card, 2.1, Precision.STREET, "2.1 mi", ("It states: detox.",))


def _listing(position: int, source: str) -> Listing:
    phone = Phone(number=f"+1303555010{position}")
    reference = SourceRef(name=source, title="Sample list", key=str(position), edition="2024")
    offers = tuple(ConceptId(concept) for concept in SAMPLE_OFFERS)
    return Listing(
        id=ListingId(f"sample-{position}"),
        kind=Kind.FACILITY,
        name=f"Sample place {position}",
        programs=(Program(id="1", source=reference, phones=(phone,), offers=offers),),
        phones=(phone,),
        address=Address(street="12 Example Street", city="Exampletown", state="CO", zip="80132"),
    )
