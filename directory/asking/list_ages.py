"""How old a list of meetings is, and what follows from it.

After 90 days a page says that the list may have changed. After a year nobody is sent to one of its meetings tonight: such
meetings are left out of searches for the next hours, counted, and found without the time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from directory.disclosure import Language, Words, plain_date
from index.engine.protocol import Engine
from index.listing import Kind, Listing, ListingId, SourceRef
from index.request import MAX_PER_PAGE, SearchRequest

MAY_HAVE_CHANGED: Final = timedelta(days=90)
LEAVES_TONIGHT: Final = timedelta(days=365)
# Words of time that send somebody out of the door today; a weekday can be checked with the group before it comes.
AT_ONCE: Final = frozenset({"sched.now", "sched.today", "sched.tonight"})
LIST_OF: Final = "Meeting list of "  # how sources without a title of their own are named
_UNDATED: Final[Words] = {
    "en": "This list has no date. It may be years old, and the meeting may be gone.",
    "es": "Esta lista no tiene fecha. Puede ser de hace años, y la reunión puede ya no existir.",
}
_OVER_A_YEAR: Final[Words] = {
    "en": "This list is over a year old, of {day}. The meeting may be gone.",
    "es": "Esta lista tiene más de un año: es del {day}. La reunión puede ya no existir.",
}
_AGING: Final[Words] = {
    "en": "This list is of {day} and may have changed.",
    "es": "Esta lista es del {day} y puede haber cambiado.",
}
_CHECK: Final[Words] = {"en": "Check with {entity} before you go.", "es": "Antes de ir, pregunte a {entity}."}
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def day_of(source: SourceRef) -> date | None:
    """Return the day that a list is of: its edition's, else when it was fetched; None when nobody says.

    An edition that is a month or a year stands for its last day: it is at least as old as that.

    >>> day_of(SourceRef(name="list", title="List", key="1", edition="2024"))
    datetime.date(2024, 12, 31)
    """
    return _edition_day(source.edition) or source.retrieved_on


def _edition_day(edition: str) -> date | None:
    found = _DAY.fullmatch(edition)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 12, day or 1)
        return first if day else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None


def may_have_changed(source: SourceRef, today: date) -> bool:
    """Tell whether a list is over 90 days old, or of any age."""
    day = day_of(source)
    return day is None or today - day > MAY_HAVE_CHANGED


def age_warning(source: SourceRef, today: date, lang: Language) -> str:
    """Return what the age of a list of meetings means to somebody who wants to go; "" up to 90 days."""
    if not may_have_changed(source, today):
        return ""
    day = day_of(source)
    if day is None:
        return _UNDATED[lang]
    words = _OVER_A_YEAR if today - day > LEAVES_TONIGHT else _AGING
    return words[lang].format(day=plain_date(day, lang))


def entity_of(meeting: Listing, source: SourceRef) -> str:
    """Return who knows whether a meeting still takes place: the group's own service body, else who keeps the list."""
    return meeting.organization or source.publisher or source.title.removeprefix(LIST_OF)


def age_sentences(meeting: Listing, source: SourceRef, today: date, lang: Language) -> str:
    """Return the warning of a meeting's list and whom to ask, for channels of plain text; "" up to 90 days."""
    warning = age_warning(source, today, lang)
    return f"{warning} {_CHECK[lang].format(entity=entity_of(meeting, source))}" if warning else ""


def is_too_old(listing: Listing, today: date) -> bool:
    """Tell whether every list that states a meeting is over a year old; one without a date may be new."""
    days = [day_of(program.source) for program in listing.programs]
    return all(day is not None and today - day > LEAVES_TONIGHT for day in days)


def is_at_once(concepts: Collection[str]) -> bool:
    """Tell whether the next hours are among what was asked."""
    return not AT_ONCE.isdisjoint(concepts)


class OldLists:
    """The meetings that leave "tonight", found once for each generation and day."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: tuple[str, date, frozenset[ListingId]] = ("", date.min, frozenset())

    def meetings(self, today: date) -> frozenset[ListingId]:
        """Return the ids of the meetings whose lists are all over a year old."""
        generation = self._engine.info().name
        if self._kept[:2] != (generation, today):
            self._kept = (generation, today, frozenset(self._find(today)))
        return self._kept[2]

    def _find(self, today: date) -> Iterator[ListingId]:
        meetings = SearchRequest(kinds=frozenset({Kind.MEETING}), per_page=MAX_PER_PAGE, facets=False)
        for page in range(1, self._engine.search(meetings).pages + 1):
            for hit in self._engine.search(replace(meetings, page=page)).hits:
                if is_too_old(hit.listing(), today):
                    yield hit.id

    def without(self, request: SearchRequest, concepts: Collection[str], today: date) -> SearchRequest:
        """Return the request without them where it is about the next hours; itself where it is not."""
        return self.never(request, today) if request.windows and is_at_once(concepts) else request

    def never(self, request: SearchRequest, today: date) -> SearchRequest:
        """Return the request without them."""
        old = self.meetings(today)
        return replace(request, without_ids=request.without_ids | old) if old else request

    def left_out(self, request: SearchRequest, withdrawn: frozenset[ListingId], today: date) -> int:
        """Return how many more listings a request would find with them; `withdrawn` ones are never among them."""
        old = (self.meetings(today) & request.without_ids) - withdrawn
        if not old or not request.windows:
            return 0
        only = old if request.only_ids is None else old & request.only_ids
        return self._engine.count(replace(request, only_ids=only, without_ids=withdrawn, page=1))


def left_out_statement(left_out: int, lang: Language) -> str:
    """Return what a search for the next hours does not show because its list is too old."""
    if lang == "es":
        many = f"{left_out} reuniones" if left_out != 1 else "1 reunión"
        return f"No se muestra{'n' if left_out != 1 else ''} {many} de listas con más de un año. Quite la hora para verlas."
    many = f"{left_out} meetings" if left_out != 1 else "1 meeting"
    return f"Left out: {many} of lists that are over a year old. Take the time away to see them."
