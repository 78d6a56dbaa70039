"""Reports of a problem with a listing: taken in without an account, worked on by staff, forgotten as promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from re import compile as pattern
from typing import Final

from directory.errors import DirectoryError
from directory.store import Store
from directory.store import cases as records
from directory.store.cases import Case, CaseKind, NewCase
from directory.store.staff import write_audit
from index.listing import ListingId

MOST_LETTERS: Final = 2000
MOST_ADDRESS: Final = 200
ADDRESS_KEPT: Final = timedelta(days=30)
MOST_AN_HOUR: Final = 200  # reports from everybody: a flood is refused, the lines stay
MOST_AN_HOUR_FOR_ONE: Final = 10  # reports of one listing
CLOSED_SHOWN: Final = 50
_ADDRESS: Final = pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ReportRefused(DirectoryError):
    """A report cannot be taken; `field` names what must change, "" when it is not the reader's doing."""

    def __init__(self, field: str) -> None:
        super().__init__(field or "too many reports")
        self.field = field


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


def close_report(store: Store, number: int, outcome: str, *, by: str, now: datetime) -> bool:
    """Close a report and delete its reply address; tell whether it was open."""
    with store.writing() as connection:
        closed = records.close_case(connection, number, by, outcome.strip(), now)
        if closed:
            write_audit(connection, now, by, "case.close", str(number), outcome.strip())
    return closed


def forget_addresses(store: Store, now: datetime) -> int:
    """Delete reply addresses older than 30 days; return how many there were."""
    with store.writing() as connection:
        return records.forget_reply_addresses(connection, now - ADDRESS_KEPT)
