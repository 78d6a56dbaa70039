"""The questions, and the search that their answers make. Answers are sent, never put in an address, and never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from directory.paths.questions import QUESTIONS, UNSAID, Asked, PathName, asked
from directory.paths.words import INTRODUCTIONS, KNOWN, TITLES, WORDS
from directory.site.notices import notice_views
from directory.site.parts.languages import kept_language
from directory.site.searching.forms import language_pairs
from directory.site.searching.results import count_line, offered, private
from directory.web import current
from directory.web.i18n import current_language
from index.geo.places import UnknownPlace
from index.listing import Kind

paths = Blueprint("paths", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered so far, and what is wrong with the place."""

    answers: Mapping[str, str] = field(default_factory=dict)
    near: str = ""
    problem: str = ""
    meant: Sequence[str] = ()


@paths.get("/for-someone-else")
def for_someone_else() -> ResponseReturnValue:
    """Show the questions for who searches for another person."""
    return _questions(PathName.SOMEONE_ELSE, Given())


@paths.get("/not-sure")
def not_sure() -> ResponseReturnValue:
    """Show the questions for who does not know what is needed."""
    return _questions(PathName.NOT_SURE, Given())


@paths.post("/for-someone-else")
def answer_for_someone_else() -> ResponseReturnValue:
    """Show the search that the answers about another person make."""
    return _answer(PathName.SOMEONE_ELSE)


@paths.post("/not-sure")
def answer_not_sure() -> ResponseReturnValue:
    """Show the search that the answers make."""
    return _answer(PathName.NOT_SURE)


def _questions(path: PathName, given: Given) -> str:
    lang = current_language()
    return render_template(
        "paths/questions.html",
        path=path,
        title=TITLES[path][lang],
        introduction=INTRODUCTIONS[path][lang],
        questions=QUESTIONS[path],
        given=given,
        known=KNOWN[lang] if path is PathName.SOMEONE_ELSE else (),
        words=WORDS[lang],
        kept_pairs=language_pairs(kept_language()),
        UNSAID=UNSAID,
    )


def _answer(path: PathName) -> ResponseReturnValue:
    """Return the search, or the questions again where the place is missing or not known."""
    lang = current_language()
    answers = {question.name: request.form.get(question.name, UNSAID) for question in QUESTIONS[path]}
    near = request.form.get("near", "").strip()
    found = asked(path, answers, near, lang)
    if not near and found.query.kinds != (Kind.HELPLINE,):
        return private(_questions(path, Given(answers, near, WORDS[lang]["where_missing"]))), 400
    try:
        return _found(path, found)
    except UnknownPlace as error:
        meant = [place.label for place in error.suggestions]
        return private(_questions(path, Given(answers, near, WORDS[lang]["where_unknown"], meant))), 400


def _found(path: PathName, found: Asked) -> Response:
    """Return the page that explains the search. Raises UnknownPlace."""
    lookup, now = current.lookup(), current.now()
    page = lookup.search(found.query, now=now)
    notices = offered.answerable(page.notices, lookup, page.generation, now)
    body = render_template(
        "paths/found.html",
        path=path,
        title=TITLES[path][page.lang],
        page=page,
        chosen=found.chosen,
        count_line=count_line(page),
        notice_views=notice_views(notices, page.parts, page.lang),
        words=WORDS[page.lang],
        pairs=(*(pair for pair in page.parts.params() if pair[0] != "lang"), *language_pairs(kept_language())),
    )
    return private(body)
