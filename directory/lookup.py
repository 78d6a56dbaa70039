"""The one lookup behind site, API, widget, helpline and command line.

A search goes: understand the words, take their parts, plan a request, ask the engine, which knows nothing of money, and only
then attach disclosures, notices and freshness. Every channel renders the same page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from directory.beyond import plan_groups
from directory.disclosure import (
    RANKING_STATEMENT,
    Language,
    order_statement,
    paid_count_statement,
    site_statements,
    unknown_left_out_statement,
)
from directory.errors import ListingMoved, ListingNotFound
from directory.extras import extras_of
from directory.listing_pages import listing_page
from directory.page import Choice, Extras, Group, ListingPage, ResultPage, StateCoverage, Status, Suggestion
from directory.planning import leading_kind, parts_of, plan
from directory.query import SearchQuery
from directory.readings import Read, Reader
from directory.remarks import corrections_of, remarks_of
from directory.rows import RowMaker
from directory.sentences import understood_sentence
from directory.settings import Settings
from directory.snapshot import Snapshot, Snapshots
from directory.store import Store
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Kind, ListingId
from index.request import SearchRequest, Selection, centre_of
from index.results import Results


@dataclass(frozen=True, slots=True)
class Found:
    """A search carried out: what was read, the parts, the request as asked of the engine, and its answer."""

    snapshot: Snapshot
    read: Read
    parts: SearchQuery
    request: SearchRequest
    results: Results


class Lookup:
    """Answers searches and listing pages from one engine and one store."""

    def __init__(self, engine: Engine, store: Store, vocabulary: Vocabulary, places: Gazetteer, settings: Settings) -> None:
        self.engine, self.store, self.vocabulary, self.places, self.settings = engine, store, vocabulary, places, settings
        self._reader = Reader(engine, vocabulary, places)
        self._snapshots = Snapshots(engine, vocabulary, store.disclosure_version, store.disclosure_records, store.withdrawn_ids)

    def search(self, query: SearchQuery, *, now: datetime) -> ResultPage:
        """Return the page that answers a query.

        Raises InvalidRequest, UnknownPlace, PageNotFound, EngineUnavailable or StoreUnavailable.
        """
        snapshot = self._snapshots.now(now.date())
        read = self._reader.read(query)
        parts = parts_of(query, read.understanding, snapshot.known)
        found = self._find(snapshot, read, parts, now.date())
        return self._page(query, found)

    def _find(self, snapshot: Snapshot, read: Read, parts: SearchQuery, today: date) -> Found:
        words = plain_terms(parts.name or parts.text)
        request = plan(parts, read.place, words, snapshot.known, today)
        request = self._with_ids(request, snapshot, read, parts)
        results = _NOWHERE if read.near_me_unanswered(parts) else self.engine.search(request)
        return Found(snapshot, read, parts, request, results)

    def _with_ids(self, request: SearchRequest, snapshot: Snapshot, read: Read, parts: SearchQuery) -> SearchRequest:
        """Turn payment and withdrawal into plain sets of ids: all that the engine may learn of either."""
        payers = frozenset(snapshot.records.payers)
        without = snapshot.withdrawn | ((payers | snapshot.unconfirmed) if parts.unpaid_only else frozenset())
        tallies = {"paid": payers} if payers and not parts.unpaid_only else {}
        phone = read.understanding.phone
        only = frozenset(self.engine.ids_by_phone(f"+1{phone}")) if phone else None
        return replace(request, without_ids=without, tallies=tallies, only_ids=only)

    def _page(self, query: SearchQuery, found: Found) -> ResultPage:
        snapshot, read, parts, results = found.snapshot, found.read, found.parts, found.results
        lang = query.lang
        rows = RowMaker(snapshot, parts, found.request, read.place)
        return ResultPage(
            query=query,
            parts=parts,
            lang=lang,
            understanding=read.understanding,
            understood=read.as_json(lang, self.vocabulary),
            sentence=understood_sentence(parts, _groups(found.request), leading_kind(parts), read.place, self.vocabulary),
            place=read.place,
            place_alternatives=self._alternatives(read, parts),
            radius_miles=getattr(found.request.area, "radius_miles", None),
            notices=read.notices(lang),
            total=results.total,
            page=results.page,
            pages=results.pages,
            per_page=results.per_page,
            rows=rows.rows(results),
            beyond=self._beyond(found, rows) if results.page == 1 else (),
            facets=results.facets,
            states=results.states or {},
            kinds=results.kinds or {},
            corrections=corrections_of(query, read.understanding),
            remarks=(*remarks_of(query, parts, read, snapshot.known), *self._left_out(found)),
            order=order_statement(
                found.request.sort,
                has_centre=centre_of(found.request.area) is not None,
                has_words=bool(found.request.words),
                lang=lang,
            ),
            paid_count=paid_count_statement((results.tallies or {}).get("paid", 0), results.total, lang),
            funding=site_statements(self.settings.operator, lang),
            ranking=RANKING_STATEMENT[lang],
            editions=snapshot.info.editions,
            generation=snapshot.info.name,
            near_me_unanswered=read.near_me_unanswered(parts),
        )

    def _alternatives(self, read: Read, parts: SearchQuery) -> tuple[Choice, ...]:
        return tuple(Choice(place.label, replace(parts, near=place.label, page=1).url(), place) for place in read.alternatives)

    def _beyond(self, found: Found, rows: RowMaker) -> tuple[Group, ...]:
        plans = plan_groups(found.parts, found.request, found.read.place, found.results.total, found.snapshot.known)
        groups = []
        for group in plans:
            results = self.engine.search(group.request)
            if results.total:
                url = group.parts.url() if group.parts else ""
                label = group.label(found.parts.lang)
                groups.append(Group(group.id, label, results.total, rows.for_request(group.request).rows(results), url))
        return tuple(groups)

    def _left_out(self, found: Found) -> tuple[str, ...]:
        """Say how many listings of unconfirmed status `unpaid_only` left out."""
        if not found.parts.unpaid_only or not found.snapshot.unconfirmed:
            return ()
        asked = replace(found.request, only_ids=found.snapshot.unconfirmed, without_ids=found.snapshot.withdrawn, page=1)
        return (unknown_left_out_statement(self.engine.count(asked), found.parts.lang),)

    def extras(self, page: ResultPage, *, now: datetime) -> Extras:
        """Return what only a page for people needs: filters as links, chips and widenings, each with the count it would show."""
        snapshot = self._snapshots.now(now.date())

        def total_of(parts: SearchQuery) -> int:
            read = self._reader.read(parts)
            request = plan(parts, read.place, plain_terms(parts.name or parts.text), snapshot.known, now.date())
            return self.engine.count(self._with_ids(replace(request, page=1), snapshot, read, parts))

        return extras_of(page, snapshot, total_of)

    def needs_private_answer(self, page: ResultPage) -> bool:
        """Tell whether the shareable address would lose a notice that the words fired: then no address may stand for it."""
        kept = {notice.id for notice in self._reader.read(page.parts).notices(page.lang)}
        return not {notice.id for notice in page.notices} <= kept

    def listing(self, listing_id: str, lang: Language, *, today: date) -> ListingPage:
        """Return a listing's page. Raises ListingMoved for a merged id, ListingNotFound for any other unknown one."""
        snapshot = self._snapshots.now(today)
        known = ListingId(listing_id)
        listing = self.engine.get([known]).get(known)
        if listing is None or known in snapshot.withdrawn:
            target = self.store.redirect_of(known)
            raise ListingMoved(listing_id, target) if target else ListingNotFound(listing_id)
        return listing_page(listing, snapshot, self.settings.operator, lang)

    def suggest(self, text: str, lang: Language, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return completions of what is being typed: concepts, places and names that the loaded data can answer."""
        return self._reader.suggest(text, lang, limit)

    def understand(self, text: str, lang: Language) -> Mapping[str, object]:
        """Return how a text is read, as the API shows it."""
        return self._reader.read(SearchQuery(text=text, lang=lang)).as_json(lang, self.vocabulary)

    def coverage(self) -> tuple[StateCoverage, ...]:
        """Return how many listings of each kind each of the 56 jurisdictions has, by name of the jurisdiction."""
        by_state = self.engine.info().kinds_by_state
        return tuple(
            StateCoverage(state.code, state.name, *(by_state.get(state.code, {}).get(kind, 0) for kind in Kind))
            for state in sorted(self.places.states(), key=lambda state: state.name)
        )

    def status(self) -> Status:
        """Return what is served now."""
        return Status(self.engine.info(), self.store.disclosure_version(), self.settings.operator.is_named)

    def etag(self, lang: Language, today: date) -> str:
        """Return what a body that holds listings depends on besides its address."""
        return f"{self.engine.info().name}-{self.store.disclosure_version()}-{today.isoformat()}-{lang}"


_NOWHERE = Results(total=0, page=1, per_page=20, hits=())


def _groups(request: SearchRequest) -> Sequence[Sequence[str]]:
    return [selection.any_of for selection in request.selections if isinstance(selection, Selection)]
