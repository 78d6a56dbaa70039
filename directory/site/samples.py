"""Samples for the style guide: fictional places with 555-01xx numbers, one of each paid status, a meeting, a line; notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from markupsafe import Markup

from directory.answers.cards import CardMaker, PlacesOfNumber
from directory.asking.query import SearchQuery
from directory.maps.area import AreaMap
from directory.maps.drawing import figure
from directory.maps.frame import Frame
from directory.maps.labels.pins import Spot
from directory.page import FacetOption, Row
from directory.site.notices import NoticeView, notice_views, notices_named
from directory.sources.records import PaymentTerms
from directory.store.facts import DisclosureRecords
from index.geo.distance import Coordinates
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Precision, Program, Session, SourceRef

SAMPLE_NOTICES: Final = ("emergency-911", "withdrawal-prescribed-sedative")
SAMPLE_OFFERS: Final = {
    Kind.FACILITY: ("care.detox", "care.outpatient", "pay.medicaid"),
    Kind.MEETING: ("group.smart", "fmt.in_person"),
    Kind.HELPLINE: (),
}
SHOWN_ON: Final = date(2026, 1, 1)  # of the samples' own lists nothing is old
SAMPLE_NAMES: Final = {Kind.FACILITY: "place", Kind.MEETING: "meeting", Kind.HELPLINE: "line"}


@dataclass(frozen=True, slots=True)
class Samples:
    """What the style guide shows besides plain markup."""

    notices: tuple[NoticeView, ...]
    rows: tuple[Row, ...]
    meeting: Row
    line: Row
    options: tuple[FacetOption, ...]
    map: Markup


def samples() -> Samples:
    """Return the samples."""
    notices = notice_views(notices_named(SAMPLE_NOTICES, "en"), SearchQuery(), "en")
    rows = (_row(1, "listed"), _row(2, "aggregator"), _row(3, "paying"))
    meeting, line = _row(4, "listed", Kind.MEETING), _row(5, "listed", Kind.HELPLINE)
    return Samples(notices, rows, meeting, line, _options(), _map())


def _options() -> tuple[FacetOption, ...]:
    """Return two values of a filter, the first one on."""
    return (
        FacetOption(ConceptId("pay.medicaid"), "Medicaid", "Public insurance for people with a low income.", 31, True, "#main"),
        FacetOption(ConceptId("pay.free"), "Free", "Nobody is asked to pay.", 4, False, "#main"),
    )


def _map() -> Markup:
    """Return a map with a dot, two places that share a label, and one known by its ZIP code alone."""
    spots = (
        Spot(1, Coordinates(39.74, -104.99), Precision.STREET),
        Spot(2, Coordinates(39.78, -104.9), Precision.STREET),
        Spot(3, Coordinates(39.781, -104.9), Precision.STREET),
        Spot(4, Coordinates(39.68, -105.06), Precision.ZIP),
    )
    frame = Frame.around(spots[0].point, 10)
    return figure(AreaMap(frame, (5.0, 10.0), spots, "en", "Map of sample places", ("Within 5 miles: 1.",)))


def _row(position: int, source: str, kind: Kind = Kind.FACILITY) -> Row:
    listing = _listing(position, source, kind)
    payers = {listing.id: "Example Health LLC"} if source == "paying" else {}
    records = DisclosureRecords(1, payers, {"listed": PaymentTerms.NOT_PAID}, {})
    maker = CardMaker(Vocabulary.load(), records, cast("PlacesOfNumber", lambda _number: 1), SHOWN_ON)
    card = maker.make(listing, listing.programs[0], "en")
    near = kind is not Kind.HELPLINE
    return Row(position, card, 2.1 if near else None, Precision.STREET, "2.1 mi" if near else "", ("It states: detox.",))


def _listing(position: int, source: str, kind: Kind) -> Listing:
    phone = Phone(number=f"+1303555010{position}")
    reference = SourceRef(name=source, title="Sample list", key=str(position), edition="2024")
    offers = tuple(ConceptId(concept) for concept in SAMPLE_OFFERS[kind])
    schedule = (Session(weekday=2, start_minute=19 * 60, end_minute=20 * 60),) if kind is Kind.MEETING else ()
    return Listing(
        id=ListingId(f"sample-{position}"),
        kind=kind,
        name=f"Sample {SAMPLE_NAMES[kind]} {position}",
        programs=(Program(id="1", source=reference, phones=(phone,), offers=offers, schedule=schedule),),
        phones=(phone,),
        address=Address(street="12 Example Street", city="Exampletown", state="CO", zip="80132"),
        time_zone="America/Denver",
    )
