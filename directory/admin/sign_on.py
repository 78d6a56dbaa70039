"""Logging in through the operator's identity provider; 404 where none is named."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from directory.admin.access import admin, give_cookie
from directory.duties.staffing import StaffRefused, begin_session_of
from directory.web import current

if TYPE_CHECKING:
    from directory.duties.signing_on import Attempt, Provider

ATTEMPT: Final = "staff_sign_on"
PATH: Final = "/admin/oidc"
LASTS: Final = 600  # seconds to log in at the provider


@admin.get("/oidc/login")
def sign_on() -> ResponseReturnValue:
    """Send the browser to the provider."""
    from directory.duties.signing_on import Attempt  # the library of an optional extra

    attempt = Attempt.begin()
    try:
        response = redirect(_provider().address(attempt), 303)
    except StaffRefused as refused:
        return _refused(refused)
    settings = current.lookup().settings
    kept = _signer().dumps(asdict(attempt))
    # Lax: the browser comes back from another site. Readable by nobody but this path.
    response.set_cookie(ATTEMPT, str(kept), max_age=LASTS, path=PATH, httponly=True, samesite="Lax", secure=settings.behind_tls)
    return response


@admin.get("/oidc/callback")
def signed_on() -> ResponseReturnValue:
    """Take in what the provider says, and begin a session."""
    lookup = current.lookup()
    try:
        login = _provider().email(request.args, _attempt())
        token = begin_session_of(lookup.store, login, current.now())
    except StaffRefused as refused:
        return _refused(refused)
    # A page instead of a redirect: the session's cookie is for requests that begin on this site.
    response = make_response(render_template("admin/signed_on.html"))
    give_cookie(response, token)
    response.delete_cookie(ATTEMPT, path=PATH)
    return response


def _provider() -> Provider:
    settings = current.lookup().settings
    if settings.sign_on is None:
        abort(404)
    from directory.duties.signing_on import Provider  # the library of an optional extra

    site = current.site_address()
    return Provider(settings.sign_on, f"{site}{PATH}/callback")


def _attempt() -> Attempt:
    """Return the attempt that this browser began. Raises StaffRefused when there is none, or it is too old."""
    from directory.duties.signing_on import Attempt  # the library of an optional extra

    try:
        return Attempt(**_signer().loads(request.cookies.get(ATTEMPT, ""), max_age=LASTS))
    except BadSignature as error:
        raise StaffRefused("this login was not begun here, or too long ago: try again") from error


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current.lookup().settings.secret_key, salt="sign-on")


def _refused(refused: StaffRefused) -> ResponseReturnValue:
    response: Response = make_response(render_template("admin/login.html", problem=str(refused), sign_on=True), 403)
    response.delete_cookie(ATTEMPT, path=PATH)
    return response
