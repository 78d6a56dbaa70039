"""The search form as a page shows it again, and what it says about a value that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from directory.asking.query import Arguments, SearchQuery
from directory.page import Chip, ResultPage
from directory.site.parts.short_words import short_label
from directory.web.i18n import gettext as _
from index.errors import InvalidRequest
from index.language.vocabulary import Vocabulary

Pairs = tuple[tuple[str, str], ...]
TEXT_FIELDS: Final = ("q", "near")  # what the form itself shows; other parameters come from links and selects
READ_AS: Final = "read"  # names the parts of an address whose spelling was corrected
PLACE: Final = "place"
SCOPE: Final = "scope"  # chosen by the site that embeds the search: a new search leaves it
KEPT_FIELDS: Final = ("radius", "kind", "unpaid_only", "sort", "per_page")  # what a changed search keeps


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What the two boxes hold and the hidden values that go with them."""

    q: str = ""
    near: str = ""
    kept: Pairs = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A near miss of a place, offered as a form of its own so that the words stay out of any address."""

    label: str
    form: SearchForm


@dataclass(frozen=True, slots=True)
class Refused:
    """A search that could not be run: the form as typed, a message for each field, near misses."""

    form: SearchForm
    problems: Mapping[str, str]
    suggestions: Sequence[Suggestion] = field(default_factory=tuple)


def typed_form(values: Arguments, lang: str) -> SearchForm:
    """Return the form as it was typed."""
    return SearchForm(q=(values.get("q") or "").strip(), near=(values.get("near") or "").strip(), kept=language_pairs(lang))


def form_of_page(page: ResultPage, chips: Sequence[Chip], lang: str) -> SearchForm:
    """Return the form that changes a search: the words, or where only parts are known, their labels."""
    kept = tuple(pair for pair in page.parts.params() if pair[0] in KEPT_FIELDS)
    place = page.place.label if page.place else page.query.near
    return SearchForm(q=page.query.text or _labels(chips), near=place, kept=(*kept, *language_pairs(lang)))


def _labels(chips: Sequence[Chip]) -> str:
    """Return the parts as words for the first box; the place has a box of its own."""
    return ", ".join(_label(chip) for chip in chips if chip.role not in {PLACE, SCOPE})


def _label(chip: Chip) -> str:
    label = short_label(chip.id, chip.label)
    match chip.role:
        case "exclude":
            return _("not %(label)s") % {"label": label}
        case "not_near":
            return _("not in %(place)s") % {"place": label}
        case _:
            return label


def language_pairs(lang: str) -> Pairs:
    """Return the hidden value that keeps the language the reader chose."""
    return (("lang", lang),) if lang else ()


def narrowing_pairs(parts: SearchQuery, lang: str) -> Pairs:
    """Return the hidden values of the form that narrows: everything that its own fields do not say."""
    kept = tuple(pair for pair in parts.params() if pair[0] not in {"radius", "sort", "lang", "unpaid_only"})
    chosen = lang or (parts.lang if parts.lang != "en" else "")
    return (*kept, *language_pairs(chosen))


def where_pairs(page: ResultPage, lang: str) -> Pairs:
    """Return the hidden values of the form that asks only for a place: everything else as it is."""
    if page.parts.text:
        return literal_pairs(page.query, lang)
    kept = tuple(pair for pair in page.parts.params() if pair[0] != "lang")
    return (*kept, *language_pairs(lang or (page.lang if page.lang != "en" else "")))


def literal_pairs(query: SearchQuery, lang: str) -> Pairs:
    """Return the values of the form that searches the words exactly as typed. They are sent, and stand in no address."""
    asked = tuple(pair for pair in query.params() if pair[0] not in {"lang", "page", "understand"})
    return (*asked, ("understand", "0"), *language_pairs(lang))


def corrected_parts(page: ResultPage) -> tuple[str, ...]:
    """Return the ids of the parts whose spelling was corrected, and `PLACE` for the place: an address may hold these."""
    parts = {*page.parts.offers, *page.parts.prefer, *page.parts.leave_out}
    if not page.corrections:
        return ()
    read = page.understanding
    found = [match.id for match in (*read.concepts, *read.excluded) if match.corrected_from and match.id in parts]
    place = [PLACE] if page.place and any(correction.kind == "place" for correction in read.corrections) else []
    return (*dict.fromkeys(found), *place)


def read_as(named: Sequence[str], page: ResultPage, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of the corrected parts that an address names; whatever is no part of the search is not said."""
    parts = (*page.parts.offers, *page.parts.prefer, *page.parts.leave_out)
    said = [vocabulary.label(concept, page.lang) for concept in parts if concept in named]
    return (*said, page.place.label) if page.place and PLACE in named else tuple(said)


def problem_words(error: InvalidRequest) -> tuple[str, str]:
    """Return the field of the form and the sentence that says what it may hold."""
    messages = {
        "radius": _("Choose a distance from 1 to 500 miles."),
        "sort": _("Sorting by distance needs a place. Say where."),
        "lat": _("Your position could not be read. Type a ZIP code or a town."),
        "lon": _("Your position could not be read. Type a ZIP code or a town."),
        "offers": _("One of the filters is not known. Search again in your own words."),
        "not": _("One of the filters is not known. Search again in your own words."),
        "prefer": _("One of the filters is not known. Search again in your own words."),
        "kind": _("That kind of listing is not known. Search again in your own words."),
    }
    where = "near" if error.field in {"near", "radius", "lat", "lon", "sort"} else "q"
    return where, messages.get(error.field, _("Part of the address cannot be used. Search again in your own words."))
