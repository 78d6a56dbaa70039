"""The page of a search that was carried out: its rows, the groups beyond them, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from directory.answers.advertising import advertisement_rows, may_advertise
from directory.answers.beyond import GroupPlan, plan_groups, plan_lines
from directory.answers.kept_here import kept_here_statement
from directory.answers.readings import Read
from directory.answers.rows import RowMaker
from directory.answers.snapshot import Snapshot
from directory.asking.list_ages import OldLists, left_out_statement
from directory.asking.planning import leading_kind
from directory.asking.query import SearchQuery
from directory.disclosure import RANKING_STATEMENT, Language, paid_count_statement, unknown_left_out_statement
from directory.page import Choice, Corrected, Group, ResultPage, Row
from index.engine.protocol import Engine
from index.listing import Kind
from index.request import SearchRequest
from index.results import Results

PAYERS: Final = "payers"  # the tally of listings whose payment is told; the engine knows only its ids


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
    other_places: tuple[Choice, ...]
    corrections: tuple[Corrected, ...]
    remarks: tuple[str, ...]
    order: str


@dataclass(frozen=True, slots=True)
class Found:
    """A search carried out in one snapshot."""

    snapshot: Snapshot
    prepared: Prepared
    results: Results


class PageMaker:
    """Makes pages of searches that were carried out."""

    def __init__(self, engine: Engine, old_lists: OldLists, *, advertises: bool) -> None:
        self._engine, self._old_lists, self._advertises = engine, old_lists, advertises

    def page(self, query: SearchQuery, found: Found, today: date) -> ResultPage:
        """Return the page that answers a query."""
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
            other_places=prepared.other_places,
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
            searched=prepared.answered,
            advertisements=self._advertisements(found, prepared.rows, today),
        )

    def _advertisements(self, found: Found, rows: RowMaker, today: date) -> tuple[Row, ...]:
        """Return the block that stands after the results, where the operator and the search allow one."""
        prepared = found.prepared
        if self._advertises and prepared.answered and may_advertise(prepared.read, prepared.parts, prepared.request):
            return advertisement_rows(self._engine, rows, today)
        return ()

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
        results = self._engine.search(group.request)
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
        return (unknown_left_out_statement(self._engine.count(asked), prepared.parts.lang),)

    def _too_old(self, found: Found, today: date) -> tuple[str, ...]:
        """Say how many meetings are left out because their list is over a year old."""
        left_out = self._old_lists.left_out(found.prepared.request, found.snapshot.withdrawn, today)
        return (left_out_statement(left_out, found.prepared.parts.lang),) if left_out else ()

    def _kept_here(self, found: Found) -> tuple[str, ...]:
        """Say how many listings of the state that was asked for no other program gets."""
        state, parts = found.prepared.read.state, found.prepared.parts
        held = tuple(found.snapshot.kept_here.values()).count(state) if parts.leaves_here and state else 0
        return (kept_here_statement(held, state, parts.lang),) if held else ()


def _paid_count(results: Results, kinds: frozenset[Kind], lang: Language) -> str:
    payers = (results.tallies or {}).get(PAYERS, 0)
    return paid_count_statement(payers, results.total, lang, lines=kinds == {Kind.HELPLINE})
