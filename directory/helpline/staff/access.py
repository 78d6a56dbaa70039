"""Who may enter the helpline desk: staff from the role `helpline` on, also while the database cannot be read.

A desk must not stop in the middle of a call. So each worker remembers for an hour whom it let in, as a hash in its memory, and
goes by that while the database does not answer; nothing can be written then, and what is shown is public anyway.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock
from typing import Final, cast

from flask import Blueprint, Response, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from directory.admin.access import CHANGES, COOKIE, bears_token, from_our_own_page, needed_role, open_session
from directory.duties.staffing import SESSION_IDLES, Session
from directory.errors import StoreUnavailable
from directory.web import current

LOGIN_PAGE: Final = "/helpline/login"
FROM_THE_PAGE: Final = "X-Helpline-Desk"  # what the desk's own script sends: it asks for the password in place
MOST_REMEMBERED: Final = 500
REMEMBERED: Final = "directory.helpline.sessions"


@dataclass(frozen=True, slots=True)
class _LetIn:
    session: Session
    at: datetime


class RememberedSessions:
    """Whom this worker let in lately, by a hash of their cookie; only for the time while the database cannot be read."""

    def __init__(self, lasts: timedelta = SESSION_IDLES) -> None:
        self._lasts, self._lock = lasts, Lock()
        self._by_hash: dict[bytes, _LetIn] = {}

    def remember(self, token: str, session: Session, now: datetime) -> None:
        """Note that somebody was let in."""
        with self._lock:
            self._by_hash.pop(_hashed(token), None)
            while len(self._by_hash) >= MOST_REMEMBERED:
                del self._by_hash[next(iter(self._by_hash))]
            self._by_hash[_hashed(token)] = _LetIn(session, now)

    def forget(self, token: str) -> None:
        """Forget a cookie whose session is over."""
        with self._lock:
            self._by_hash.pop(_hashed(token), None)

    def recall(self, token: str, now: datetime) -> Session | None:
        """Return the session of somebody who was let in within the time that a session may idle."""
        known = self._by_hash.get(_hashed(token))
        return known.session if known and now - known.at < self._lasts else None


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
        return Response(status=401) if FROM_THE_PAGE in request.headers else redirect(LOGIN_PAGE, 303)
    role = needed_role(request.endpoint or "")
    if role is None or not session.member.role.may_act_as(role):
        abort(403)
    if request.method in CHANGES and not bears_token(session):
        abort(403)
    g.staff_session = session
    return None


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
