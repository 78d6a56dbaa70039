"""What a listing's page says beyond the listing's own words: its numbers once each, its times, and what nobody stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory.disclosure import Language
from directory.page import ListingPage, PhoneLine, ProgramView, Stated
from directory.site.meetings.hours import hours, weekday
from directory.web.i18n import gettext as _
from index.listing import Credential, Kind

FactGroup = tuple[str, tuple[Stated, ...]]


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """What a program states: first what most readers ask (care, drugs, payment), then the rest; and what it leaves out."""

    first: tuple[FactGroup, ...]
    rest: tuple[FactGroup, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """One weekly time in words of the page's language."""

    weekday: str
    hours: str


def phone_lines(page: ListingPage) -> tuple[PhoneLine, ...]:
    """Return every number of the listing once, in the order of its programs."""
    lines = [*page.card.phones, *(phone for program in page.programs for phone in program.phones)]
    return tuple({(line.number, line.extension): line for line in reversed(lines)}.values())[::-1]


def number_labels() -> Mapping[str, str]:
    """Return what the source calls a number, where that is more than "main"."""
    return {
        "intake": _("Intake"),
        "crisis": _("Crisis line"),
        "text": _("Text messages"),
        "tty": _("For people who are deaf or hard of hearing (TTY)"),
    }


def facts_of(program: ProgramView, kind: Kind) -> ProgramFacts:
    """Return a program's facts in two parts; what a meeting or a line does not state is not asked of it."""
    wanted = {"care": _("Kind of care"), "sub": _("For which drugs"), "pay": _("Ways to pay")}
    stated = {prefix: group for group in program.groups for prefix in wanted if _holds(group, prefix)}
    first = tuple(dict.fromkeys(stated[prefix] for prefix in wanted if prefix in stated)) or program.groups
    missing = [words for prefix, words in wanted.items() if prefix not in stated]
    rest = tuple(group for group in program.groups if group not in first)
    return ProgramFacts(first, rest, tuple(missing) if kind is Kind.FACILITY else ())


def _holds(group: FactGroup, prefix: str) -> bool:
    return any(concept.id.startswith(f"{prefix}.") for concept in group[1])


def meeting_times(page: ListingPage, lang: Language) -> tuple[MeetingTime, ...]:
    """Return the weekly times of all programs, Monday first."""
    sessions = {session for program in page.listing.programs for session in program.schedule}
    ordered = sorted(sessions, key=lambda session: (session.weekday, session.start_minute, session.end_minute))
    return tuple(MeetingTime(weekday(session, lang).capitalize(), hours(session, lang)) for session in ordered)


def credential_words(credential: Credential) -> str:
    """Return a licence or accreditation with who gave it and the year it was stated."""
    return ", ".join(_parts(credential))


def _parts(credential: Credential) -> Iterator[str]:
    yield credential.name
    if credential.issuer:
        yield credential.issuer
    if credential.year:
        yield _("stated in %(year)s") % {"year": credential.year}
