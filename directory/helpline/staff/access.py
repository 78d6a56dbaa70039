"""Who may enter the helpline desk: staff from the role `helpline` on, also while the database cannot be read.

A desk must not stop in the middle of a call. So each worker remembers whom it let in, as a hash in its memory, and while the
database does not answer it goes by that, for those who were at work when it was lost: an account that was disabled before is
forgotten at its next request, or ten minutes after its last one. Nothing can be written in that time, and what is shown is
public anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from re import compile as pattern
from threading import Lock
from typing import Final, cast

from flask import Blueprint, Response, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from directory.admin.access import CHANGES, COOKIE, bears_token, from_our_own_page, needed_role, open_session
from directory.channels.shortlist import MOST_PLACES, list_address
from directory.duties.staffing import SESSION_IDLES, Session
from directory.errors import StoreUnavailable
from directory.site.parts.languages import link
from directory.web import current

LOGIN_PAGE: Final = "/helpline/login"
LOGIN: Final = "helpline.login"
DESK: Final = "helpline.desk"
FROM_THE_PAGE: Final = "X-Helpline-Desk"  # what the desk's own script sends: it asks for the password in place
AT_WORK: Final = timedelta(minutes=10)  # before the database was lost; in a call somebody asks more often than that
MOST_REMEMBERED: Final = 500
REMEMBERED: Final = "directory.helpline.sessions"
_LISTING_ID: Final = pattern(r"[a-z2-7]{12}")


@dataclass(frozen=True, slots=True)
class _LetIn:
    session: Session
    at: datetime


class RememberedSessions:
    """Whom this worker let in lately, by a hash of their cookie; only for the time while the database cannot be read.

    That time begins with the first `recall` after somebody was let in.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_hash: dict[bytes, _LetIn] = {}
        self._lost_at: datetime | None = None

    def remember(self, token: str, session: Session, now: datetime) -> None:
        """Note that somebody was let in, so that the database can be read."""
        with self._lock:
            self._lost_at = None
            self._by_hash.pop(_hashed(token), None)
            while len(self._by_hash) >= MOST_REMEMBERED:
                del self._by_hash[next(iter(self._by_hash))]
            self._by_hash[_hashed(token)] = _LetIn(session, now)

    def forget(self, token: str) -> None:
        """Forget a cookie whose session is over."""
        with self._lock:
            self._by_hash.pop(_hashed(token), None)

    def recall(self, token: str, now: datetime) -> Session | None:
        """Return the session of somebody who was at work when the database was lost, for the time that a session may idle."""
        with self._lock:
            lost_at = self._lost_at = self._lost_at or now
            known = self._by_hash.get(_hashed(token))
        at_work = known is not None and lost_at - known.at < AT_WORK and now - lost_at < SESSION_IDLES
        return known.session if known and at_work else None


def _hashed(token: str) -> bytes:
    return blake2b(token.encode(), digest_size=32).digest()


def guard(room: Blueprint, without_login: Collection[str] = frozenset()) -> None:
    """Let nobody into a room of the desk but staff whose role its view names, and take no form without its token."""

    def check() -> ResponseReturnValue | None:
        return _check(without_login)

    room.before_request(check)


def _check(without_login: Collection[str]) -> ResponseReturnValue | None:
    if request.method in CHANGES and not from_our_own_page():
        abort(403)
    if request.endpoint in without_login:
        return None
    session = _session()
    if session is None:
        return _without_session()
    role = needed_role(request.endpoint or "")
    if role is None or not session.member.role.may_act_as(role):
        abort(403)
    if request.method in CHANGES and not bears_token(session):
        abort(403)
    g.staff_session = session
    return None


def _without_session() -> ResponseReturnValue:
    """Ask for the password: inside the page, in place of a desk that was loaded anew, or on a page of its own."""
    if FROM_THE_PAGE in request.headers:
        return Response(status=401)
    if request.endpoint == DESK and COOKIE in request.cookies:
        return cast("ResponseReturnValue", current_app.view_functions[LOGIN]())
    return redirect(_login_address(), 303)


def _login_address() -> str:
    """Return where to log in: in the language of the page that was asked for, and with the list that it was to open."""
    named = request.args.getlist("ids") if request.endpoint == DESK else []
    return link(list_address(named_listings(named), LOGIN_PAGE))


def named_listings(values: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of a list that waits until somebody has logged in; nothing that is none passes the login."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if _LISTING_ID.fullmatch(part)))[:MOST_PLACES]


def _session() -> Session | None:
    token, now = request.cookies.get(COOKIE, ""), current.now()
    remembered = _remembered()
    try:
        session = open_session()
    except StoreUnavailable:
        return remembered.recall(token, now)
    if session is None:
        remembered.forget(token)
    else:
        remembered.remember(token, session, now)
    return session


def _remembered() -> RememberedSessions:
    return cast("RememberedSessions", current_app.extensions.setdefault(REMEMBERED, RememberedSessions()))


def staff_session() -> Session:
    """Return the session of who is at the desk."""
    return cast("Session", g.staff_session)
