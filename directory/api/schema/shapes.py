"""What the API answers, as types: `openapi` makes the published schema from them, `rows` and `answers` write their JSON.

Every member is always present; null or an empty value means that no source states it. Dates are ISO 8601 days.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from directory.api.schema.reading_shapes import Line, Notice, NoticeName, ReadCrisis, Shape, Understanding
from directory.disclosure import Disclosure
from directory.sources.records import AnsweredBy
from index.listing import Answer, Credential, Kind, Precision, Reach

Count = Annotated[int, Meta(ge=0)]


class Offer(Shape, frozen=True, kw_only=True):
    """A concept that the matched program states; ids are explained at /api/v1/vocabulary."""

    id: str
    label: str


class Phone(Shape, frozen=True, kw_only=True):
    """A number with who answers it. Whoever shows the number shows `statement` beside it.

    `number` is E.164 or a short code, digit for digit the source's; `display` the same for the eye. `places` is on how many
    listings it stands; `payers` are those who pay for the line, every one by name.
    """

    number: str
    extension: str
    label: str
    display: str
    answered_by: AnsweredBy
    operator_name: str
    checked_on: date | None
    source_url: str
    places: Count
    statement: str
    payers: tuple[str, ...] = ()


class Address(Shape, frozen=True, kw_only=True):
    """Where the place is; a withheld address has no street, and its point is the city's."""

    street: str
    street2: str
    city: str
    state: str
    zip: str
    county: str
    withheld: bool


class Session(Shape, frozen=True, kw_only=True):
    """A weekly time in the place's own clock. `weekday` 0 is Monday; `start` and `end` are "19:30"; no stated end is null.

    `next_day` tells that it ends after midnight.
    """

    weekday: Annotated[int, Meta(ge=0, le=6)]
    start: str
    end: str | None
    next_day: bool
    time_zone: str


class Program(Shape, frozen=True, kw_only=True):
    """What one source record states of a place; a result matches because one program states everything that was asked.

    `offers` and `denies` are concept ids; what stands in neither is not stated. `source_codes` are the record's own codes, empty
    where the source does not let us hand them on.
    """

    id: str
    name: str
    source: str
    source_url: str
    edition: str
    checked_on: date | None
    offers: tuple[str, ...]
    denies: tuple[str, ...]
    phones: tuple[Phone, ...]
    website: str
    source_codes: tuple[str, ...]


class Place(Shape, frozen=True, kw_only=True):
    """The members of a result that do not depend on the search. `url` is the listing's page for people; `money` says in
    sentences, beginning with the label, who pays this site for the listing and whether its operator owns the place; `disputes`
    are sentences about facts that the place itself says are wrong.

    `matched_program` is the id of one of `programs`; `phones`, `offers`, `schedule`, `checked_on`, `edition` and `source` are
    that program's. `checked_on` is null when nobody said when the facts were last verified. `source_words` names source and
    edition as pages do, and says so where a list has no date. `age_note` says of a meeting what the age of its list means to
    somebody who wants to go; "" of a new list, and of any other listing.
    """

    id: str
    kind: Kind
    name: str
    organization: str
    programs: tuple[Program, ...]
    matched_program: str
    address: Address
    lat: float | None
    lon: float | None
    phones: tuple[Phone, ...]
    website: str
    offers: tuple[Offer, ...]
    schedule: tuple[Session, ...]
    checked_on: date | None
    edition: str
    source: str
    source_words: str
    age_note: str
    disclosure: Disclosure
    money: str
    disputes: tuple[str, ...]
    url: str


class Result(Place, frozen=True, kw_only=True):
    """A listing that matches. `distance_miles` is null without a place; whole miles when `distance_precision` is zip or city.

    `distance` says the same in words, "" without a place. `why` says in sentences why it stands here; of a paying place among
    the results also that it did not pay for that. Whoever shows a result shows `disclosure.label` with it, before its name
    unless it says that nobody pays.
    """

    distance_miles: float | None
    distance_precision: Precision | None
    distance: str
    why: tuple[str, ...]


class Group(Shape, frozen=True, kw_only=True):
    """A labelled group beyond the results, with its own total and at most five results; `url` is its page, if it has one."""

    id: str
    label: str
    total: Count
    results: tuple[Result, ...]
    url: str


class FacetCount(Shape, frozen=True, kw_only=True):
    """How many listings a value of a filter would leave, were it the only one of its group."""

    id: str
    label: str
    count: Count


class Facet(Shape, frozen=True, kw_only=True):
    """A filter group; `not_stated` listings state none of its values. `state` and `kind` are groups too."""

    group: str
    not_stated: Count
    counts: tuple[FacetCount, ...]


class Edition(Shape, frozen=True, kw_only=True):
    """An edition of a source, with how many programs of the loaded data come from it."""

    source: str
    title: str
    edition: str
    retrieved_on: date | None
    programs: Count


class ListingMeta(Shape, frozen=True, kw_only=True):
    """What every answer with listings says about money: how order is made, and who runs and pays for this copy."""

    ranking: str
    funding: tuple[str, ...]
    generation: str


