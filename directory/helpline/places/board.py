"""The openings board: who told us of free places in the last 24 hours."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from directory.admin.access import needs
from directory.answers.cards import shown_number
from directory.desk.opening_words import opening_words
from directory.desk.openings import fresh_openings
from directory.disclosure import disclosure_of, labelled_name
from directory.helpline.desk import frame
from directory.helpline.places.words import PLACE_WORDS
from directory.helpline.room import helpline
from directory.store.staff import Role
from directory.web import current
from directory.web.i18n import current_language


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One place on the board; its label stands before its name where somebody pays."""

    listing_id: str
    name: str
    town: str
    said: str
    number: str
    has_room: bool


@helpline.get("/openings")
@needs(Role.HELPLINE)
def openings_board() -> ResponseReturnValue:
    """Show what was told last, places with room first, then the newest."""
    rows = sorted(_rows(), key=lambda row: not row.has_room)
    return render_template("helpline/places/board.html", **frame(), pw=PLACE_WORDS[current_language()], rows=rows)


def _rows() -> list[BoardRow]:
    lookup, now, lang = current.lookup(), current.now(), current_language()
    told = fresh_openings(lookup.store, now)
    listings = lookup.store.public_listings_by_id(told)
    records = lookup.records(now.date())
    return [
        BoardRow(
            listing_id,
            labelled_name(disclosure_of(records, listings[listing_id]), listings[listing_id].name, lang),
            ", ".join(filter(None, (listings[listing_id].address.city, listings[listing_id].address.state))),
            opening_words(opening, lang, now),
            shown_number(listings[listing_id].phones[0]) if listings[listing_id].phones else "",
            opening.places > 0,
        )
        for listing_id, opening in told.items()
        if listing_id in listings
    ]
