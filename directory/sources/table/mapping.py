"""What the columns of a list that someone keeps by hand mean: a small file beside it, and a first guess at one.

kind = "facility"                      # or "meeting", "helpline"
[columns]                              # our field = their column; several columns in a list
name = "Agency"
offers = ["Services"]
[words]                                # what their cells say = what it is called here
"Withdrawal unit" = "care.detox"
[yes]                                  # a column that says yes or no = what it states
"Takes Medicaid" = "pay.medicaid"
[source]                               # title, publisher, url, terms, payment, redistribute, edition, fellowship
title = "Example County list"
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from directory.errors import ImportRefused
from directory.sources.feed_options import FeedOptions
from directory.sources.matching import fold_words
from directory.sources.records import PaymentTerms
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Kind as ConceptKind
from index.listing import Kind, Redistribute

# Fields of a list, and how people head their columns; the first field that fits a heading takes it.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "key": ("id", "key", "record id", "listing id", "slug", "license number", "provider id"),
    "name": ("name", "agency", "agency name", "facility", "facility name", "provider", "provider name", "organization",
             "organization name", "program name", "meeting", "meeting name", "group", "nombre"),
    "program": ("program", "programme", "site", "site name", "service name", "programa"),
    "street": ("address", "street", "street address", "address 1", "address1", "address line 1", "physical address", "direccion"),
    "street2": ("address 2", "address2", "address line 2", "suite", "unit"),
    "city": ("city", "town", "municipality", "ciudad"),
    "state": ("state", "st", "province", "estado"),
    "zip": ("zip", "zip code", "zipcode", "postal code", "postcode", "codigo postal"),
    "county": ("county", "condado"),
    "phone": ("phone", "phone number", "telephone", "main phone", "tel", "telefono"),
    "intake_phone": ("intake", "intake phone", "admissions", "admissions phone", "after hours phone"),
    "crisis_phone": ("hotline", "crisis line", "crisis phone", "helpline", "24 hour line"),
    "website": ("website", "web site", "url", "web", "homepage", "sitio web"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "hours": ("hours", "opening hours", "hours of operation", "horario"),
    "offers": ("services", "service", "services offered", "level of care", "levels of care", "type of care", "types", "type",
               "insurance", "payment", "payments accepted", "populations", "population served", "languages", "servicios"),
    "checked_on": ("checked", "checked on", "last checked", "verified", "last verified", "date verified", "last contact"),
    "day": ("day", "weekday", "dia"),
    "time": ("time", "start", "start time", "hora"),
    "end_time": ("end", "end time"),
    "conference_url": ("conference url", "online link", "zoom link", "meeting link"),
}  # fmt: skip
_REQUIRED: Final = ("name",)
_VERB: Final = re.compile(r"^(?:takes|accepts|offers|provides|has|acepta|ofrece|tiene)\s+", re.IGNORECASE)
_YES_OR_NO: Final = frozenset({"", "0", "1", "n", "no", "si", "true", "false", "x", "y", "yes", "✓"})
_MOST_WORDS: Final = 400  # in a first mapping; a column with more different cells holds sentences
_LONGEST_WORD: Final = 60  # characters

Cells = Sequence[str]


class MappedSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of the list as a source; empty values are not said."""

    name: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    terms: str = ""
    terms_url: str = ""
    edition: str = ""
    payment: PaymentTerms | None = None
    redistribute: Redistribute | None = None
    fellowship: str = ""
    time_zone: str = ""


def options_of(source: MappedSource, mapping: bytes = b"") -> FeedOptions:
    """Return a `[source]` as options."""
    return FeedOptions(
        source=source.name,
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        terms=source.terms,
        terms_url=source.terms_url,
        edition=source.edition,
        payment=source.payment,
        redistribute=source.redistribute,
        fellowship=source.fellowship,
        time_zone=source.time_zone,
        mapping=mapping,
    )


