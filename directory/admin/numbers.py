"""Who answers which number: established by editors, with what feeds say of sold calls and nobody confirmed yet."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.answers.cards import shown_number
from directory.disclosure import ANSWERERS, number_statement
from directory.duties.answering import AnswerRefused, StatedAnswer, establish_answer, numbers_of, withdraw_established
from directory.sources.records import AnsweredBy, AnsweredByFact
from directory.store.staff import Role
from directory.web import current
from index.listing import Phone

TEXT_FIELDS = ("number", "answered_by", "operator_name", "payers", "source_url", "hours", "cost")


@admin.get("/numbers")
@needs(Role.HELPLINE)
def numbers() -> ResponseReturnValue:
    """Show what is established, and what waits for an editor."""
    return _page()


@admin.post("/numbers")
@needs(Role.EDITOR)
def establish_number() -> ResponseReturnValue:
    """Keep who answers a number, or say next to the field why not."""
    try:
        establish_answer(current.lookup().store, _stated(), by=member().login, now=current.now())
    except AnswerRefused as refused:
        return _page({refused.field: str(refused)}), 400
    return redirect("/admin/numbers", 303)


@admin.post("/numbers/withdraw")
@needs(Role.EDITOR)
def withdraw_number() -> ResponseReturnValue:
    """Let the feeds' word count again."""
    try:
        withdraw_established(current.lookup().store, request.form.get("number", ""), by=member().login, now=current.now())
    except AnswerRefused as refused:
        return _page({refused.field: str(refused)}), 400
    return redirect("/admin/numbers", 303)


def _stated() -> StatedAnswer:
    """Return what the form states. Raises AnswerRefused for a day that is none."""
    day = request.form.get("checked_on", "").strip()
    try:
        checked_on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise AnswerRefused("checked_on", f"a day is written YYYY-MM-DD, got {day!r}") from error
    return StatedAnswer(**{name: request.form.get(name, "") for name in TEXT_FIELDS}, checked_on=checked_on)


def _page(problems: dict[str, str] | None = None) -> str:
    known = numbers_of(current.lookup().store)
    return render_template(
        "admin/numbers.html",
        established=[(one, _shown(one.fact), number_statement(one.fact, "", 1, "en")) for one in known.established],
        waiting=[(feed, fact, _shown(fact), number_statement(fact, "", 1, "en")) for feed, fact in known.waiting],
        answerers=[(kind.value, ANSWERERS[kind]["en"]) for kind in AnsweredBy if kind is not AnsweredBy.UNKNOWN],
        problems=problems or {},
        given=request.form or {"number": request.args.get("number", "")},
    )


def _shown(fact: AnsweredByFact) -> str:
    return shown_number(Phone(number=fact.number))
