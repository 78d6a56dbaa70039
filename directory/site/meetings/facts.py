"""What a meeting's own page says: what kind of meeting it is and when, each thing once, and which list says which fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from directory.disclosure import Language
from directory.disclosure.source_words import in_language
from directory.page import ListingPage, ProgramView, SourceLine, Stated
from directory.site.meetings.hours import weekly
from directory.web.i18n import gettext as _
from index.listing import Session

_PREFIXES: Final = (("group", "fmt"), ("pop",), ("lang",), ("acc",))


@dataclass(frozen=True, slots=True)
class MeetingBlock:
    """What all weekly times of a block have in common: its facts under headings, what is denied, and who says so.

    `times` are empty where the group has one kind of meeting alone: its times stand elsewhere on the page.
    """

    times: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Stated, ...]], ...]
    denies: tuple[Stated, ...]
    source: SourceLine


def meeting_blocks(page: ListingPage) -> tuple[MeetingBlock, ...]:
    """Return the kinds of meeting that a group holds: days of one kind stand together, however many entries its list has."""
    held: dict[tuple[object, ...], tuple[ProgramView, list[Session]]] = {}
    for program, view in zip(page.listing.programs, page.programs, strict=True):
        same = (view.groups, view.denies, view.source.title, view.source.edition, view.source.checked_on)
        held.setdefault(same, (view, []))[1].extend(program.schedule)
    one_kind = len({key[:2] for key in held}) == 1
    return tuple(_block(view, sessions, page.lang, one_kind=one_kind) for view, sessions in held.values())


def _block(view: ProgramView, sessions: Iterable[Session], lang: Language, *, one_kind: bool) -> MeetingBlock:
    stated = [concept for _heading, concepts in view.groups for concept in concepts]
    return MeetingBlock(() if one_kind else weekly(sessions, lang), tuple(_sections(stated)), view.denies, view.source)


def _sections(stated: Iterable[Stated]) -> Iterator[tuple[str, tuple[Stated, ...]]]:
    concepts = tuple(stated)
    headings = (_("Group and form"), _("For"), _("Language"), _("Access and rules"))
    known = {prefix for prefixes in _PREFIXES for prefix in prefixes}
    for heading, prefixes in zip(headings, _PREFIXES, strict=True):
        if found := [concept for concept in concepts if concept.id.partition(".")[0] in prefixes]:
            yield heading, tuple(sorted(found, key=lambda concept: prefixes.index(concept.id.partition(".")[0])))
    if rest := tuple(concept for concept in concepts if concept.id.partition(".")[0] not in known):
        yield _("Also stated"), rest


def sources_once(page: ListingPage) -> tuple[ProgramView, ...]:
    """Return one program for each source and date: a group's list is named once, not once for each weekly time."""
    first = {(one.source.title, one.source.edition, one.source.checked_on): one for one in reversed(page.programs)}
    return tuple(first.values())[::-1]


def who_says_what(page: ListingPage) -> tuple[tuple[str, str], ...]:
    """Return which list states which fact of the listing, where there are several: (facts, list), a list a line."""
    titles = {
        program.id: f"{in_language(view.source.title, page.lang)} {view.source.edition}".strip()
        for program, view in zip(page.listing.programs, page.programs, strict=True)
    }
    said: dict[str, list[str]] = {}
    words = _field_words()
    for name, program in page.listing.stated_by:
        if name in words and program in titles:
            said.setdefault(titles[program], []).append(words[name])
    return tuple((", ".join(facts), title) for title, facts in said.items())


def _field_words() -> Mapping[str, str]:
    return {
        "name": _("Name"),
        "address": _("Address"),
        "website": _("Website"),
        "email": _("Email"),
        "hours": _("Hours"),
        "operator": _("Owner"),
        "licences": _("License"),
        "conference_url": _("Online meeting"),
        "point": _("Point on the map"),
    }
