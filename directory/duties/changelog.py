"""The public change log in words: who began and ceased to pay, whose terms and which owner changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from directory.disclosure import Language, Words, plain_date
from directory.store import Store
from directory.store.disclosed.changes import latest_changes
from directory.store.disclosed.sponsorships import UNTIL_ENDED, running_sponsorships
from directory.store.facts import ChangeKind, PublicChange, Sponsorship
from index.listing import Listing, ListingId

MOST_SHOWN: Final = 200
_TERMS: Final[Mapping[str, Words]] = {
    "not_paid": {"en": "lists without payment", "es": "incluye lugares sin cobrar"},
    "unknown": {"en": "has not said whether it is paid", "es": "no ha dicho si cobra"},
}
NOBODY: Final[Words] = {"en": "nobody named", "es": "nadie nombrado"}
MayName = Callable[[Listing], object]


def _any(_: Listing) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: when, what happened in words, and the listing it is about, if it still has a page."""

    id: int
    at: datetime
    text: str
    listing_id: str


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who pays for a listing on a day, and for how long, in words."""

    listing_id: str
    listing: str
    name: str
    days: str


def change_log(store: Store, lang: Language, limit: int = MOST_SHOWN, *, may_name: MayName = _any) -> tuple[Entry, ...]:
    """Return the newest entries first; a listing that `may_name` refuses is called by its id. Raises StoreUnavailable."""
    with store.reading() as connection:
        changes = latest_changes(connection, limit)
    names = _names(store, {change.listing_id for change in changes if change.listing_id}, may_name)
    return tuple(
        Entry(change.id, change.at, words_of(change, names, lang), change.listing_id if change.listing_id in names else "")
        for change in changes
    )


def paying_now(store: Store, day: date, lang: Language) -> tuple[Payer, ...]:
    """Return everybody who pays on a day, by the listing's name. Raises StoreUnavailable."""
    with store.reading() as connection:
        running = running_sponsorships(connection, day)
    became = {one.listing_id: store.redirect_of(one.listing_id) or one.listing_id for one in running}
    names = _names(store, set(became.values()))
    paid_for = ((became[one.listing_id], one) for one in running)
    payers = (Payer(place, names.get(place, place), one.payer, _days_of(one, lang)) for place, one in paid_for)
    return tuple(sorted(payers, key=lambda payer: (payer.listing.casefold(), payer.name.casefold())))


def _names(store: Store, ids: set[ListingId], may_name: MayName = _any) -> dict[str, str]:
    return {listing.id: listing.name for listing in store.public_listings_by_id(sorted(ids)).values() if may_name(listing)}


def _days_of(sponsorship: Sponsorship, lang: Language) -> str:
    return days_words(f"{sponsorship.starts_on}/{sponsorship.ends_on}", lang)


def days_words(days: str, lang: Language) -> str:
    """Return two days ("2026-01-01/2026-12-31") in words."""
    first, last = (date.fromisoformat(day) for day in days.split("/"))
    start = plain_date(first, lang)
    if last == UNTIL_ENDED:
        return f"desde el {start}, hasta que se termine" if lang == "es" else f"from {start} until it is ended"
    end = plain_date(last, lang)
    return f"del {start} al {end}" if lang == "es" else f"from {start} to {end}"


def words_of(change: PublicChange, names: Mapping[str, str], lang: Language) -> str:
    """Return what happened in one sentence; `names` are those of the listings that are public now."""
    place = names.get(change.listing_id, change.listing_id) if change.listing_id else ""
    before, after, spanish = change.before, change.after, lang == "es"
    match change.kind:
        case ChangeKind.SPONSORSHIP_RECORDED:
            days = days_words(after, lang)
            if spanish:
                return f"{change.subject} paga una tarifa fija por {place}, {days}."
            return f"{change.subject} pays a flat fee for {place}, {days}."
        case ChangeKind.SPONSORSHIP_ENDED:
            return f"{change.subject} ya no paga por {place}." if spanish else f"{change.subject} no longer pays for {place}."
        case ChangeKind.SOURCE_TERMS:
            was, now = _TERMS[before][lang], _TERMS[after][lang]
            if spanish:
                return f"La fuente «{change.subject}»: antes {was}, ahora {now}."
            return f"The source “{change.subject}”: before, it {was}; now, it {now}."
        case ChangeKind.OWNER:
            was, now = before or NOBODY[lang], after or NOBODY[lang]
            if spanish:
                return f"Dueño de {place}, según la fuente «{change.subject}»: antes {was}, ahora {now}."
            return f"Owner of {place}, as stated by “{change.subject}”: before {was}, now {now}."
        case ChangeKind.SITE_OWNER:
            was, now = before or NOBODY[lang], after or NOBODY[lang]
            if spanish:
                return f"Quién administra y paga este sitio: antes {was}; ahora {now}."
            return f"Who runs and funds this site: before {was}; now {now}."
