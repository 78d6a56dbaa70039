"""A lookup made by hand: views are tested against it, without engine, store or index.

Its two listings are fictional. Cedar House lies at a street and is paid for when a test says so; Riverbend Clinic lies at a ZIP
code's point. `FakeLookup` answers every search with the same rows and remembers what it was asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from directory.asking.query import SearchQuery
from directory.disclosure import Disclosure, Language, PaidStatus, disclose, site_statements
from directory.errors import ListingMoved, ListingNotFound
from directory.page import (
    Card,
    Group,
    ListingPage,
    PhoneLine,
    ProgramView,
    ResultPage,
    Row,
    SourceLine,
    StateCoverage,
    Stated,
    Status,
    Suggestion,
)
from directory.settings import Operator, Settings
from index.geo.places import Gazetteer
from index.language.understanding import Understanding
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Precision, Program, Redistribute, SourceRef
from index.results import EditionCount, Facet, FacetCount, GenerationInfo

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCE = SourceRef(name="samhsa", title="National Directory", key="su:1", edition="2024", url="https://example.org/source")
INFO = GenerationInfo(
    name="g-0001",
    published_at="2026-11-21T11:00:00+00:00",
    listings=2,
    programs=2,
    editions=(EditionCount("samhsa", "National Directory", "2024", date(2024, 5, 1), 2),),
    kinds_by_state={"CO": {Kind.FACILITY: 2}},
    time_zones=("America/Denver",),
    salt="salt",
)
SPOT: Mapping[str, Any] = {
    "label": "Denver, CO",
    "kind": "city",
    "city": "Denver",
    "county": "Denver County",
    "state": "CO",
    "zip": None,
    "lat": 39.74,
    "lon": -104.99,
    "time_zone": "America/Denver",
}
DETOX: Mapping[str, Any] = {
    "id": "care.detox",
    "label": "Detox",
    "kind": "care",
    "matched": "detox",
    "corrected_from": None,
    "role": "filter",
}
READING: Mapping[str, Any] = {
    "concepts": [DETOX],
    "excluded": [],
    "place": {**SPOT, "alternatives": [{**SPOT, "label": "Denver, PA", "state": "PA"}]},
    "place_excluded": None,
    "other_places": [],
    "near_me": False,
    "radius": None,
    "time": [],
    "residual": [],
    "corrections": [],
    "intent": "find-facility",
    "crisis": None,
    "language": "en",
    "notices": [],
}
DANGER: Mapping[str, Any] = {
    **READING,
    "intent": "crisis",
    "crisis": {"id": "crisis.suicide", "tier": "988", "lines": ["help.988", "help.crisis_text"]},
    "notices": [{"id": "crisis-988", "title": "Call or text 988"}],
}


def make_listing(name: str = "Cedar House", **more: Any) -> Listing:
    """Return a facility in Denver with one program that offers detox."""
    program = Program(
        id=f"p-{name}",
        name="Adult Unit",
        source=more.pop("source", SOURCE),
        phones=(Phone(number="+13035550142"),),
        offers=(ConceptId("care.detox"), ConceptId("pay.medicaid")),
        source_codes=("DT", "MD"),
    )
    values: dict[str, Any] = {
        "id": ListingId(f"l-{name.split()[0].lower()}"),
        "kind": Kind.FACILITY,
        "name": name,
        "programs": (program,),
        "address": Address(street="1 Cedar St", city="Denver", state="CO", zip="80202", county="Denver County"),
        "lat": 39.75,
        "lon": -104.99,
        "precision": Precision.STREET,
        "phones": program.phones,
    }
    return Listing(**{**values, **more})


def make_card(listing: Listing | None = None, disclosure: Disclosure | None = None, **more: Any) -> Card:
    """Return the card of a listing's first program; nobody pays for it unless a disclosure says so."""
    listing = listing or make_listing()
    values: dict[str, Any] = {
        "listing": listing,
        "program": listing.programs[0],
        "lang": "en",
        "disclosure": disclosure or disclose(PaidStatus.NOT_PAID),
        "phones": (PHONE,),
        "offers": (Stated(ConceptId("care.detox"), "Detox", "care"), Stated(ConceptId("pay.medicaid"), "Medicaid", "payment")),
        "care": (),
        "payment": (),
        "edition": "federal list 2024",
        "checked_on": None,
        "url": f"/listing/{listing.id}",
    }
    return Card(**{**values, **more})


PHONE = PhoneLine(
    number="+13035550142",
    extension="",
    label="main",
    shown="(303) 555-0142",
    href="tel:+13035550142",
    answered_by="unknown",
    operator_name="",
    checked_on=None,
    source_url="https://example.org/source",
    places=1,
    statement="Number from the federal list, 2024. We have not checked who answers.",
)
PAID = disclose(PaidStatus.PAID, "Example Payer LLC")
KEPT_BACK = SourceRef(name="kept", title="Kept list", key="k:1", redistribute=Redistribute.NO)