class SearchMeta(ListingMeta, frozen=True, kw_only=True):
    """What the answer is made from. `order` says how results are sorted, `paid_count` how many of all matches pay this site,
    `took_ms` how long the answer took when it was made."""

    took_ms: float
    order: str
    paid_count: str
    remarks: tuple[str, ...]
    editions: tuple[Edition, ...]


class SearchAnswer(Shape, frozen=True, kw_only=True):
    """A page of results. `total`, `pages` and `facets` describe `results` alone; `beyond` stands on the first page only.

    Where `advertisements` are shown, they stand after the results, each under its label.
    """

    query: Understanding
    notices: tuple[Notice, ...]
    total: Count
    page: Annotated[int, Meta(ge=1)]
    pages: Annotated[int, Meta(ge=1)]
    per_page: Annotated[int, Meta(ge=1, le=100)]
    results: tuple[Result, ...]
    beyond: tuple[Group, ...]
    advertisements: Annotated[tuple[Result, ...], Meta(max_length=2)]
    facets: tuple[Facet, ...]
    meta: SearchMeta


class StatedFact(Shape, frozen=True, kw_only=True):
    """A fact of the listing itself, such as its website, and the id of the program whose source states it, with its dates."""

    field: str
    program: str


class ListingAnswer(Place, frozen=True, kw_only=True):
    """Everything that is known of one listing. `phones` are those of all its programs; without a search, `matched_program`,
    `offers` and `schedule` are the first program's. `next_steps` are labelled groups of what may follow this care nearby.
    `stated_by` says whose word each fact is, where several sources state the listing.
    """

    reach: Reach
    states_served: tuple[str, ...]
    email: str
    conference_url: str
    description: str
    time_zone: str
    open_24h: Answer
    hours: str
    operator: str
    licences: tuple[Credential, ...]
    accreditations: tuple[Credential, ...]
    notices: tuple[Notice, ...]
    next_steps: tuple[Group, ...]
    stated_by: tuple[StatedFact, ...]
    meta: ListingMeta


class Completion(Shape, frozen=True, kw_only=True):
    """One suggestion while typing: a concept, a place or a name. `id` is what it asks for; before the name of a paying place
    stands its label in `text`; where some of the places with a name pay, `detail` says how many.
    """

    text: str
    kind: str
    id: str
    detail: str


class SuggestAnswer(Shape, frozen=True, kw_only=True):
    """Completions of what is being typed, best first."""

    suggestions: tuple[Completion, ...]


class Concept(Shape, frozen=True, kw_only=True):
    """A concept: its stable id, words to show, broader concept, and whether it may be a hard filter.

    Values of one `group` are alternatives; groups must all match.
    """

    id: str
    kind: str
    group: str
    label: str
    label_es: str
    help: str
    help_es: str
    parent: str | None
    filterable: bool


class VocabularyAnswer(Shape, frozen=True, kw_only=True):
    """Every concept that can be asked for or answered, in the vocabulary's order."""

    concepts: tuple[Concept, ...]


class StateCount(Shape, frozen=True, kw_only=True):
    """How many listings of each kind one jurisdiction has."""

    state: str
    name: str
    facility: Count
    meeting: Count
    helpline: Count


class CoverageAnswer(Shape, frozen=True, kw_only=True):
    """Counts for each of the 56 jurisdictions, zeros included."""

    states: Annotated[tuple[StateCount, ...], Meta(min_length=56, max_length=56)]
    generation: str


class Geometry(Shape, frozen=True, kw_only=True):
    """A point: longitude, then latitude (RFC 7946)."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Feature(Shape, frozen=True, kw_only=True):
    """A result on a map. The name of a paid row begins with its label, since a client may show the name alone."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None
    properties: Result


class FeatureCollection(Shape, frozen=True, kw_only=True):
    """A page of results as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: tuple[Feature, ...]
    total: Count
    page: Annotated[int, Meta(ge=1)]
    pages: Annotated[int, Meta(ge=1)]
    notices: tuple[Notice, ...]
    meta: SearchMeta


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An error (RFC 9457). `type` is the address that explains it; `parameter` what to change, `suggestions` to what.

    `lines` are numbers that answer even when this service does not.
    """

    type: str
    title: str
    status: int
    detail: str
    parameter: str = ""
    suggestions: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    notices: tuple[NoticeName, ...] = ()
    crisis: ReadCrisis | None = None


class Health(Shape, frozen=True, kw_only=True):
    """The process answers."""

    status: Literal["ok"]


class Readiness(Shape, frozen=True, kw_only=True):
    """Whether this copy can answer searches. `problems` says what is missing when `ready` is false.

    `age_seconds` is how long ago the generation was published; `publisher_lag_seconds` how long the oldest edit that is not yet
    published has waited, 0 when none waits; `publisher_seen_seconds` how long ago the publisher last looked for work, null when
    none ever did.
    """

    ready: bool
    generation: str
    published_at: str
    age_seconds: float
    listings: Count
    programs: Count
    disclosure_version: int
    publisher_lag_seconds: float
    publisher_seen_seconds: float | None
    problems: tuple[str, ...]
