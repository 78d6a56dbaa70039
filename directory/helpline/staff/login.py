"""Logging in at the desk: on a page of its own, or in place when a session ends in the middle of a call."""

from __future__ import annotations

from typing import Final

from flask import jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import give_cookie, needs
from directory.channels.shortlist import list_address
from directory.duties.staffing import LoginThrottled, StaffRefused, form_token
from directory.duties.staffing import log_in as begin_session
from directory.helpline.room import helpline
from directory.helpline.staff.access import DESK as DESK_VIEW
from directory.helpline.staff.access import FROM_THE_PAGE, named_listings, staff_session
from directory.helpline.words import WORDS
from directory.site.parts.languages import link
from directory.store.staff import Role
from directory.web import current
from directory.web.i18n import current_language

DESK: Final = "/helpline"


@helpline.get("/login")
def login() -> ResponseReturnValue:
    """Ask for login and password."""
    return _login_page("")


@helpline.post("/login")
def log_in() -> ResponseReturnValue:
    """Begin a session; the desk's own script gets the new token of its forms, and stays where it is."""
    lookup, given = current.lookup(), request.form
    secret = lookup.settings.secret_key
    try:
        token = begin_session(lookup.store, secret, given.get("login", ""), given.get("password", ""), current.now())
    except StaffRefused as refused:
        return _refused(refused)
    if FROM_THE_PAGE in request.headers:
        response = jsonify(form_token=form_token(secret, token), login=given.get("login", "").strip().lower())
    else:
        response = make_response(redirect(link(list_address(_waiting_list(), DESK)), 303))
    give_cookie(response, token)
    return response


def _refused(refused: StaffRefused) -> ResponseReturnValue:
    words = WORDS[current_language()]
    throttled = isinstance(refused, LoginThrottled)
    problem = words["too_many_tries" if throttled else "wrong_password"]
    status = 429 if throttled else 403
    if FROM_THE_PAGE in request.headers:
        return jsonify(problem=problem), status
    return _login_page(problem), status


def _login_page(problem: str) -> str:
    return render_template(
        "helpline/login.html",
        w=WORDS[current_language()],
        member=None,
        problem=problem,
        sign_on=current.lookup().settings.sign_on is not None,
        ids=",".join(_waiting_list()),
        in_place_of_the_desk=request.endpoint == DESK_VIEW,
    )


def _waiting_list() -> tuple[str, ...]:
    """Return the listings of the list that is opened after the login."""
    return named_listings(request.values.getlist("ids"))


@helpline.get("/session")
@needs(Role.HELPLINE)
def session() -> ResponseReturnValue:
    """Tell the page the token of its forms, after somebody logged in beside it with their organization's account."""
    return jsonify(form_token=staff_session().form_token, login=staff_session().member.login)