def make_row(card: Card | None = None, *, miles: float | None = 2.126, precision: Precision = Precision.STREET) -> Row:
    """Return a row some miles away."""
    return Row(1, card or make_card(), miles, precision, "2.1 mi", ("States detox.", "2.1 miles from Denver, CO."))


def make_page(query: SearchQuery, rows: tuple[Row, ...] | None = None, **more: Any) -> ResultPage:
    """Return a page of rows for a query."""
    zip_listing = make_listing("Riverbend Clinic", precision=Precision.ZIP)
    found = rows if rows is not None else (make_row(), make_row(make_card(zip_listing), miles=7.61, precision=Precision.ZIP))
    values: dict[str, Any] = {
        "query": query,
        "parts": query,
        "lang": query.lang,
        "understanding": Understanding(text=query.text, language=query.lang),
        "understood": READING,
        "sentence": "Places that say they do detox near Denver, CO",
        "place": None,
        "place_alternatives": (),
        "radius_miles": 25.0,
        "notices": (),
        "total": len(found),
        "page": query.page,
        "pages": 1,
        "per_page": query.per_page,
        "rows": found,
        "beyond": (Group("national", "Lines you can call from anywhere", 1, found[:1], "/search?kind=helpline"),),
        "facets": (Facet("care", (FacetCount(ConceptId("care.detox"), 2),), 0),),
        "states": {"CO": 2},
        "kinds": {Kind.FACILITY: 2},
        "corrections": (),
        "remarks": (),
        "order": "nearest first",
        "paid_count": "None of these places pays us",
        "funding": ("The operator of this copy has not said who runs it.",),
        "ranking": "Money never changes the order of results. Paying places are labeled.",
        "editions": INFO.editions,
        "generation": INFO.name,
    }
    return ResultPage(**{**values, **more})


def make_settings(**more: Any) -> Settings:
    """Return settings that touch no disk; so many requests are allowed that no test meets the limit by chance."""
    values: dict[str, Any] = {
        "home": Path("var"),
        "database_url": "sqlite://",
        "secret_key": "test",
        "requests_per_second": 10_000,
    }
    return Settings(**{**values, **more})


@dataclass
class FakeLookup:
    """Stands in for `directory.lookup.Lookup`. `failure` is raised by every question; `answer` changes the page of a search."""

    settings: Settings = field(default_factory=make_settings)
    failure: Exception | None = None
    rows: tuple[Row, ...] | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    version: str = "g-0001-7"
    reading: Mapping[str, Any] = field(default_factory=lambda: READING)
    waiting: tuple[Any, ...] = ()
    asked: list[Any] = field(default_factory=list)

    vocabulary = Vocabulary.load()
    places = Gazetteer.load()

    @property
    def store(self) -> SimpleNamespace:
        return SimpleNamespace(outbox=lambda limit: self.waiting[:limit])

    def _ask(self, question: Any) -> None:
        self.asked.append(question)
        if self.failure:
            raise self.failure

    def search(self, query: SearchQuery, *, now: datetime) -> ResultPage:
        self._ask(query)
        return make_page(query, self.rows, **self.answer)

    def listing(self, listing_id: str, lang: str, *, today: date, leaves_here: bool = False) -> ListingPage:
        self._ask(listing_id)
        if listing_id == "l-merged":
            raise ListingMoved(listing_id, "l-cedar")
        if listing_id != "l-cedar":
            raise ListingNotFound(listing_id)
        return make_listing_page(make_card())

    def suggest(self, text: str, lang: str, limit: int, *, today: date) -> tuple[Suggestion, ...]:
        self._ask(text)
        return (Suggestion("Detox", "concept", "care.detox"), Suggestion("Denver, CO", "place"))[:limit]

    def understand(self, text: str, lang: str, *, today: date) -> Mapping[str, Any]:
        if self.failure:
            raise self.failure
        return self.reading

    def coverage(self) -> tuple[StateCoverage, ...]:
        self._ask("coverage")
        return tuple(StateCoverage(state.code, state.name, 0, 0, 0) for state in self.places.states())

    def funding(self, lang: Language, *, today: date) -> tuple[str, ...]:
        if self.failure:
            raise self.failure
        return site_statements(self.settings.operator, lang)

    def status(self) -> Status:
        if self.failure:
            raise self.failure
        return Status(INFO, 7, self.settings.operator.is_named)

    def etag(self, lang: str, today: date) -> str:
        if self.failure:
            raise self.failure
        return f"{self.version}-{today}-{lang}"


def make_listing_page(card: Card) -> ListingPage:
    """Return the page of a card's listing."""
    views = tuple(
        ProgramView(
            name=program.name,
            groups=(),
            denies=(),
            phones=(PHONE,),
            website="",
            other_codes=(),
            source=SourceLine("National Directory", "2024", None, None, ""),
        )
        for program in card.listing.programs
    )
    return ListingPage("en", card.listing, card, views, (), (), ("Nobody said who runs it.",), INFO.name)


NAMED = Operator(owner="Example County", funders=("Example County",))
