"""What a search or a listing answers, ready to be rendered: one typed page for site, API, widget, helpline and command line.

Templates and serialisers format these values; they decide nothing. All text is in the page's language, unescaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from directory.asking.query import SearchQuery
from directory.disclosure import Disclosure, Language, labelled_name
from directory.safety import Notice
from directory.sources.records import AnsweredBy
from index.geo.places import Place
from index.language.understanding import Understanding
from index.listing import ConceptId, Kind, Listing, Precision, Program
from index.results import EditionCount, Facet, GenerationInfo


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A number as a reader needs it: `href` for a tel: or sms: link, `shown` for the eye, and who answers, said before it.

    `shown` keeps the source's digits. `statement` is the sentence of `directory.disclosure.number_statement`; `places` is on how
    many listings the number stands; `payers` are those who pay for the line, as far as anybody says.
    """

    number: str
    extension: str
    label: str
    shown: str
    href: str
    answered_by: str
    operator_name: str
    checked_on: date | None
    source_url: str
    places: int
    statement: str
    payers: tuple[str, ...] = ()

    @property
    def is_sold(self) -> bool:
        """Tell whether calls to it go to companies that pay for them; `statement` begins by saying so."""
        return self.answered_by == AnsweredBy.PAID_ADVERTISERS


@dataclass(frozen=True, slots=True)
class Stated:
    """A concept with its words in the page's language."""

    id: ConceptId
    label: str
    group: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """What is said of one listing and its matched program whatever was searched; kept and shared between answers.

    Cards are compared by identity: a renderer may keep what it made of one. `offers` is what the matched program states, in the
    vocabulary's order; `care` and `payment` are those that a result card shows; `states` are the ids of all that it states,
    broader concepts too. `edition` names source and edition ("federal list 2024"). `paid_note` is set on a paying place's row;
    `corrections` say what staff corrected, `disputes` what the place itself says is wrong,
    `age_note` what the age of a meeting's list means to somebody who wants to go.
    """

    listing: Listing
    program: Program
    lang: Language
    disclosure: Disclosure
    phones: tuple[PhoneLine, ...]
    offers: tuple[Stated, ...]
    care: tuple[Stated, ...]
    payment: tuple[Stated, ...]
    edition: str
    checked_on: date | None
    url: str
    paid_note: str = ""
    states: frozenset[str] = frozenset()
    corrections: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    age_note: str = ""

    @property
    def said_name(self) -> str:
        """The name where it is said alone, as by a link to those who hear it: its labels stand before it."""
        return labelled_name(self.disclosure, self.listing.name, self.lang)


@dataclass(frozen=True, slots=True)
class Row:
    """One listing on a page. `position` counts from 1 over all pages; `miles` is the words for the distance ("2.1 mi", "about 5
    miles or less", "" without a place); `why` says in sentences why it stands here.
    """

    position: int
    card: Card
    distance_miles: float | None
    precision: Precision
    miles: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A labelled group beyond the results, with its own total and at most five rows; `url` shows them all when it can."""

    id: str
    label: str
    total: int
    rows: tuple[Row, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value of a filter: how many listings it would show, whether it is on, and the address that switches it."""

    id: ConceptId
    label: str
    help: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """A filter group with its plain heading, counted options, and how many listings do not state any of them.

    `more` options are left out; who asks for this group whole gets them.
    """

    group: str
    label: str
    options: tuple[FacetOption, ...]
    not_stated: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of what was understood. `role` is filter, exclude, prefer, place, radius, name or scope. `url` asks without it, and
    would show `total` listings; both are empty for a part that cannot be removed.
    """

    role: str
    label: str
    id: str = ""
    url: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Widening:
    """One click that would show more, with the number it would show."""

    label: str
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Another reading of a place, or of the words."""

    label: str
    url: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A spelling that was corrected: "Showing results for {shown}. Search instead for {typed}"."""

    typed: str
    shown: str


FAR_LARGER: Final = 20  # times as many people: Denver beside all other Denvers, not Portland beside Portland


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything a results page says.

    `query` is what was asked, `parts` the same as understood parts only (its `url()` is the address to share). `sentence` says
    what was understood. `total`, `pages` and `facets` describe `rows` only; `beyond` stands on the first page alone.
    `remarks` are plain sentences about the search itself, such as a place that was not used. `near_me_unanswered` asks for a
    place instead of guessing one. `searched` is false where nothing was asked of the engine: the words said nothing.
    `other_places` are those that were named beside the one searched, each as a search of its own.
    """

    query: SearchQuery
    parts: SearchQuery
    lang: Language
    understanding: Understanding
    understood: Mapping[str, object]
    sentence: str
    place: Place | None
    place_alternatives: tuple[Choice, ...]
    radius_miles: float | None
    notices: tuple[Notice, ...]
    total: int
    page: int
    pages: int
    per_page: int
    rows: tuple[Row, ...]
    beyond: tuple[Group, ...]
    facets: tuple[Facet, ...]
    states: Mapping[str, int]
    kinds: Mapping[Kind, int]
    corrections: tuple[Corrected, ...]
    remarks: tuple[str, ...]
    order: str
    paid_count: str
    funding: tuple[str, ...]
    ranking: str
    editions: tuple[EditionCount, ...]
    generation: str
    near_me_unanswered: bool = False
    searched: bool = True
    advertisements: tuple[Row, ...] = ()
    other_places: tuple[Choice, ...] = ()

    @property
    def url(self) -> str:
        """The shareable address of this page, made of understood parts only."""
        return self.parts.url(page=self.page)

    @property
    def place_is_plain(self) -> bool:
        """Whether the place is so much larger than all others of its name that hardly anybody means one of those."""
        others = [choice.place.population for choice in self.place_alternatives if choice.place]
        return self.place is not None and self.place.population > FAR_LARGER * max(others, default=0)


@dataclass(frozen=True, slots=True)
class Extras:
    """What only a page for people needs: each costs further counts, so it is asked for separately."""

    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    widenings: tuple[Widening, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Which source states a program, how old it is, and its own address."""

    title: str
    edition: str
    retrieved_on: date | None
    checked_on: date | None
    url: str


@dataclass(frozen=True, slots=True)
class ProgramView:
    """One program of a listing page: what it states by group, what it says it does not offer, its phones and its source."""

    name: str
    groups: tuple[tuple[str, tuple[Stated, ...]], ...]
    denies: tuple[Stated, ...]
    phones: tuple[PhoneLine, ...]
    website: str
    other_codes: tuple[str, ...]
    source: SourceLine


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Everything a listing page says. `next_steps` are labelled groups of what comes after this care nearby."""

    lang: Language
    listing: Listing
    card: Card
    programs: tuple[ProgramView, ...]
    next_steps: tuple[Group, ...]
    notices: tuple[Notice, ...]
    funding: tuple[str, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class StateCoverage:
    """How many listings of each kind one jurisdiction has."""

    state: str
    name: str
    facility: int
    meeting: int
    helpline: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One completion: a concept, a place or a name, and the query it would ask."""

    text: str
    kind: str
    id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What the copy serves now, for status, readiness and the edition line of every page."""

    info: GenerationInfo
    disclosure_version: int
    operator_named: bool
