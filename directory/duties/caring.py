"""Reports of a problem with a listing: taken in without an account, worked on by staff, forgotten as promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from re import compile as pattern
from re import sub
from typing import Final

from directory.errors import Refused
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.store import Store
from directory.store.corrections import cases as records
from directory.store.corrections.cases import Case, CaseKind, NewCase
from directory.store.staff import write_audit
from index.listing import ListingId

MOST_LETTERS: Final = 2000
MOST_ADDRESS: Final = 200
ADDRESS_KEPT: Final = timedelta(days=30)
MOST_AN_HOUR: Final = 200  # reports from everybody: a flood is refused, the lines stay
MOST_AN_HOUR_FOR_ONE: Final = 10  # reports of one listing
CLOSED_SHOWN: Final = 50
_ADDRESS: Final = pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ReportRefused(Refused):
    """A report cannot be taken; `field` is "" when it is not the reader's doing."""

    def __init__(self, field: str) -> None:
        super().__init__(field, field or "too many reports")


class CaseRefused(Refused):
    """A call back cannot be noted, or a report not be closed so."""


@dataclass(frozen=True, slots=True)
class CallBack:
    """A call to a place: the number, which source names it where the listing does not, and whether the place confirmed."""

    called: str
    origin: str
    confirmed: bool


def report_problem(store: Store, report: NewCase, now: datetime) -> int:
    """Take in a report; return its number. Raises ReportRefused."""
    _check(report)
    if ListingId(report.listing_id) not in store.public_listings_by_id([report.listing_id]):
        raise ReportRefused("listing_id")
    with store.writing() as connection:
        records.forget_reply_addresses(connection, now - ADDRESS_KEPT)
        hour = now - timedelta(hours=1)
        if (
            records.opened_since(connection, hour) >= MOST_AN_HOUR
            or records.opened_since(connection, hour, report.listing_id) >= MOST_AN_HOUR_FOR_ONE
        ):
            raise ReportRefused("")
        return records.open_case(connection, report, now)


def _check(report: NewCase) -> None:
    if not report.text.strip() and report.kind in (CaseKind.CORRECTION, CaseKind.NOT_AS_STATED, CaseKind.UNDISCLOSED_PAYMENT):
        raise ReportRefused("text")
    if len(report.text) > MOST_LETTERS:
        raise ReportRefused("text")
    address = report.reply_address
    if address and (len(address) > MOST_ADDRESS or not _ADDRESS.fullmatch(address)):
        raise ReportRefused("reply_address")


def waiting_cases(store: Store, now: datetime) -> tuple[Case, ...]:
    """Return the reports that wait, oldest first; reply addresses past their time are gone before."""
    forget_addresses(store, now)
    with store.reading() as connection:
        return records.open_cases(connection)


def closed_lately(store: Store) -> tuple[Case, ...]:
    """Return what was closed last, newest first."""
    with store.reading() as connection:
        return records.closed_cases(connection, CLOSED_SHOWN)


def case_of(store: Store, number: int, now: datetime) -> Case | None:
    """Return a report, None for an unknown number."""
    forget_addresses(store, now)
    with store.reading() as connection:
        return records.case_numbered(connection, number)


def note_call_back(store: Store, number: int, call: CallBack, *, by: str, now: datetime) -> None:
    """Write that staff called a place back about what it reported of itself. Raises CaseRefused.

    The number called must stand in a source: one that only the report names proves nothing about who wrote it.
    """
    case = case_of(store, number, now)
    if case is None or case.closed_at:
        raise CaseRefused("called", "this report is closed")
    try:
        called = read_phone(call.called).number
    except UnreadablePhone as error:
        raise CaseRefused("called", str(error)) from error
    listing = store.public_listings_by_id([case.listing_id]).get(case.listing_id)
    listed = {phone.number for phone in listing.phones} if listing else set()
    origin = call.origin.strip()[:MOST_ADDRESS]
    if called not in listed and not origin:
        raise CaseRefused("origin", "the listing does not have this number: say which other source names it")
    if called not in listed and _digits(called) in _digits(case.text):
        raise CaseRefused("called", "this number stands in the report itself: call one from another source")
    with store.writing() as connection:
        words = f"{called} ({origin})" if origin else called
        records.note_call(connection, number, words, confirmed=call.confirmed, by=by, at=now)
        write_audit(connection, now, by, "case.call_back", str(number), f"{words}: {'yes' if call.confirmed else 'no'}")


def _digits(text: str) -> str:
    """Return the digits of a text without the country's code."""
    return sub(r"\D", "", text.removeprefix("+1"))


def close_report(store: Store, number: int, outcome: str, *, by: str, now: datetime, granted: bool = False) -> bool:
    """Close a report and delete its reply address; tell whether it was open.

    Raises CaseRefused where what a place asks for itself is `granted` though nobody there confirmed it on the phone.
    """
    case = case_of(store, number, now)
    if granted and case and case.from_provider and not case.call_confirmed:
        raise CaseRefused("outcome", "nobody at the place has confirmed this yet: call back first")
    with store.writing() as connection:
        closed = records.close_case(connection, number, by, outcome.strip(), now)
        if closed:
            write_audit(connection, now, by, "case.close", str(number), outcome.strip())
    return closed


def forget_addresses(store: Store, now: datetime) -> int:
    """Delete reply addresses older than 30 days; return how many there were."""
    with store.writing() as connection:
        return records.forget_reply_addresses(connection, now - ADDRESS_KEPT)
