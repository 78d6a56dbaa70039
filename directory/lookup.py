"""The one lookup behind site, API, widget, helpline and command line.

A search goes: understand the words, take their parts, plan a request, ask the engine, which knows nothing of money, and only
then attach disclosures, notices and freshness. Every channel renders the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from hashlib import blake2b

from directory.answers.extras import extras_of
from directory.answers.listing_pages import listing_page
from directory.answers.readings import Read, Reader
from directory.answers.remarks import corrections_of, remarks_of
from directory.answers.result_pages import PAYERS, Found, PageMaker, Prepared
from directory.answers.rows import RowMaker
from directory.answers.snapshot import Snapshot, Snapshots
from directory.asking.faith import FAITH, FaithNames
from directory.asking.left_places import LeftOutPlaces
from directory.asking.list_ages import OldLists
from directory.asking.planning import LINES_GROUP, OF_THE_STATE, leading_kind, parts_of, plan, timed
from directory.asking.query import SearchQuery
from directory.asking.sentences import NOT_SEARCHED, understood_sentence
from directory.asking.times import asks_for_a_time
from directory.disclosure import (
    Language,
    order_statement,
)
from directory.errors import ListingMoved, ListingNotFound, StoreUnavailable
from directory.page import Choice, Extras, ListingPage, ResultPage, StateCoverage, Status, Suggestion
from directory.safety import Notice
from directory.settings import Settings
from directory.store import Store, open_store
from directory.store.facts import DisclosureRecords
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.engine.whoosh_engine import WhooshEngine
from index.errors import EngineUnavailable, PageNotFound
from index.geo.places import Gazetteer, Place
from index.language.vocabulary import Vocabulary
from index.listing import Kind, ListingId
from index.request import SearchRequest, centre_of
from index.results import Results


class Lookup:
    """Answers searches and listing pages from one engine and one store."""

    def __init__(self, engine: Engine, store: Store, vocabulary: Vocabulary, places: Gazetteer, settings: Settings) -> None:
        self.engine, self.store, self.vocabulary, self.places, self.settings = engine, store, vocabulary, places, settings
        self._reader = Reader(engine, vocabulary, places)
        self._old_lists = OldLists(engine)
        self._pages = PageMaker(engine, self._old_lists, advertises=settings.advertising)
        self._faith_names = FaithNames(engine)
        self._left_towns = LeftOutPlaces(engine, places)
        self._settings_mark = _settings_mark(settings)
        self._snapshots = Snapshots(
            engine,
            vocabulary,
            store.disclosure_version,
            store.disclosure_records,
            store.withdrawn_ids,
            settings.operator,
            store.kept_back_sources,
        )

    def warm_up(self, now: datetime) -> None:
        """Make what is made once, so that no visitor waits for it: phrase tables, near names, the snapshot of now.

        A copy without data yet is none the worse: its first answer will say that nothing can be read.
        """
        with suppress(EngineUnavailable, StoreUnavailable):
            self.search(SearchQuery(text="detox near colombus ohio that takes medicade"), now=now)

    def search(self, query: SearchQuery, *, now: datetime) -> ResultPage:
        """Return the page that answers a query.

        Raises InvalidRequest, UnknownPlace, PageNotFound, EngineUnavailable or StoreUnavailable.
        """
        found = self._found(query, now)
        if found.results.generation != found.snapshot.info.name:
            found = self._found(query, now)  # a new generation came in between: everything from that one
        return self._pages.page(query, found, now.date())

    def request_now(self, query: SearchQuery, *, now: datetime) -> SearchRequest | None:
        """Return what the engine is asked for a query at this moment; None where it is not asked at all.

        Raises what `search` raises.
        """
        snapshot = self._snapshots.now(now.date())
        prepared = snapshot.prepared.get(query, lambda: self._prepare(query, snapshot, now.date()))
        return self._timed(prepared.request, prepared.parts, snapshot, now) if prepared.answered else None

    def _found(self, query: SearchQuery, now: datetime) -> Found:
        snapshot = self._snapshots.now(now.date())
        prepared = snapshot.prepared.get(query, lambda: self._prepare(query, snapshot, now.date()))
        request = self._timed(prepared.request, prepared.parts, snapshot, now)
        if request is not prepared.request:
            order = _order(request, query.lang)
            prepared = replace(prepared, request=request, rows=prepared.rows.for_request(request), order=order)
        if prepared.answered:
            return self._carried_out(snapshot, prepared)
        return Found(snapshot, prepared, _nothing(prepared.request, snapshot))

    def _carried_out(self, snapshot: Snapshot, prepared: Prepared) -> Found:
        """Return what the engine finds; where a state has no line of its own, the lines of the nation are the answer."""
        results = self.engine.search(prepared.request)
        if results.total or prepared.request.reaches != OF_THE_STATE:
            return Found(snapshot, prepared, results)
        request = replace(prepared.request, reaches=frozenset())
        return Found(snapshot, replace(prepared, request=request), self.engine.search(request))

    def _timed(self, request: SearchRequest, parts: SearchQuery, snapshot: Snapshot, now: datetime) -> SearchRequest:
        """Return the request as it is at this moment; nobody is sent out tonight by a list that is over a year old."""
        at_this_moment = timed(request, parts, snapshot.info.time_zones, now)
        return self._old_lists.without(at_this_moment, (*parts.offers, *parts.prefer), now.date())

    def _prepare(self, query: SearchQuery, snapshot: Snapshot, today: date) -> Prepared:
        read = self._reader.read(query, snapshot.unsaid) if query.leaves_here else self._reader.read(query)
        parts = parts_of(query, read.understanding, read.near, snapshot.known)
        if read.name_words:
            parts = replace(parts, name=read.name_words)
        if read.states:
            parts = replace(parts, near="", states=tuple(one.state for one in read.states))
        request = self._request(snapshot, read, parts, today)
        answered = not (read.says_nothing or read.near_me_unanswered(parts))
        sentence = understood_sentence(parts, _groups(request), leading_kind(parts), read.place, self.vocabulary)
        return Prepared(
            read=read,
            parts=parts,
            request=request,
            rows=RowMaker(snapshot, parts, request, read.place),
            answered=answered,
            sentence=sentence if answered else NOT_SEARCHED[query.lang],
            understood=read.as_json(self.vocabulary),
            alternatives=_choices(read.alternatives, parts),
            other_places=_choices(read.others, parts),
            corrections=corrections_of(read),
            remarks=remarks_of(parts, read, snapshot.known),
            order=_order(request, query.lang),
        )

    def _request(self, snapshot: Snapshot, read: Read, parts: SearchQuery, today: date) -> SearchRequest:
        words = () if read.number_ids is not None else plain_terms(parts.name or parts.text)
        return self._with_ids(plan(parts, read.place, words, snapshot.known, today), snapshot, read, parts)

    def _with_ids(self, request: SearchRequest, snapshot: Snapshot, read: Read, parts: SearchQuery) -> SearchRequest:
        """Turn payment, withdrawal, phone numbers and named listings into plain sets of ids: all that the engine learns."""
        without = snapshot.withdrawn
        if parts.leaves_here:
            without |= frozenset(snapshot.kept_here)
        if FAITH in parts.leave_out:
            without |= self._faith_names.ids(snapshot.info.name)
        if parts.not_near:
            without |= self._left_towns.ids(snapshot.info.name, parts.not_near)
        if parts.unpaid_only:
            without |= snapshot.payers | snapshot.unconfirmed
        tallies = {PAYERS: snapshot.payers} if snapshot.payers else {}
        only = read.number_ids
        if parts.only:
            chosen = snapshot.chosen.get(parts.only, lambda: self._still_there(parts.only))
            only = chosen if only is None else chosen & only
        return replace(request, without_ids=without, tallies=tallies, only_ids=only)

    def _still_there(self, named: Sequence[ListingId]) -> frozenset[ListingId]:
        """Return the ids of listings that somebody named once; one merged since then stands for the one that it became."""
        known = self.engine.get(named)
        return frozenset(known) | {self.store.redirect_of(one) or one for one in named if one not in known}

    def extras(self, page: ResultPage, *, now: datetime, whole: str = "") -> Extras:
        """Return what only a page for people needs: filters as links, chips and widenings, each with the count it would show.

        A filter group has its ten most frequent options; `whole` names one that has all.
        """
        snapshot = self._snapshots.now(now.date())
        if page.generation != snapshot.info.name:
            return self._extras(page, snapshot, now, whole)
        times = asks_for_a_time((*page.parts.offers, *page.parts.prefer))
        key = (page.parts, whole, now.replace(second=0, microsecond=0) if times else None)
        return snapshot.extras.get(key, lambda: self._extras(page, snapshot, now, whole))

    def _extras(self, page: ResultPage, snapshot: Snapshot, now: datetime, whole: str) -> Extras:
        def total_of(parts: SearchQuery) -> int:
            request = self._request(snapshot, self._reader.read(parts), parts, now.date())
            return self.engine.count(replace(self._timed(request, parts, snapshot, now), page=1))

        return extras_of(page, snapshot, total_of, whole)

    def needs_private_answer(self, page: ResultPage) -> bool:
        """Tell whether no address may stand for the page: it would tell of danger, hold words that name no listing, or lose a
        notice.
        """
        read, kept, literal = self._reader.read(page.query), self._reader.read(page.parts), page.parts.text
        unnamed = bool(literal) and not self.engine.match_name(plain_terms(literal))
        unnamed |= bool(page.parts.name) and not page.total and read.understanding.name is None
        return read.has_danger or unnamed or not _ids(read.fired) <= _ids(kept.fired)

    def listing(self, listing_id: str, lang: Language, *, today: date, leaves_here: bool = False) -> ListingPage:
        """Return a listing's page; one that `leaves_here` has no neighbours that may not be handed on.

        Raises ListingMoved for a merged id, ListingNotFound for any other unknown one.
        """
        snapshot = self._snapshots.now(today)
        known = ListingId(listing_id)
        listing = self.engine.get([known]).get(known)
        if listing is None or known in snapshot.withdrawn:
            target = self.store.redirect_of(known)
            raise ListingMoved(listing_id, target) if target else ListingNotFound(listing_id)
        return listing_page(listing, snapshot, lang, leaves_here=leaves_here)

    def suggest(self, text: str, lang: Language, limit: int = 8, *, today: date) -> tuple[Suggestion, ...]:
        """Return completions of what is being typed: concepts, places and names that the loaded data can answer.

        Any program can ask for them, so they say no name that may not be handed on. `id` is what a name would ask; the label of
        who pays stands before it in `text`, or in `detail` where only some of its bearers pay.
        """
        snapshot = self._snapshots.now(today)
        found = self._reader.suggest(text, lang, limit, snapshot.unsaid)
        return tuple(snapshot.labelled(one, lang) if one.kind == "name" else one for one in found)

    def understand(self, text: str, lang: Language, *, today: date) -> Mapping[str, object]:
        """Return how a text is read, as the API shows it: no name that may not be handed on is known to it."""
        query = SearchQuery(text=text, lang=lang, leaves_here=True)
        read = self._reader.read(query, self._snapshots.now(today).unsaid)
        return read.with_first_state().as_json(self.vocabulary)

    def coverage(self) -> tuple[StateCoverage, ...]:
        """Return how many listings of each kind each of the 56 jurisdictions has, by name of the jurisdiction."""
        by_state = self.engine.info().kinds_by_state
        return tuple(
            StateCoverage(state.code, state.name, *(by_state.get(state.code, {}).get(kind, 0) for kind in Kind))
            for state in sorted(self.places.states(), key=lambda state: state.name)
        )

    def records(self, today: date) -> DisclosureRecords:
        """Return what is disclosed now, as every answer of this moment does. Raises EngineUnavailable, StoreUnavailable."""
        return self._snapshots.now(today).records

    def funding(self, lang: Language, *, today: date) -> tuple[str, ...]:
        """Return who runs and funds this copy and who pays it now. Raises EngineUnavailable or StoreUnavailable."""
        return self._snapshots.now(today).funding[lang]

    def status(self) -> Status:
        """Return what is served now."""
        return Status(self.engine.info(), self.store.disclosure_version(), self.settings.operator.is_named)

    def etag(self, lang: Language, today: date) -> str:
        """Return what a body that holds listings depends on besides its address."""
        parts = (self.engine.info().name, str(self.store.disclosure_version()), today.isoformat(), lang, self._settings_mark)
        return "-".join(parts)


def open_lookup(settings: Settings, store: Store | None = None, engine: Engine | None = None) -> Lookup:
    """Return the lookup of a copy, over its own store and engine unless others are given; nothing is read yet."""
    return Lookup(
        engine or WhooshEngine(settings.index_root),
        store or open_store(settings),
        Vocabulary.load(),
        Gazetteer.load(),
        settings,
    )


def _settings_mark(settings: Settings) -> str:
    """Return a mark that moves with the statements that settings make, so that no cached page tells of a former owner."""
    told = (settings.operator, settings.advertising, settings.public_url)
    return blake2b(repr(told).encode(), digest_size=4).hexdigest()


def _order(request: SearchRequest, lang: Language) -> str:
    has_centre = centre_of(request.area) is not None
    return order_statement(request.sort, has_centre=has_centre, has_words=bool(request.words), lang=lang)


def _choices(places: Iterable[Place], parts: SearchQuery) -> tuple[Choice, ...]:
    return tuple(Choice(place.label, replace(parts, near=place.label, page=1).url(), place) for place in places)


def _nothing(request: SearchRequest, snapshot: Snapshot) -> Results:
    """Return the answer to a search that asks for nothing. Raises PageNotFound past its only page."""
    if request.page > 1:
        raise PageNotFound(request.page, 1)
    return Results(total=0, page=1, per_page=request.per_page, hits=(), generation=snapshot.info.name)


def _ids(notices: Iterable[Notice]) -> frozenset[str]:
    return frozenset(notice.id for notice in notices)


def _groups(request: SearchRequest) -> Sequence[Sequence[str]]:
    return [selection.any_of for selection in request.selections if selection.group != LINES_GROUP]
