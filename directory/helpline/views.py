"""The page of the desk, and its one search: the words come in the body of a request, are answered, and are gone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import needs
from directory.asking.query import TextTooLong
from directory.asking.sentences import miles_words
from directory.disclosure import Language, labelled_name
from directory.errors import StoreUnavailable
from directory.helpline.asking.answer import Answer, answer
from directory.helpline.asking.ask import Ask, ask_of
from directory.helpline.asking.notes import notes_of
from directory.helpline.desk import danger_cards, frame, last_good
from directory.helpline.handing.lists import kept_places, unread_places
from directory.helpline.room import helpline
from directory.helpline.staff.access import FROM_THE_PAGE
from directory.helpline.staff.keys import own_keys
from directory.helpline.staff.practice import sample_calls
from directory.helpline.words import SCRIPT_WORDS, WORDS
from directory.maps.drawing import figure
from directory.page import Row
from directory.site.notices import notice_views
from directory.site.notices.danger import views_of_danger
from directory.store.staff import Role
from directory.web import current
from directory.web.i18n import current_language
from index.errors import EngineUnavailable, InvalidRequest, PageNotFound
from index.geo.places import UnknownPlace


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no answer, in words, and the status that says so."""

    words: str
    status: int


@helpline.get("")
@needs(Role.HELPLINE)
def desk() -> ResponseReturnValue:
    """Show the desk; an address that holds ids opens their list again."""
    return _page()


@helpline.get("/practice")
@needs(Role.HELPLINE)
def practice() -> ResponseReturnValue:
    """Show the desk with made-up calls."""
    return _page(practising=True)


@helpline.get("/danger")
@needs(Role.HELPLINE)
def danger() -> ResponseReturnValue:
    """Show the danger check on a page of its own, for a browser without scripts."""
    return render_template("helpline/danger.html", **frame(), danger=danger_cards())


@helpline.post("/search")
@needs(Role.HELPLINE)
def search() -> ResponseReturnValue:
    """Answer what was typed: the part of the page that changes to the desk's own script, else the whole page."""
    lookup, lang = current.lookup(), current_language()
    try:
        ask = ask_of(request.form, lookup.vocabulary, lang)
        found = None if ask.is_empty else answer(ask, lookup, last_good(), current.now())
    except (InvalidRequest, UnknownPlace, PageNotFound, EngineUnavailable, StoreUnavailable) as error:
        return _troubled(_trouble(error, lang))
    values = _answer_values(found) if found else {}
    if FROM_THE_PAGE in request.headers:
        return render_template("helpline/answer.html" if found else "helpline/waiting.html", **frame(), **values)
    return _page(ask, values, practising=request.form.get("practice") == "1")


def _trouble(error: Exception, lang: Language) -> Trouble:
    words = WORDS[lang]
    match error:
        case TextTooLong():
            return Trouble(words["too_long"], 413)
        case UnknownPlace():
            return Trouble(words["unknown_place"], 400)
        case EngineUnavailable() | StoreUnavailable():
            return Trouble(words["no_answer"], 503)
        case _:
            return Trouble(words["bad_value"], 400)


def _troubled(trouble: Trouble) -> ResponseReturnValue:
    """Return what stands in place of an answer; the words are still read for danger, which needs neither index nor database."""
    values = {"trouble": trouble, "notice_views": views_of_danger(request.form.get("q", ""), current_language())}
    if FROM_THE_PAGE in request.headers:
        body = render_template("helpline/trouble.html", **frame(), **values)
    else:
        body = _page(None, values)
    return make_response(body, trouble.status)


def _answer_values(found: Answer) -> dict[str, Any]:
    lang = current_language()
    return {
        "answer": found,
        "area": figure(found.area) if found.area else "",
        "found": _found_words(found, lang),
        "said": _said(found, lang),
        "notice_views": notice_views(found.notices, found.page.parts, lang),
        "notes": notes_of([row.card.listing.id for row in _all_rows(found)], lang),
        "parts_query": lambda parts: urlencode(parts.params()),
    }


def _all_rows(found: Answer) -> list[Row]:
    return [*found.rows, *(row for group in found.groups for row in group.rows)]


def _found_words(found: Answer, lang: Language) -> str:
    total = found.page.total
    return WORDS[lang]["found"].format(number=f"{total:,}") if total else WORDS[lang]["no_one_found"]


def _said(found: Answer, lang: Language) -> str:
    """Return what is announced of an answer: how many, and the first name, after its label where somebody pays."""
    said = f"{_found_words(found, lang)}."
    if found.rows:
        card = found.rows[0].card
        said += " " + WORDS[lang]["first"].format(name=labelled_name(card.disclosure, card.listing.name, lang))
    return said


@helpline.app_template_global()
def spoken_miles(row: Row, lang: Language) -> str:
    """Return a distance as it is read aloud: "2.1 miles"."""
    said = miles_words(row.distance_miles, row.precision, lang)
    return f"{said.removesuffix(' mi')} {'millas' if lang == 'es' else 'miles'}" if said.endswith(" mi") else said


def _page(ask: Ask | None = None, values: dict[str, Any] | None = None, *, practising: bool = False) -> str:
    """Return the whole desk, with an answer in it where there is one."""
    lang = current_language()
    reopened = _reopened(lang)
    return render_template(
        "helpline/desk.html",
        **frame(),
        ask=ask,
        danger=danger_cards(),
        sign_on=current.lookup().settings.sign_on is not None,
        script_words=_json(SCRIPT_WORDS[lang]),
        keys=_json(own_keys()),
        reopened=reopened,
        reopened_words=_json(reopened),
        practising=practising,
        practice_calls=_json([asdict(call) for call in sample_calls(lang)]) if practising else "",
        **(values or {}),
    )


def _reopened(lang: Language) -> dict[str, object]:
    """Return the list that the address names, or a form without scripts; an empty one where there is none.

    While nothing of it can be read its ids stand for it, so that the page opens and the list is not lost.
    """
    if "ids" not in request.values:
        return {"places": [], "gone": 0, "left_out": 0}
    try:
        return kept_places(lang)
    except (EngineUnavailable, StoreUnavailable):
        return unread_places()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