class Mapped(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping: fields to columns, words to concepts, yes-or-no columns to concepts. `sheet` names a workbook's sheet."""

    columns: dict[str, str | list[str]]
    kind: Kind = Kind.FACILITY
    sheet: str = ""
    words: dict[str, str] = {}
    yes: dict[str, str] = {}
    source: MappedSource = MappedSource()

    def columns_of(self, field: str) -> tuple[str, ...]:
        """Return the columns that hold a field, folded; none where the list has no such column."""
        stated = self.columns.get(field, ())
        return tuple(fold_words(one) for one in ([stated] if isinstance(stated, str) else stated))


def read_mapping(content: bytes, vocabulary: Vocabulary) -> Mapped:
    """Return the mapping of a TOML or JSON file.

    Raises ImportRefused naming what is wrong: the syntax, a field nobody knows, a concept that does not exist.
    """
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        mapped = msgspec.convert(value, Mapped)
    except (ValueError, msgspec.ValidationError) as error:
        raise ImportRefused(f"the mapping cannot be read: {error}") from error
    unknown = [field for field in mapped.columns if field not in HEADINGS]
    missing = [field for field in _REQUIRED if not mapped.columns_of(field)]
    concepts = [
        concept for concept in (*mapped.words.values(), *mapped.yes.values()) if concept and concept not in vocabulary.by_id
    ]
    if unknown or missing or concepts:
        raise ImportRefused(
            "the mapping is not usable: "
            + "; ".join(
                f"{what} {', '.join(found)}"
                for what, found in (("unknown fields", unknown), ("no column for", missing), ("unknown concepts", concepts))
                if found
            )
        )
    return mapped


class ConceptNames:
    """What concepts are called, for cells that use the very words of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        bearers: dict[str, set[str]] = defaultdict(set)
        for concept in vocabulary.concepts:
            if concept.group != "none" and concept.kind is not ConceptKind.CRISIS:
                for name in (concept.label, concept.label_es, *concept.synonyms, *concept.synonyms_es, *concept.abbreviations):
                    bearers[fold_words(name)].add(concept.id)
        self._by_name = {name: next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1}

    def named(self, words: str) -> str:
        """Return the concept that alone bears this name, or ""."""
        return self._by_name.get(fold_words(words), "")


def guess_mapping(header: Cells, rows: Iterable[Cells], vocabulary: Vocabulary) -> str:
    """Return a first mapping as TOML, to be read and edited by a person.

    Columns are recognised by their headings alone. Every different cell of the columns of offers is listed; those that the
    vocabulary names come with their concept, the others with "", which leaves them out until somebody decides.
    """
    sample = [list(row) for row in rows]
    names, fields, yes = ConceptNames(vocabulary), fields_of(header), {}
    taken = {column for columns in fields.values() for column in columns}
    for place, column in enumerate(header):
        cells = {row[place].strip().casefold() for row in sample if place < len(row)}
        if column not in taken and cells <= _YES_OR_NO and cells - {""}:
            yes[column] = names.named(column) or names.named(_VERB.sub("", column))
    words: dict[str, str] = {}
    for place, column in enumerate(header):
        if column in fields.get("offers", ()):
            words |= {part: names.named(part) for row in sample if place < len(row) for part in parts_of(row[place])}
    kind = Kind.MEETING if "day" in fields and "time" in fields else Kind.FACILITY
    return _toml(kind, fields, dict(list(words.items())[:_MOST_WORDS]), yes)


def fields_of(header: Cells) -> dict[str, list[str]]:
    """Return the columns of each field that is recognised by its heading alone; none where nothing is."""
    found: dict[str, list[str]] = {}
    for column in header:
        heading = fold_words(column)
        field = next((field for field, headings in HEADINGS.items() if heading in headings), "")
        if field and (field not in found or field == "offers"):
            found.setdefault(field, []).append(column)
    return found


def parts_of(cell: str) -> list[str]:
    """Return the single statements of a cell that lists several: between semicolons, bars and line breaks, else commas."""
    for mark in (";", "|", "\n", ","):
        if mark in cell:
            return [part.strip() for part in cell.split(mark) if part.strip() and len(part.strip()) <= _LONGEST_WORD]
    return [cell.strip()] if cell.strip() and len(cell.strip()) <= _LONGEST_WORD else []


def _toml(kind: Kind, fields: Mapping[str, list[str]], words: Mapping[str, str], yes: Mapping[str, str]) -> str:
    columns = (f"{field} = {_value(names if len(names) > 1 else names[0])}" for field, names in fields.items())
    lines = [
        f'kind = "{kind.value}"',
        "",
        "[columns]",
        *columns,
        "",
        "[words]",
        *(f"{_value(word)} = {_value(concept)}" for word, concept in words.items()),
        "",
        "[yes]",
        *(f"{_value(column)} = {_value(concept)}" for column, concept in yes.items()),
        "",
        "[source]",
        'title = ""',
        'publisher = ""',
        'payment = "unknown"',
        'redistribute = "facts-only"',
    ]
    return "\n".join(lines) + "\n"


def _value(value: str | list[str]) -> str:
    """Return a TOML string or list; JSON's strings are TOML's."""
    return json.dumps(value, ensure_ascii=False)
