"""A search as a reader asks it: the parameters of a URL or a form as validated values, and back to a URL.

One parser serves pages, API, widget and command line. The API refuses what it does not know; pages ignore unknown parameters
(shared links carry `utm_*`), but a known parameter with a bad value is an error everywhere: nothing is clamped or dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from re import ASCII
from re import compile as pattern
from typing import Final, Protocol
from urllib.parse import urlencode

from directory.asking.scope import listing_ids, state_codes
from directory.disclosure import LANGUAGES, Language
from index.errors import InvalidRequest
from index.geo.distance import Coordinates
from index.language.vocabulary import UnknownConcept, Vocabulary
from index.listing import ConceptId, Kind, ListingId
from index.request import DEFAULT_PER_PAGE, DEFAULT_RADIUS_MILES, MAX_PER_PAGE, MAX_RADIUS_MILES, Sort

MAX_TEXT: Final = 2000  # characters; longer text is refused with 413, its crisis words are still read
MAX_NAME: Final = 200  # characters; the longest name in the federal directory has 110
_NUMBER: Final = pattern(r"[+-]?(\d{1,12}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", ASCII)
_DIGITS: Final = pattern(r"\d{1,12}", ASCII)
_FLAGS: Final[Mapping[str, bool]] = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
    ("0", "false", "no", "off"), False
)
PARAMETERS: Final = (
    *("q", "near", "not_near", "lat", "lon", "radius", "kind", "offers", "not", "prefer", "name", "unpaid_only"),
    *("checked_within_days", "only", "states", "sort", "page", "per_page", "fields", "lang", "understand"),
)

REPEATABLE: Final = frozenset({"kind", "offers", "not", "prefer", "only", "states", "fields"})


class TextTooLong(InvalidRequest):
    """The text has more than `MAX_TEXT` characters; it is kept so that its crisis words can be answered."""

    def __init__(self, text: str) -> None:
        super().__init__("q", f"may have at most {MAX_TEXT:,} characters, got {len(text):,}")
        self.text = text


class Arguments(Protocol):
    """What is read of a request's parameters: repeated names allowed (werkzeug's MultiDict fits)."""

    def get(self, key: str) -> str | None: ...  # noqa: D102
    def getlist(self, key: str) -> list[str]: ...  # noqa: D102
    def keys(self) -> Iterable[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What the reader asked, validated.

    `text` is free words to be understood; `near` a place in words; `position` a point, which wins over `near`; `not_near` a town,
    ZIP code, county or state whose addresses are left out. `offers` must be
    stated (alternatives inside a facet group), `leave_out` must not, `prefer` ranks and explains. `name` are words that must
    stand in a listing's name. `only` keeps to these listings, `states` to places in these states. `radius_miles`
    None means the default, or the radius that the text states. `leaves_here` says that the answer is for another program: what
    its sources do not let us hand on is not searched; no address asks for it, the channel does.
    """

    text: str = ""
    near: str = ""
    not_near: str = ""
    position: Coordinates | None = None
    radius_miles: float | None = None
    kinds: tuple[Kind, ...] = ()
    offers: tuple[ConceptId, ...] = ()
    leave_out: tuple[ConceptId, ...] = ()
    prefer: tuple[ConceptId, ...] = ()
    name: str = ""
    unpaid_only: bool = False
    checked_within_days: int | None = None
    only: tuple[ListingId, ...] = ()
    states: tuple[str, ...] = ()
    sort: Sort | None = None
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    fields: tuple[str, ...] = ()
    lang: Language = "en"
    understand: bool = True
    leaves_here: bool = False

    @property
    def radius(self) -> float:
        """The radius in miles, the default when none was asked."""
        return self.radius_miles or DEFAULT_RADIUS_MILES

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was asked."""
        return not (
            self.text.strip()
            or self.near
            or self.not_near
            or self.position
            or self.offers
            or self.leave_out
            or self.prefer
            or self.name
            or self.kinds
            or self.has_scope
        )

    @property
    def has_scope(self) -> bool:
        """Tell whether only some places are searched, whatever else was asked."""
        return bool(self.only or self.states)

    def params(self, *, page: int | None = None) -> list[tuple[str, str]]:
        """Return the parameters that ask this again, without defaults; page 1 unless `page` says otherwise."""
        pairs = [("q", self.text), ("near", self.near), ("not_near", self.not_near)]
        if self.position:
            pairs += [("lat", _written(self.position.lat)), ("lon", _written(self.position.lon))]
        pairs += [("radius", _written(self.radius_miles) if self.radius_miles else ""), ("name", self.name)]
        pairs += [("kind", kind.value) for kind in self.kinds]
        pairs += [("offers", concept) for concept in self.offers]
        pairs += [("not", concept) for concept in self.leave_out]
        pairs += [("prefer", concept) for concept in self.prefer]
        pairs += [("unpaid_only", "1" if self.unpaid_only else "")]
        pairs += [("checked_within_days", str(self.checked_within_days or ""))]
        pairs += [("only", ",".join(self.only)), ("states", ",".join(self.states))]
        pairs += [("sort", self.sort.value if self.sort else "")]
        pairs += [("per_page", str(self.per_page) if self.per_page != DEFAULT_PER_PAGE else "")]
        pairs += [("lang", self.lang if self.lang != "en" else ""), ("understand", "" if self.understand else "0")]
        pairs += [("page", str(page) if page and page > 1 else "")]
        return [(name, value) for name, value in pairs if value]

    def url(self, path: str = "/search", *, page: int | None = None) -> str:
        """Return the address under `path` that asks this again."""
        query = urlencode(self.params(page=page))
        return f"{path}?{query}" if query else path

    def without(self, concept: ConceptId) -> SearchQuery:
        """Return the query without a concept, wherever it stands."""
        return replace(
            self,
            offers=tuple(c for c in self.offers if c != concept),
            leave_out=tuple(c for c in self.leave_out if c != concept),
            prefer=tuple(c for c in self.prefer if c != concept),
            page=1,
        )

    def with_offer(self, concept: ConceptId) -> SearchQuery:
        """Return the query that also asks for a concept."""
        kept = self.without(concept)
        return replace(kept, offers=(*kept.offers, concept))


def _written(number: float) -> str:
    """Return a number as short as it can be read back exactly: an address must find what the words found."""
    return repr(int(number)) if number == int(number) else repr(number)


def parse_query(args: Arguments, vocabulary: Vocabulary, *, strict: bool, lang: Language = "en") -> SearchQuery:
    """Return the query of a request's parameters; `lang` is used when they name none.

    `strict` refuses unknown parameters. Raises InvalidRequest naming the parameter, TextTooLong for too much text.
    """
    if strict:
        _refuse_unknown(args)
        _refuse_doubled(args)
    text = (args.get("q") or "").strip()
    if len(text) > MAX_TEXT:
        raise TextTooLong(text)
    return SearchQuery(
        text=text,
        near=(args.get("near") or "").strip(),
        not_near=(args.get("not_near") or "").strip(),
        position=_position(args),
        radius_miles=_number(args, "radius", MAX_RADIUS_MILES, least=1),
        kinds=tuple(_kind(part) for value in _values(args, "kind") for part in value.split(",")),
        offers=_concepts(args, "offers", vocabulary),
        leave_out=_concepts(args, "not", vocabulary),
        prefer=_concepts(args, "prefer", vocabulary),
        name=_name(args),
        unpaid_only=_flag(args, "unpaid_only", default=False),
        checked_within_days=_whole(args, "checked_within_days", 1, 36500),
        only=listing_ids("only", _values(args, "only")),
        states=state_codes("states", _values(args, "states")),
        sort=_sort(args),
        page=_whole(args, "page", 1, 10**9) or 1,
        per_page=_whole(args, "per_page", 1, MAX_PER_PAGE) or DEFAULT_PER_PAGE,
        fields=tuple(part for value in _values(args, "fields") for part in value.split(",") if part),
        lang=_language(args, lang),
        understand=_flag(args, "understand", default=True),
    )


def _refuse_unknown(args: Arguments) -> None:
    for name in args.keys():  # noqa: SIM118 - the protocol promises keys() alone
        if name not in PARAMETERS:
            raise InvalidRequest(name, "is not a parameter of search", _near(name, PARAMETERS))


def _refuse_doubled(args: Arguments) -> None:
    """Refuse two values where one of them would be dropped."""
    for name in PARAMETERS:
        if name not in REPEATABLE and len(_values(args, name)) > 1:
            raise InvalidRequest(name, "is given more than once; give it once")
    if _values(args, "near") and (_values(args, "lat") or _values(args, "lon")):
        raise InvalidRequest("near", "cannot go with lat and lon; give one place")


def _near(word: str, words: Sequence[str]) -> tuple[str, ...]:
    from rapidfuzz.process import extract

    return tuple(found for found, score, _ in extract(word, words, limit=3) if score > 60)


def _values(args: Arguments, name: str) -> list[str]:
    """Return the non-blank values; blank ones come from empty form fields."""
    return [value.strip() for value in args.getlist(name) if value.strip()]


def _concepts(args: Arguments, name: str, vocabulary: Vocabulary) -> tuple[ConceptId, ...]:
    found: dict[ConceptId, None] = {}
    for value in _values(args, name):
        for part in value.split(","):
            try:
                found[ConceptId(vocabulary.concept(part.strip()).id)] = None
            except UnknownConcept as error:
                raise InvalidRequest(name, f"names no concept: {part!r}; see /api/v1/vocabulary", error.suggestions) from error
    return tuple(found)


def _name(args: Arguments) -> str:
    name = (args.get("name") or "").strip()
    if len(name) > MAX_NAME:
        raise InvalidRequest("name", f"may have at most {MAX_NAME} characters, got {len(name):,}")
    return name


def _kind(value: str) -> Kind:
    try:
        return Kind(value)
    except ValueError as error:
        raise InvalidRequest("kind", f"must be one of {', '.join(Kind)}, got {value!r}") from error


def _sort(args: Arguments) -> Sort | None:
    value = (args.get("sort") or "").strip()
    if not value:
        return None
    try:
        return Sort(value)
    except ValueError as error:
        raise InvalidRequest("sort", f"must be one of {', '.join(Sort)}, got {value!r}") from error


def _language(args: Arguments, default: Language) -> Language:
    value = (args.get("lang") or "").strip()
    if not value:
        return default
    for language in LANGUAGES:
        if value == language:
            return language
    raise InvalidRequest("lang", f"must be en or es, got {value!r}")


def _position(args: Arguments) -> Coordinates | None:
    lat, lon = _number(args, "lat", 90, least=-90), _number(args, "lon", 180, least=-180)
    if (lat is None) != (lon is None):
        raise InvalidRequest("lon" if lon is None else "lat", "is missing: lat and lon go together")
    return None if lat is None or lon is None else Coordinates(lat, lon)


def _number(args: Arguments, name: str, most: float, *, least: float) -> float | None:
    value = (args.get(name) or "").strip()
    if not value:
        return None
    if not _NUMBER.fullmatch(value):
        raise InvalidRequest(name, f"must be a number, got {value!r}")
    number = float(value)
    if not least <= number <= most:
        raise InvalidRequest(name, f"must be between {least:g} and {most:g}, got {value}")
    return number


def _whole(args: Arguments, name: str, least: int, most: int) -> int | None:
    value = (args.get(name) or "").strip()
    if not value:
        return None
    if not _DIGITS.fullmatch(value) or not least <= int(value) <= most:
        raise InvalidRequest(name, f"must be a whole number between {least} and {most}, got {value!r}")
    return int(value)


def _flag(args: Arguments, name: str, *, default: bool) -> bool:
    value = (args.get(name) or "").strip().lower()
    if not value:
        return default
    if value not in _FLAGS:
        raise InvalidRequest(name, f"must be 1 or 0, got {value!r}")
    return _FLAGS[value]
