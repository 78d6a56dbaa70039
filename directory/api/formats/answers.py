"""A page of results as JSON or GeoJSON: joined from written rows, counts and the few values that only this search has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

import msgspec

from directory.answers.kept_here import may_be_handed_on
from directory.api.formats.rows import FIELDS, encode, rows_json
from directory.api.schema import shapes
from directory.asking.state_names import state_name
from directory.disclosure import LANGUAGES, Language, labelled_name
from directory.page import Card, Group, ResultPage, Row
from index.language.vocabulary import Vocabulary
from index.listing import Kind

STATE_GROUP: Final = "state"
KIND_GROUP: Final = "kind"
KIND_LABELS: Final[Mapping[Kind, Mapping[Language, str]]] = {
    Kind.FACILITY: {"en": "Treatment places", "es": "Lugares de tratamiento"},
    Kind.MEETING: {"en": "Support-group meetings", "es": "Reuniones de grupos de apoyo"},
    Kind.HELPLINE: {"en": "Lines you can call", "es": "Líneas a las que puede llamar"},
}


class _Starts(dict[str, str]):
    """The unchanging beginnings of the counts of one facet group in one language, each written when first needed."""

    def __init__(self, label: Callable[[str], str]) -> None:
        super().__init__()
        self._label = label

    def __missing__(self, value: str) -> str:
        start = f'{{"id":{_text(value)},"label":{_text(self._label(value))},"count":'
        self[str(value)] = start
        return start


class AnswerWriter:
    """Writes search answers; keeps the unchanging part of every facet count."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._starts = {lang: _Starts(partial(vocabulary.label, lang=lang)) for lang in LANGUAGES}
        self._state_starts = {lang: _Starts(partial(state_name, lang=lang)) for lang in LANGUAGES}
        self._kind_starts = {lang: _Starts(partial(_kind_label, lang)) for lang in LANGUAGES}

    def search(self, page: ResultPage, fields: tuple[str, ...], took_ms: float) -> bytes:
        """Return the answer of `/api/v1/search`."""
        return (
            b'{"query":%b,"notices":%b,"total":%d,"page":%d,"pages":%d,"per_page":%d,'
            b'"results":[%b],"beyond":[%b],"advertisements":[%b],"facets":[%b],"meta":%b}'
        ) % (
            encode(page.understood),
            encode(page.notices),
            page.total,
            page.page,
            page.pages,
            page.per_page,
            rows_json(page.rows, fields),
            groups_json(page.beyond, fields),
            rows_json(map(_advertised, page.advertisements), fields),
            self._facets(page),
            encode(meta_of(page, took_ms)),
        )

    def geojson(self, page: ResultPage, fields: tuple[str, ...], took_ms: float) -> bytes:
        """Return the answer of `/api/v1/search.geojson`: the page's own results, without groups and advertisements."""
        head = b'{"type":"FeatureCollection","total":%d,"page":%d,"pages":%d,"notices":%b,"meta":%b,"features":[%b]}'
        features = b",".join([_feature(row, fields) for row in page.rows])
        return head % (page.total, page.page, page.pages, encode(page.notices), encode(meta_of(page, took_ms)), features)

    def _facets(self, page: ResultPage) -> bytes:
        """Return the groups of which some value is stated at all."""
        starts = self._starts[page.lang]
        groups = [
            _facet_json(facet.group, facet.not_stated, [f"{starts[count.concept]}{count.count}" for count in facet.counts])
            for facet in page.facets
            if facet.counts
        ]
        if page.states:
            groups.append(_facet_json(STATE_GROUP, 0, _most_first(page.states, self._state_starts[page.lang])))
        if page.kinds:
            groups.append(_facet_json(KIND_GROUP, 0, _most_first(page.kinds, self._kind_starts[page.lang])))
        return ",".join(groups).encode()


def _advertised(row: Row) -> Row:
    """Return the row of an advertisement, which stands where it stands because somebody paid."""
    return replace(row, card=_without_note(row.card))


@lru_cache(500)
def _without_note(card: Card) -> Card:
    return replace(card, paid_note="")


def _facet_json(group: str, not_stated: int, counts: list[str]) -> str:
    """Return a group from its written counts, which still lack their closing braces."""
    return f'{{"group":"{group}","not_stated":{not_stated},"counts":[{"},".join(counts)}}}]}}'


def _kind_label(lang: Language, kind: str) -> str:
    return KIND_LABELS[Kind(kind)][lang]


def _most_first(counted: Mapping[str, int] | Mapping[Kind, int], starts: _Starts) -> list[str]:
    ordered = sorted(((str(value), count) for value, count in counted.items()), key=lambda item: (-item[1], item[0]))
    return [f"{starts[value]}{count}" for value, count in ordered]


def _text(value: str) -> str:
    return encode(value).decode()


def groups_json(groups: Iterable[Group], fields: tuple[str, ...] = FIELDS) -> bytes:
    """Return groups beyond the results as JSON objects joined by commas."""
    return b",".join(
        b'{"id":%b,"label":%b,"total":%d,"results":[%b],"url":%b}'
        % (encode(group.id), encode(group.label), group.total, rows_json(group.rows, fields), encode(group.url))
        for group in groups
    )


def meta_of(page: ResultPage, took_ms: float) -> shapes.SearchMeta:
    """Return what an answer says about itself: order, money, and the age of its data."""
    return shapes.SearchMeta(
        ranking=page.ranking,
        funding=page.funding,
        generation=page.generation,
        took_ms=round(took_ms, 2),
        order=page.order,
        paid_count=page.paid_count,
        remarks=page.remarks,
        editions=tuple(
            shapes.Edition(
                source=edition.source,
                title=edition.title,
                edition=edition.edition,
                retrieved_on=edition.retrieved_on,
                programs=edition.programs,
            )
            for edition in page.editions
        ),
    )


def _feature(row: Row, fields: tuple[str, ...]) -> bytes:
    listing = row.card.listing
    properties = rows_json((labelled(row),), fields)
    if listing.lat is None or listing.lon is None or not may_be_handed_on(listing):
        geometry = b"null"
    else:
        geometry = b'{"type":"Point","coordinates":[%b,%b]}' % (encode(listing.lon), encode(listing.lat))
    return b'{"type":"Feature","id":%b,"geometry":%b,"properties":%b}' % (encode(listing.id), geometry, properties)


def labelled(row: Row) -> Row:
    """Return a row whose name begins with its labels where it bears any: for clients that show the name alone."""
    if not row.card.disclosure.marks(row.card.lang):
        return row
    return replace(row, card=_labelled_card(row.card))


@lru_cache(500)
def _labelled_card(card: Card) -> Card:
    name = labelled_name(card.disclosure, card.listing.name, card.lang)
    return replace(card, listing=msgspec.structs.replace(card.listing, name=name))
