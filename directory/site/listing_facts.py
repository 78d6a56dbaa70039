"""What a listing's page says beyond the listing's own words: its numbers once each, its times, and what nobody stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from babel.dates import format_date, format_time

from directory.disclosure import Language
from directory.i18n import gettext as _
from directory.page import ListingPage, PhoneLine, ProgramView
from index.listing import Credential, Kind, Session

A_MONDAY: Final = date(2024, 1, 1)
MINUTES_OF_A_DAY: Final = 1440


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


def missing_facts(program: ProgramView) -> tuple[str, ...]:
    """Return the questions of most readers that this program's source does not answer."""
    stated = {concept.id.partition(".")[0] for _heading, concepts in program.groups for concept in concepts}
    wanted = {"care": _("Kind of care"), "sub": _("For which drugs"), "pay": _("Ways to pay")}
    return tuple(words for prefix, words in wanted.items() if prefix not in stated)


def meeting_times(page: ListingPage, lang: Language) -> tuple[MeetingTime, ...]:
    """Return the weekly times of all programs, Monday first."""
    sessions = {session for program in page.listing.programs for session in program.schedule}
    ordered = sorted(sessions, key=lambda session: (session.weekday, session.start_minute, session.end_minute))
    return tuple(MeetingTime(_weekday(session, lang), _hours(session, lang)) for session in ordered)


def _weekday(session: Session, lang: Language) -> str:
    return format_date(A_MONDAY + timedelta(days=session.weekday), "EEEE", locale=_locale(lang)).capitalize()


def _hours(session: Session, lang: Language) -> str:
    clock = [_clock(session.start_minute, lang)]
    if session.end_minute > session.start_minute:
        clock.append(_clock(session.end_minute, lang))
    return "–".join(clock)


def _clock(minute: int, lang: Language) -> str:
    hour, rest = divmod(minute % MINUTES_OF_A_DAY, 60)
    return format_time(time(hour, rest), "short", locale=_locale(lang))


def _locale(lang: Language) -> str:
    return "es_US" if lang == "es" else "en_US"


def credential_words(credential: Credential) -> str:
    """Return a licence or accreditation with who gave it and the year it was stated."""
    return ", ".join(_parts(credential))


def _parts(credential: Credential) -> Iterator[str]:
    yield credential.name
    if credential.issuer:
        yield credential.issuer
    if credential.year:
        yield _("stated in %(year)s") % {"year": credential.year}


def facts_apply(page: ListingPage) -> bool:
    """Tell whether questions about care and payment make sense: for places, not for meetings or lines."""
    return page.listing.kind is Kind.FACILITY
