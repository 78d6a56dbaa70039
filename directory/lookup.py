"""The one lookup behind site, API, widget, helpline and command line.

A search goes: understand the words, take their parts, plan a request, ask the engine, which knows nothing of money, and only
then attach disclosures, notices and freshness. Every channel renders the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Final

from directory.answers.advertising import advertisement_rows, may_advertise
from directory.answers.beyond import GroupPlan, plan_groups, plan_lines
from directory.answers.extras import extras_of
from directory.answers.kept_here import kept_here_statement
from directory.answers.listing_pages import listing_page
from directory.answers.readings import Read, Reader
from directory.answers.remarks import corrections_of, remarks_of
from directory.answers.rows import RowMaker
from directory.answers.snapshot import Snapshot, Snapshots
from directory.asking.faith import FAITH, FaithNames
from directory.asking.list_ages import OldLists, left_out_statement
from directory.asking.planning import LINES_GROUP, leading_kind, parts_of, plan, timed
from directory.asking.query import SearchQuery
from directory.asking.sentences import NOT_SEARCHED, understood_sentence
from directory.disclosure import (
    RANKING_STATEMENT,
    Language,
    order_statement,
    paid_count_statement,
    unknown_left_out_statement,
)
from directory.errors import ListingMoved, ListingNotFound, StoreUnavailable
from directory.page import Choice, Corrected, Extras, Group, ListingPage, ResultPage, Row, StateCoverage, Status, Suggestion
from directory.safety import Notice
from directory.settings import Settings
from directory.store import Store, open_store
from directory.store.facts import DisclosureRecords
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.engine.whoosh_engine import WhooshEngine
from index.errors import EngineUnavailable, PageNotFound
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Kind, ListingId
from index.request import SearchRequest, centre_of
from index.results import Results

PAYERS: Final = "payers"


@dataclass(frozen=True, slots=True)
class Prepared:
    """All of an answer that needs no search: what was read, the parts, the request, and what is said of them.

    `answered` is false where the engine is not asked: for words that say nothing, and "near me" without a position.
    """

    read: Read
    parts: SearchQuery
    request: SearchRequest
    rows: RowMaker
    answered: bool
    sentence: str
    understood: Mapping[str, object]
    alternatives: tuple[Choice, ...]
    corrections: tuple[Corrected, ...]
    remarks: tuple[str, ...]
    order: str


@dataclass(frozen=True, slots=True)
class Found:
    """A search carried out in one snapshot."""

    snapshot: Snapshot
    prepared: Prepared
    results: Results


class Lookup:
    """Answers searches and listing pages from one engine and one store."""

    def __init__(self, engine: Engine, store: Store, vocabulary: Vocabulary, places: Gazetteer, settings: Settings) -> None:
        self.engine, self.store, self.vocabulary, self.places, self.settings = engine, store, vocabulary, places, settings
        self._reader = Reader(engine, vocabulary, places)
        self._old_lists = OldLists(engine)
        self._faith_names = FaithNames(engine)
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
        return self._page(query, found, now.date())

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
            return Found(snapshot, prepared, self.engine.search(prepared.request))
        return Found(snapshot, prepared, _nothing(prepared.request, snapshot))

    def _timed(self, request: SearchRequest, parts: SearchQuery, snapshot: Snapshot, now: datetime) -> SearchRequest:
        """Return the request as it is at this moment; nobody is sent out tonight by a list that is over a year old."""
        at_this_moment = timed(request, parts, snapshot.info.time_zones, now)
        return self._old_lists.without(at_this_moment, (*parts.offers, *parts.prefer), now.date())

    def _prepare(self, query: SearchQuery, snapshot: Snapshot, today: date) -> Prepared:
        read = self._reader.read(query, snapshot.unsaid) if query.leaves_here else self._reader.read(query)
        parts = parts_of(query, read.understanding, read.near, snapshot.known)
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
            alternatives=self._alternatives(read, parts),
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

    def _page(self, query: SearchQuery, found: Found, today: date) -> ResultPage:
        snapshot, prepared, results = found.snapshot, found.prepared, found.results
        lang, read, parts, request = query.lang, prepared.read, prepared.parts, prepared.request
        return ResultPage(
            query=query,
            parts=parts,
            lang=lang,
            understanding=read.understanding,
            understood=prepared.understood,
            sentence=prepared.sentence,
            place=read.place,
            place_alternatives=prepared.alternatives,
            radius_miles=getattr(request.area, "radius_miles", None),
            notices=read.fired,
            total=results.total,
            page=results.page,
            pages=results.pages,
            per_page=results.per_page,
            rows=prepared.rows.rows(results),
            beyond=snapshot.beyond.get((parts, request.windows), lambda: self._beyond(found)) if results.page == 1 else (),
            facets=results.facets,
            states=results.states or {},
            kinds=results.kinds or {},
            corrections=prepared.corrections,
            remarks=(*prepared.remarks, *self._left_out(found), *self._too_old(found, today), *self._kept_here(found)),
            order=prepared.order,
            paid_count=_paid_count(results, leading_kind(parts), lang),
            funding=snapshot.funding[lang],
            ranking=RANKING_STATEMENT[lang],
            editions=snapshot.info.editions,
            generation=snapshot.info.name,
            near_me_unanswered=read.near_me_unanswered(parts),
            advertisements=self._advertisements(found, prepared.rows, today),
        )

    def _advertisements(self, found: Found, rows: RowMaker, today: date) -> tuple[Row, ...]:
        """Return the block that stands after the results, where the operator and the search allow one."""
        prepared = found.prepared
        if self.settings.advertising and prepared.answered and may_advertise(prepared.read, prepared.parts, prepared.request):
            return advertisement_rows(self.engine, rows, today)
        return ()

    def _alternatives(self, read: Read, parts: SearchQuery) -> tuple[Choice, ...]:
        return tuple(Choice(place.label, replace(parts, near=place.label, page=1).url(), place) for place in read.alternatives)

    def _beyond(self, found: Found) -> tuple[Group, ...]:
        parts, request, state = found.prepared.parts, found.prepared.request, found.prepared.read.state
        if found.prepared.answered:
            plans = plan_groups(parts, request, state, found.results.total, found.snapshot.known)
        else:
            plans = tuple(plan_lines(parts, request, state))
        groups = (self._group(group, found.snapshot, found.prepared.rows) for group in plans)
        return tuple(group for group in groups if group is not None)

    def _group(self, group: GroupPlan, snapshot: Snapshot, rows: RowMaker) -> Group | None:
        if not group.shared:
            return self._searched_group(group, rows)
        lines = group.request
        key = (group.id, lines.area, lines.prefer, lines.without_ids, rows.parts.lang)
        return snapshot.groups.get(key, lambda: self._searched_group(group, rows))

    def _searched_group(self, group: GroupPlan, rows: RowMaker) -> Group | None:
        results = self.engine.search(group.request)
        if not results.total:
            return None
        url = group.parts.url() if group.parts else ""
        return Group(group.id, group.label(rows.parts.lang), results.total, rows.for_request(group.request).rows(results), url)

    def _left_out(self, found: Found) -> tuple[str, ...]:
        """Say how many listings of unconfirmed status `unpaid_only` left out."""
        prepared, unpaid_only = found.prepared, found.prepared.parts.unpaid_only
        unconfirmed = found.snapshot.unconfirmed if unpaid_only and prepared.answered else frozenset()
        if not unconfirmed:
            return ()
        only = unconfirmed if prepared.request.only_ids is None else unconfirmed & prepared.request.only_ids
        asked = replace(prepared.request, only_ids=only, without_ids=found.snapshot.withdrawn, page=1)
        return (unknown_left_out_statement(self.engine.count(asked), prepared.parts.lang),)

    def _too_old(self, found: Found, today: date) -> tuple[str, ...]:
        """Say how many meetings are left out because their list is over a year old."""
        left_out = self._old_lists.left_out(found.prepared.request, found.snapshot.withdrawn, today)
        return (left_out_statement(left_out, found.prepared.parts.lang),) if left_out else ()

    def _kept_here(self, found: Found) -> tuple[str, ...]:
        """Say how many listings of the state that was asked for no other program gets."""
        state, parts = found.prepared.read.state, found.prepared.parts
        held = tuple(found.snapshot.kept_here.values()).count(state) if parts.leaves_here and state else 0
        return (kept_here_statement(held, state, parts.lang),) if held else ()

    def extras(self, page: ResultPage, *, now: datetime, whole: str = "") -> Extras:
        """Return what only a page for people needs: filters as links, chips and widenings, each with the count it would show.

        A filter group has its ten most frequent options; `whole` names one that has all.
        """
        snapshot = self._snapshots.now(now.date())
        if page.generation != snapshot.info.name:
            return self._extras(page, snapshot, now, whole)
        key = (page.parts, whole, now.replace(second=0, microsecond=0) if page.understanding.time else None)
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

        Any program can ask for them, so they say no name that may not be handed on.
        """
        return self._reader.suggest(text, lang, limit, self._snapshots.now(today).unsaid)

    def understand(self, text: str, lang: Language, *, today: date) -> Mapping[str, object]:
        """Return how a text is read, as the API shows it: no name that may not be handed on is known to it."""
        query = SearchQuery(text=text, lang=lang, leaves_here=True)
        return self._reader.read(query, self._snapshots.now(today).unsaid).as_json(self.vocabulary)

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


def _paid_count(results: Results, kinds: frozenset[Kind], lang: Language) -> str:
    payers = (results.tallies or {}).get(PAYERS, 0)
    return paid_count_statement(payers, results.total, lang, lines=kinds == {Kind.HELPLINE})


def _nothing(request: SearchRequest, snapshot: Snapshot) -> Results:
    """Return the answer to a search that asks for nothing. Raises PageNotFound past its only page."""
    if request.page > 1:
        raise PageNotFound(request.page, 1)
    return Results(total=0, page=1, per_page=request.per_page, hits=(), generation=snapshot.info.name)


def _ids(notices: Iterable[Notice]) -> frozenset[str]:
    return frozenset(notice.id for notice in notices)


def _groups(request: SearchRequest) -> Sequence[Sequence[str]]:
    return [selection.any_of for selection in request.selections if selection.group != LINES_GROUP]
