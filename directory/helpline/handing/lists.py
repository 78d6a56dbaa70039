"""The shortlist at the desk: read aloud, compared, handed over. The page sends the ids of listings, and nothing else."""

from __future__ import annotations

from typing import Final

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import needs
from directory.channels.script import Speaker
from directory.channels.shortlist import Shortlist, ids_of, shortlist
from directory.disclosure import LANGUAGES, Language, money_line, owned_listings
from directory.helpline.asking.passing import PassingLookup
from directory.helpline.desk import frame, passing_lookup
from directory.helpline.handing.compare import comparison
from directory.helpline.handing.handover import handover
from directory.helpline.room import helpline
from directory.page import Card
from directory.store.staff import Role
from directory.web import current
from directory.web.i18n import current_language
from index.errors import InvalidRequest

MOST_KEPT: Final = 8  # places; more can neither be read aloud nor remembered


@helpline.get("/list")
@needs(Role.HELPLINE)
def show_list() -> ResponseReturnValue:
    """Show the whole list on a page of its own, for a browser without scripts."""
    return render_template("helpline/list.html", **frame(), **_list_values(passing_lookup()))


@helpline.post("/list")
@needs(Role.HELPLINE)
def list_part() -> ResponseReturnValue:
    """Show the list inside the page of the desk."""
    return render_template("helpline/panels.html", **frame(), **_list_values(passing_lookup()))


def desk_ids() -> tuple[str, ...]:
    """Return the listings that the request names, each once. Raises InvalidRequest for more than a shortlist holds."""
    ids = ids_of(request.values.getlist("ids"))
    if len(ids) > MOST_KEPT:
        raise InvalidRequest("ids", f"may hold at most {MOST_KEPT} places, got {len(ids)}")
    return ids


def chosen_in(lookup: PassingLookup, lang: Language) -> Shortlist:
    """Return the shortlist that the request names."""
    return shortlist(lookup, desk_ids(), lang, current.now().date())


@helpline.post("/kept")
@needs(Role.HELPLINE)
def kept_again() -> ResponseReturnValue:
    """Answer with the places that a page had on its list before it was loaded anew, as they stand now."""
    return jsonify(kept_places(current_language()))


def kept_places(lang: Language) -> dict[str, object]:
    """Return the places that the request names, as the page keeps them, how many of them are listed no more, and how many more
    there are than a shortlist holds: a caller's own list may be longer.
    """
    ids = ids_of(request.values.getlist("ids"))
    chosen = shortlist(passing_lookup(), ids[:MOST_KEPT], lang, current.now().date())
    left_out = max(0, len(ids) - MOST_KEPT)
    return {"places": [_kept(page.card, lang) for page in chosen.pages], "gone": chosen.gone, "left_out": left_out}


def unread_places() -> dict[str, object]:
    """Return the same for the time while no place can be read: each is called by its id."""
    empty = {"label": "", "number": "", "who": "", "sold": False}
    ids = ids_of(request.values.getlist("ids"))[:MOST_KEPT]
    return {"places": [{"id": one, "name": one, **empty} for one in ids], "gone": 0, "left_out": 0}


def _kept(card: Card, lang: Language) -> dict[str, object]:
    phone = card.phones[0] if card.phones else None
    return {
        "id": card.listing.id,
        "name": card.listing.name,
        "label": ": ".join(card.disclosure.marks(lang)),
        "number": phone.shown if phone else "",
        "who": phone.statement if phone else "",
        "sold": phone is not None and phone.is_sold,
    }


def _list_values(lookup: PassingLookup) -> dict[str, object]:
    spoken, lang = _spoken_language(), current_language()
    chosen = chosen_in(lookup, spoken)
    shown = chosen if spoken == lang else chosen_in(lookup, lang)
    site = current.site_address()
    return {
        "given": handover(chosen, _speaker(lookup), current.now().date(), site),
        "shown": shown,
        "compared": comparison(shown.pages, lookup.vocabulary, lang),
        "outage": lookup.outage,
        "spoken": spoken,
        "other": next(one for one in LANGUAGES if one != spoken),
        "money_line": money_line,
    }


def _spoken_language() -> Language:
    """Return the language in which the list is read aloud and handed over: the one asked for, else that of the page."""
    asked = request.values.get("speak")
    return next((known for known in LANGUAGES if known == asked), current_language())


def _speaker(lookup: PassingLookup) -> Speaker:
    operator, snapshot = lookup.settings.operator, lookup.snapshot(current.now().date())
    ids = owned_listings(snapshot.records, operator)
    owned = lookup.engine.get(ids)
    advertisers = None if lookup.outage else len(snapshot.payers)  # who pays now cannot be read then
    return Speaker(operator, tuple(owned[one].name for one in ids if one in owned), advertisers)
