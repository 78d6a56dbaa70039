"""The Whoosh schema: one document for each program, as any Whoosh program can open and query it.

The schema uses only what Whoosh-Reloaded 2.7.5, Whoosh 2.7.4 and whoosh3 3.54.0 have in common. There are no NUMERIC
fields: their term trees cost three times the rest of the build, and the arrays compiled from the index answer ranges faster.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from whoosh import columns, fields, formats
from whoosh.analysis import Analyzer, Token
from whoosh.system import pack_uint

from index.engine.analysis import fold, index_terms
from index.listing import ConceptId, Listing, Program

# What each field's BM25F score counts for; a search adds the fields up.
FIELD_BOOSTS: Final = {"name": 3.0, "organization": 2.0, "program": 2.0, "city": 1.5}
BM25_B: Final = 0.75
BM25_K1: Final = 1.2

UNKNOWN_DAY: Final = 0  # of `checked`: nobody said; real days are ordinals, date(1, 1, 1) being 1

Closure = Callable[[Iterable[ConceptId]], frozenset[ConceptId]]


class DirectoryAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh is untyped
    """`index_terms` as a Whoosh analyzer, for programs that query the index through Whoosh."""

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Any) -> Iterator[Token]:
        """Yield Whoosh's one reused token; `_` are Whoosh's own switches, none of which matters here."""
        token = Token(positions)
        token.boost, token.stopped = 1.0, False
        for position, term in enumerate(index_terms(value)):
            token.text = term
            token.pos = start_pos + position
            yield token


class Words(fields.TEXT):  # type: ignore[misc]  # Whoosh is untyped
    """A TEXT field indexed without the token pipeline (twice as fast, same postings)."""

    def __init__(self) -> None:
        super().__init__(analyzer=DirectoryAnalyzer(), phrase=False)

    def index(self, value: str, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, packed frequency); `_` are switches of the skipped pipeline."""
        for term, frequency in Counter(index_terms(value)).items():
            yield term.encode(), frequency, float(frequency), pack_uint(frequency)


class Keys(fields.KEYWORD):  # type: ignore[misc]  # Whoosh is untyped
    """A KEYWORD field whose value is a collection of exact keys, of which only the presence is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.format = formats.Existence()

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each key once; `_` are switches of the skipped pipeline."""
        for key in value:
            yield key.encode(), 1, 1.0, b""


def make_schema() -> fields.Schema:
    """Return the schema of an index of programs.

    `document` is the listing's JSON, stored with its first program only; `position` is the program's place in its listing.
    `concepts` are closed upward. A withheld street can't be found because no street is indexed.
    """
    return fields.Schema(
        listing=fields.ID(stored=True),
        position=fields.STORED(),
        document=fields.STORED(),
        **{name: Words() for name in FIELD_BOOSTS},
        concepts=Keys(),
        kind=Keys(),
        reach=Keys(),
        state=Keys(),
        county=Keys(),
        serves=Keys(),
        phones=Keys(),
        lat=fields.COLUMN(columns.NumericColumn("d", default=math.nan)),
        lon=fields.COLUMN(columns.NumericColumn("d", default=math.nan)),
        checked=fields.COLUMN(columns.NumericColumn("i", default=UNKNOWN_DAY)),
    )


def county_key(state: str, county: str) -> str:
    """Return the key of a county, blind to case and accents."""
    return f"{state}:{fold(county).strip()}"


def day_number(day: date | None) -> int:
    """Return a day as its ordinal, `UNKNOWN_DAY` for none."""
    return UNKNOWN_DAY if day is None else day.toordinal()


def phone_numbers(listing: Listing) -> frozenset[str]:
    """Return every number under which the listing or one of its programs is reached."""
    phones = [*listing.phones, *(phone for program in listing.programs for phone in program.phones)]
    return frozenset(phone.number for phone in phones)


def program_document(listing: Listing, position: int, closed_upward: Closure) -> dict[str, Any]:
    """Return the fields of one program's document, without the listing's JSON."""
    program = listing.programs[position]
    address = listing.address
    return {
        "listing": listing.id,
        "position": position,
        "name": listing.name,
        "organization": listing.organization,
        "program": _own_name(listing, program),
        "city": address.city,
        "concepts": sorted(closed_upward(program.offers)),
        "kind": (listing.kind.value,),
        "reach": (listing.reach.value,),
        "state": (address.state,) if address.state else (),
        "county": (county_key(address.state, address.county),) if address.county else (),
        "serves": listing.states_served,
        "phones": sorted(phone_numbers(listing)),
        "lat": math.nan if listing.lat is None else listing.lat,
        "lon": math.nan if listing.lon is None else listing.lon,
        "checked": day_number(program.source.checked_on),
    }


def _own_name(listing: Listing, program: Program) -> str:
    """Return the program's name where it says more than the listing's: words must not score twice."""
    return "" if program.name in (listing.name, listing.organization) else program.name
