"""Who may open which staff page. Nothing under `/admin` answers unless its view names a role, and no form without its token."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Final, ParamSpec
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from directory.duties.staffing import SESSION_LASTS, Session, session_of
from directory.store.staff import Role, StaffMember
from directory.web import current

Arguments = ParamSpec("Arguments")
View = Callable[Arguments, ResponseReturnValue]

COOKIE: Final = "staff"
COOKIE_PATHS: Final = ("/admin", "/helpline")
FORM_TOKEN: Final = "form_token"  # noqa: S105 - the name of a form field
LOGIN_PAGE: Final = "/admin/login"
FORM_NOT_SENT: Final = "not_sent"  # tells the login page that a form came after the session had ended
WITHOUT_LOGIN: Final = frozenset({"admin.login", "admin.log_in", "admin.sign_on", "admin.signed_on"})
CHANGES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NEEDED: Final = "needed_role"
# Rooms of the house beside these pages that staff enter too: address, name, and the role that may.
ROOMS_BESIDE: Final = (
    ("/admin/calls", "Calls", Role.HELPLINE),
    ("/admin/duplicates", "Duplicates", Role.EDITOR),
    ("/admin/sources", "Sources", Role.ADMIN),
    ("/helpline", "Helpline desk", Role.HELPLINE),
)

admin = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")


def needs(role: Role) -> Callable[[View[Arguments]], View[Arguments]]:
    """Open a view to a role and those above it."""

    def mark(view: View[Arguments]) -> View[Arguments]:
        setattr(view, NEEDED, role)
        return view

    return mark


def needed_role(endpoint: str) -> Role | None:
    """Return the role that an endpoint's view names, None for one that names none."""
    role: Role | None = getattr(current_app.view_functions[endpoint], NEEDED, None)
    return role


@admin.before_request
def check_access() -> ResponseReturnValue | None:
    """Let a request through to its view, or answer it: with the login page, 403, or 404 for what no role may open."""
    if request.method in CHANGES and not from_our_own_page():
        abort(403)
    if request.endpoint in WITHOUT_LOGIN:
        return None
    session = open_session()
    if session is None:
        lost_a_form = request.method in CHANGES and COOKIE in request.cookies
        return redirect(f"{LOGIN_PAGE}?{FORM_NOT_SENT}=1" if lost_a_form else LOGIN_PAGE, 303)
    role = needed_role(request.endpoint or "")
    if role is None or not session.member.role.may_act_as(role):
        abort(403)
    if request.method in CHANGES and not bears_token(session):
        abort(403)
    g.staff_session = session
    return None


def bears_token(session: Session) -> bool:
    """Tell whether the form that was sent is one that this session was given."""
    return hmac.compare_digest(request.form.get(FORM_TOKEN, "").encode(), session.form_token.encode())


@admin.after_request
def keep_nothing(response: Response) -> Response:
    """Staff pages are kept by nobody."""
    response.headers["Cache-Control"] = "no-store"
    return response


@admin.context_processor
def staff_context() -> dict[str, object]:
    """Give templates who is logged in, what they may do, and the token of their forms."""
    session: Session | None = g.get("staff_session")
    member = session.member if session else None
    return {
        "member": member,
        "form_token": session.form_token if session else "",
        "here": request.path,
        "rooms_beside": _rooms_beside(),
        "may": lambda role: member is not None and member.role.may_act_as(Role(role)),
    }


def _rooms_beside() -> list[tuple[str, str, Role]]:
    """Return the rooms that this copy has."""
    addresses = {rule.rule for rule in current_app.url_map.iter_rules()}
    return [room for room in ROOMS_BESIDE if room[0] in addresses]


def member() -> StaffMember:
    """Return who is logged in."""
    session: Session = g.staff_session
    return session.member


def open_session() -> Session | None:
    """Return the session that the request's cookie opens. Raises StoreUnavailable."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    lookup = current.lookup()
    return session_of(lookup.store, lookup.settings.secret_key, token, current.now())


def from_our_own_page() -> bool:
    """Tell whether a form was sent from a page of this site, as far as the browser says: also before there is a session."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return not origin or urlsplit(origin).netloc == request.host


def give_cookie(response: Response, token: str) -> None:
    """Hand out the session: for staff pages only, out of reach of scripts and of other sites."""
    for path in COOKIE_PATHS:
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION_LASTS.total_seconds()),
            path=path,
            httponly=True,
            samesite="Strict",
            secure=current.lookup().settings.behind_tls,
        )


def take_cookie(response: Response) -> None:
    """Take the session back."""
    for path in COOKIE_PATHS:
        response.delete_cookie(COOKIE, path=path)
