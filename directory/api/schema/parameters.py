"""The parameters of the API as OpenAPI describes them; a test compares their names with those that are accepted."""

from __future__ import annotations

from typing import Any, Final

from directory.asking.query import MAX_TEXT
from directory.asking.scope import MOST_LISTINGS
from directory.disclosure import LANGUAGES
from index.listing import Kind
from index.request import DEFAULT_PER_PAGE, DEFAULT_RADIUS_MILES, MAX_PER_PAGE, MAX_RADIUS_MILES, Sort

Schema = dict[str, Any]  # a JSON object of the OpenAPI document


def _parameter(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _listed(name: str, schema: Schema, description: str) -> Schema:
    return {**_parameter(name, {"type": "array", "items": schema}, description), "style": "form", "explode": True}


def _number(least: float, most: float, **more: float) -> Schema:
    return {"type": "number", "minimum": least, "maximum": most, **more}


def _whole(least: int, most: int, **more: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, **more}


TEXT: Final[Schema] = {"type": "string"}
FLAG: Final[Schema] = {"type": "string", "enum": ["0", "1"]}
SORT_WORDS: Final = "Order; never by payment. `start`: meetings that begin soonest first, the default where words name a time."

WORDS: Final = _parameter("q", {**TEXT, "maxLength": MAX_TEXT}, "Free words, understood: what, where, how paid.")
LANG: Final = _parameter("lang", {**TEXT, "enum": list(LANGUAGES), "default": "en"}, "Language of labels and sentences.")
FIELDS: Final = _listed(
    "fields", TEXT, "Members (columns of CSV) to answer with, also separated by commas; the disclosure always stays."
)
ABOUT: Final = _listed("offers", TEXT, "Concept ids that the guides are to be about; none: every guide.")
SUGGEST_LIMIT: Final = _parameter("limit", _whole(1, 20, default=8), "How many completions.")
LISTING_ID: Final[Schema] = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": TEXT,
    "description": "A listing's id; a merged id redirects.",
}
SEARCH: Final = (
    WORDS,
    _parameter("near", TEXT, "A place: ZIP, city and state, county or state. One that is unknown is an error, never everything."),
    _parameter("not_near", TEXT, "A town, ZIP, county or state: listings with an address in it are left out."),
    _parameter("lat", _number(-90, 90), "A point instead of a place; goes with `lon`."),
    _parameter("lon", _number(-180, 180), "A point instead of a place; goes with `lat`."),
    _parameter("radius", _number(1, MAX_RADIUS_MILES, default=DEFAULT_RADIUS_MILES), "Miles from the place."),
    _listed("kind", {**TEXT, "enum": [kind.value for kind in Kind]}, "Kinds, also separated by commas; none: the words decide."),
    _listed("offers", TEXT, "Concept ids that one program must state; ids of one group are alternatives."),
    _listed("not", TEXT, "Concept ids that the matching program must not state."),
    _listed("prefer", TEXT, "Concept ids that rank, and never hide a listing."),
    _parameter("name", TEXT, "Words that must stand in the name of a listing, organization or program."),
    _parameter("unpaid_only", FLAG, "Only listings known to be unpaid; `meta.remarks` counts the unknown ones left out."),
    _parameter("checked_within_days", _whole(1, 36500), "Only facts that somebody verified within so many days."),
    _listed("only", TEXT, f"Listing ids, at most {MOST_LISTINGS}, also separated by commas: only these are searched."),
    _listed("states", TEXT, "Two letters of states, also separated by commas: only places in these; lines to call stay."),
    _parameter("sort", {**TEXT, "enum": [sort.value for sort in Sort], "default": Sort.BEST.value}, SORT_WORDS),
    _parameter("page", {"type": "integer", "minimum": 1, "default": 1}, "Page of the results; one past the end is an error."),
    _parameter("per_page", _whole(1, MAX_PER_PAGE, default=DEFAULT_PER_PAGE), "Results on a page."),
    FIELDS,
    LANG,
    _parameter("understand", {**FLAG, "default": "1"}, "0 searches the words exactly as they stand."),
)
