"""Typed pages made by hand: fictional places, 555-01xx numbers, example.org. Each factory takes only what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from directory.answers.cards import CardMaker
from directory.asking.query import SearchQuery
from directory.disclosure import Language, order_statement, paid_count_statement, site_statements
from directory.errors import ListingNotFound
from directory.page import (
    Card,
    Chip,
    Extras,
    FacetOption,
    FacetView,
    Group,
    ListingPage,
    ProgramView,
    ResultPage,
    Row,
    SourceLine,
    Status,
    Suggestion,
    Widening,
)
from directory.safety import Notice
from directory.settings import Operator, Settings
from directory.site.notices import notices_named
from directory.sources.records import AnsweredBy, AnsweredByFact, PaymentTerms
from directory.store.facts import DisclosureRecords
from index.geo.distance import Coordinates
from index.geo.place_types import Place, PlaceKind
from index.language.understanding import Understanding
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Precision, Program, SourceRef
from index.request import Sort
from index.results import EditionCount, GenerationInfo

EXAMPLETOWN = Place(
    PlaceKind.CITY,
    "Exampletown, CO",
    "Exampletown",
    "Example County",
    "CO",
    "",
    Coordinates(39.7, -105.0),
    "America/Denver",
    9000,
)
FEDERAL = SourceRef(
    name="samhsa",
    title="National Directory of Drug and Alcohol Use Treatment Facilities",
    key="k-1",
    edition="2024",
    url="https://example.org/list",
    retrieved_on=date(2026, 11, 1),
)
EDITIONS = (EditionCount("samhsa", FEDERAL.title, "2024", date(2026, 11, 1), 3),)
INFO = GenerationInfo("g-1", "2026-11-21T00:00:00Z", 3, 4, EDITIONS, {}, (), "salt")
DETOX, MEDICAID = ConceptId("care.detox"), ConceptId("pay.medicaid")
CARE = (DETOX, ConceptId("care.outpatient"), ConceptId("care.iop"), MEDICAID, ConceptId("pay.private"), ConceptId("pop.women"))


def program(name: str = "", **changes: Any) -> Program:
    """A program of the federal list."""
    return Program(
        id=f"p-{name or 1}", source=changes.pop("source", FEDERAL), name=name, offers=changes.pop("offers", CARE), **changes
    )


def listing(name: str = "Cedar Ridge Recovery", number: int = 42, **changes: Any) -> Listing:
    """A place in Exampletown with one number."""
    phones = changes.pop("phones", (Phone(number=f"+1303555{number + 100:04}"),))
    values: dict[str, Any] = {
        "id": ListingId(f"place-{number}"),
        "kind": Kind.FACILITY,
        "name": name,
        "programs": (program(phones=phones),),
        "phones": phones,
        "address": Address(street="12 Example Street", city="Exampletown", state="CO", zip="80132"),
        "lat": 39.71,
        "lon": -105.01,
        "precision": Precision.STREET,
        "website": "https://cedar.example.org/",
    }
    return Listing(**(values | changes))


@dataclass
class Shop:
    """Makes cards from what is known of money and phones."""

    payers: dict[str, str] = field(default_factory=dict)
    terms: PaymentTerms = PaymentTerms.NOT_PAID
    answered_by: tuple[AnsweredByFact, ...] = ()
    places: int = 1
    owned: tuple[str, ...] = ()

    def maker(self) -> CardMaker:
        payers = {ListingId(place): payer for place, payer in self.payers.items()}
        facts = {fact.number: fact for fact in self.answered_by}
        owned = frozenset(map(ListingId, self.owned))
        records = DisclosureRecords(1, payers, {"samhsa": self.terms}, facts, owned=owned)
        return CardMaker(Vocabulary.load(), records, lambda _number: self.places, date(2026, 11, 21))  # type: ignore[arg-type]

    def card(self, place: Listing | None = None, lang: Language = "en") -> Card:
        place = place or listing()
        return self.maker().make(place, place.programs[0], lang)

    def row(self, place: Listing | None = None, position: int = 1, lang: Language = "en") -> Row:
        why = ("It states: detox.",)
        return Row(position, self.card(place, lang), 2.1, Precision.STREET, "2.1 mi", why)


CALL_CENTER = AnsweredByFact(
    number="+13035550142",
    answered_by=AnsweredBy.CALL_CENTER,
    operator_name="Example Calls",
    checked_on=date(2026, 10, 1),
    source_url="https://example.org/who",
)


def notice(notice_id: str = "withdrawal-prescribed-sedative", lang: Language = "en") -> Notice:
    """A safety notice by its id."""
    return notices_named([notice_id], lang)[0]


def rows(count: int = 3, lang: Language = "en") -> tuple[Row, ...]:
    """Rows of places that differ in name and number."""
    names = ("Cedar Ridge Recovery", "Riverbend Clinic", "Quiet Harbor House")
    shop = Shop()
    return tuple(shop.row(listing(names[n % 3], 42 + n), n + 1, lang) for n in range(count))


def result_page(found: Sequence[Row] | None = None, **changes: Any) -> ResultPage:
    """A page of three places near Exampletown for "detox that takes Medicaid"."""
    shown = tuple(rows(lang=changes.get("lang", "en")) if found is None else found)
    lang: Language = changes.pop("lang", "en")
    query = changes.pop("query", SearchQuery(offers=(DETOX, MEDICAID), near="Exampletown, CO", lang=lang))
    total = changes.pop("total", len(shown))
    sentence = {
        "en": "Places that say they offer detox and take Medicaid, near Exampletown, CO.",
        "es": "Lugares que dicen que ofrecen desintoxicación y aceptan Medicaid, cerca de Exampletown, CO.",
    }
    values: dict[str, Any] = {
        "query": query,
        "parts": replace(query, text=""),
        "lang": lang,
        "understanding": Understanding(query.text, lang),
        "understood": {},
        "sentence": sentence[lang],
        "place": EXAMPLETOWN,
        "place_alternatives": (),
        "radius_miles": 25.0,
        "notices": (),
        "total": total,
        "page": 1,
        "pages": max(1, -(-total // 20)),
        "per_page": 20,
        "rows": shown,
        "beyond": (),
        "facets": (),
        "states": {},
        "kinds": {},
        "corrections": (),
        "remarks": (),
        "order": order_statement(Sort.BEST, has_centre=True, has_words=False, lang=lang),
        "paid_count": paid_count_statement(0, total, lang),
        "funding": site_statements(Operator(), lang),
        "ranking": "",
        "editions": EDITIONS,
        "generation": "g-1",
    }
    return ResultPage(**(values | changes))


def extras(options: int = 12) -> Extras:
    """Two filters, two chips and a widening."""
    care = tuple(
        FacetOption(
            ConceptId(f"care.kind{n}"), f"Kind of care {n}", "What it is in one line.", 30 - n, n == 0, f"/search?offers=k{n}"
        )
        for n in range(options)
    )
    pay = (
        FacetOption(MEDICAID, "Medicaid", "Public insurance for people with a low income.", 9, True, "/search?offers=care.detox"),
    )
    return Extras(
        facets=(FacetView("care", "Kind of care", care[:10], 4, options - 10), FacetView("payment", "Ways to pay", pay, 0)),
        chips=(
            Chip("filter", "Detox", "care.detox", "/search?offers=pay.medicaid&near=Exampletown%2C+CO", 40),
            Chip("filter", "Medicaid", "pay.medicaid", "/search?offers=care.detox&near=Exampletown%2C+CO", 31),
        ),
        widenings=(Widening("Within 50 miles", 22, "/search?offers=care.detox&radius=50"),),
    )


def listing_page(place: Listing | None = None, shop: Shop | None = None, lang: Language = "en", **changes: Any) -> ListingPage:
    """The page of a place as the lookup makes it."""
    place, shop = place or listing(), shop or Shop()
    maker = shop.maker()

    def view(one: Program) -> ProgramView:
        stated = maker.stated(one.offers, lang)
        groups = (("Care", stated[:3]), ("Ways to pay, as reported", stated[3:]))
        source = SourceLine(one.source.title, one.source.edition, one.source.retrieved_on, one.source.checked_on, one.source.url)
        lines = maker.phone_lines(one.phones, one.source, lang, place.id)
        return ProgramView(one.name, groups, maker.stated(one.denies, lang), lines, one.website, (), source)

    values: dict[str, Any] = {
        "lang": lang,
        "listing": place,
        "card": shop.card(place, lang),
        "programs": tuple(view(one) for one in place.programs),
        "next_steps": (Group("next.same", "If not them: the next nearest", 40, rows(2, lang), "/search?offers=care.detox"),),
        "notices": (),
        "funding": (),
        "generation": "g-1",
    }
    return ListingPage(**(values | changes))


def settings(**changes: Any) -> Settings:
    """Settings of a copy whose operator is not named."""
    return Settings(home=Path("unused"), database_url="sqlite://", secret_key="test", **changes)


@dataclass
class FakeLookup:
    """Answers every search with one page, and remembers what was asked."""

    answer: ResultPage = field(default_factory=result_page)
    more: Extras = field(default_factory=extras)
    listings: dict[str, ListingPage] = field(default_factory=dict)
    private: bool = False
    fails_with: Exception | None = None
    settings: Settings = field(default_factory=settings)
    vocabulary: Vocabulary = field(default_factory=Vocabulary.load)
    places: Any = field(default_factory=lambda: SimpleNamespace(states=tuple))
    asked: list[SearchQuery] = field(default_factory=list)
    follows_language: bool = True
    whole: str = ""

    def search(self, query: SearchQuery, *, now: datetime) -> ResultPage:
        self.asked.append(query)
        if self.fails_with:
            raise self.fails_with
        parts = replace(self.answer.parts, lang=query.lang) if self.answer.parts.is_empty else self.answer.parts
        if self.follows_language and query.lang != self.answer.lang:
            return replace(result_page(lang=query.lang), query=query, parts=replace(parts, lang=query.lang))
        return replace(self.answer, query=query, parts=parts)

    def extras(self, page: ResultPage, *, now: datetime, whole: str = "") -> Extras:
        self.whole = whole
        return self.more

    def needs_private_answer(self, page: ResultPage) -> bool:
        return self.private

    def listing(self, listing_id: str, lang: Language, *, today: date) -> ListingPage:
        if listing_id in self.listings:
            return self.listings[listing_id]
        if listing_id == "place-42":
            return listing_page(lang=lang)
        raise ListingNotFound(listing_id)

    def suggest(self, text: str, lang: Language, limit: int = 8, *, today: date) -> tuple[Suggestion, ...]:
        return (
            Suggestion("Detox", "concept", "care.detox"),
            Suggestion("Exampletown, CO", "place", "Exampletown, CO", "Example County"),
        )

    @property
    def engine(self) -> Any:
        """Knows place-42 and no other."""
        return SimpleNamespace(get=lambda ids: {one: listing() for one in ids if one == "place-42"})

    def understand(self, text: str, lang: Language) -> dict[str, object]:
        return {}

    def funding(self, lang: Language, *, today: date) -> tuple[str, ...]:
        owned = self.settings.operator.facilities_owned
        return site_statements(self.settings.operator, lang, [one.name for one in self.engine.get(owned).values()])

    def status(self) -> Status:
        return Status(INFO, 1, operator_named=False)

    def etag(self, lang: Language, today: date) -> str:
        return f"g-1-{lang}"
