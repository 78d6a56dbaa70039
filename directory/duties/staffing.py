"""Staff: accounts, passwords, sessions. Passwords are kept as argon2id hashes, sessions as hashes of random tokens.

Guessing is slowed down per login: after five wrong passwords in a quarter of an hour the login waits, whoever tries.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from re import compile as pattern
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection

from directory.errors import DirectoryError
from directory.store import Store
from directory.store.staff import Role, StaffMember
from directory.store.staff import members as records

SHORTEST_PASSWORD: Final = 12  # letters; length is what counts (NIST SP 800-63B)
LONGEST_PASSWORD: Final = 200
MOST_FAILURES: Final = 5
FAILURE_WINDOW: Final = timedelta(minutes=15)
SESSION_LASTS: Final = timedelta(hours=12)  # a long shift
SESSION_IDLES: Final = timedelta(hours=1)
TOUCHED_EVERY: Final = timedelta(minutes=5)
_LOGIN: Final = pattern(r"[a-z0-9][a-z0-9._@-]{1,63}")


class StaffRefused(DirectoryError):
    """An account cannot be made or changed, or somebody cannot log in; the message says why."""


class LoginThrottled(StaffRefused):
    """Too many wrong passwords for one login."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in, and the token that forms must send back."""

    member: StaffMember
    form_token: str


@lru_cache(1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(1)
def _nobodys_hash() -> str:
    """Return a hash that is checked for unknown logins, so that they take as long as known ones."""
    return _hasher().hash(secrets.token_urlsafe(16))


def add_staff(store: Store, login: str, role: str, password: str, *, by: str, now: datetime) -> None:
    """Make an account. Raises StaffRefused."""
    name = login.strip().lower()
    if not _LOGIN.fullmatch(name):
        raise StaffRefused("a login has 2 to 64 of a-z, 0-9, dot, dash, underscore and @, and begins with a letter or digit")
    if role not in set(Role):
        raise StaffRefused(f"a role is one of {', '.join(Role)}, got {role!r}")
    hashed = hash_of(password)
    with store.writing() as connection:
        if records.member_named(connection, name):
            raise StaffRefused(f"{name} has an account already")
        records.add_member(connection, name, Role(role), hashed, now)
        records.write_audit(connection, now, by, "staff.add", name, role)


def hash_of(password: str) -> str:
    """Return the hash under which a password is kept. Raises StaffRefused for one that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise StaffRefused(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return _hasher().hash(password)


def change_password(store: Store, login: str, password: str, *, by: str, now: datetime) -> None:
    """Give a member a new password and end all sessions of theirs. Raises StaffRefused."""
    hashed = hash_of(password)
    with store.writing() as connection:
        records.set_password(connection, _known(connection, login).id, hashed)
        records.write_audit(connection, now, by, "staff.password", login)


def disable_staff(store: Store, login: str, *, by: str, now: datetime) -> None:
    """Keep a member out from their next request on. Raises StaffRefused, also for the last admin."""
    with store.writing() as connection:
        member = _known(connection, login)
        _keep_an_admin(connection, member)
        records.disable_member(connection, member.id, now)
        records.write_audit(connection, now, by, "staff.disable", login)


def change_role(store: Store, login: str, role: str, *, by: str, now: datetime) -> None:
    """Give a member another role; it counts from their next request on. Raises StaffRefused, also for the last admin."""
    if role not in set(Role):
        raise StaffRefused(f"a role is one of {', '.join(Role)}, got {role!r}")
    with store.writing() as connection:
        member = _known(connection, login)
        if Role(role) is not Role.ADMIN:
            _keep_an_admin(connection, member)
        records.set_role(connection, member.id, Role(role))
        records.write_audit(connection, now, by, "staff.role", login, role)


def enable_staff(store: Store, login: str, *, by: str, now: datetime) -> None:
    """Let a disabled member in again, with the password and role of before. Raises StaffRefused when nobody is disabled so."""
    with store.writing() as connection:
        member = records.member_named(connection, login)
        if member is None or member.disabled_at is None:
            raise StaffRefused(f"nobody with the login {login!r} is disabled")
        records.enable_member(connection, member.id)
        records.write_audit(connection, now, by, "staff.enable", login)


def _keep_an_admin(connection: Connection, member: StaffMember) -> None:
    """Refuse to take the last admin away."""
    others = [one for one in records.all_members(connection) if one.id != member.id and one.disabled_at is None]
    if member.role is Role.ADMIN and not any(one.role is Role.ADMIN for one in others):
        raise StaffRefused(f"{member.login} is the last admin: add another first")


def _known(connection: Connection, login: str) -> StaffMember:
    member = records.member_named(connection, login)
    if member is None or member.disabled_at:
        raise StaffRefused(f"nobody with the login {login!r} works here")
    return member


def log_in(store: Store, secret: str, login: str, password: str, now: datetime) -> str:
    """Return the token of a new session. Raises StaffRefused for a wrong password, LoginThrottled after too many."""
    name = login.strip().lower()[:64]
    login_hash = _keyed(secret, name)
    with store.writing() as connection:
        records.forget_old(connection, now - SESSION_LASTS, now - FAILURE_WINDOW)
        if records.failures_since(connection, now - FAILURE_WINDOW, login_hash) >= MOST_FAILURES:
            raise LoginThrottled("too many wrong passwords: wait a quarter of an hour")
        member = records.member_named(connection, name)
    right = _is_right(member, password) and member is not None and member.disabled_at is None
    token = secrets.token_urlsafe(32)
    with store.writing() as connection:
        if right and member:
            records.forget_failures(connection, login_hash)
            records.begin_session(connection, _token_hash(token), member.id, now)
            if _hasher().check_needs_rehash(member.password_hash):
                records.keep_rehashed(connection, member.id, _hasher().hash(password))
            records.write_audit(connection, now, name, "login")
        else:
            records.note_failed_login(connection, login_hash, now)
    if not right:
        raise StaffRefused("login or password is wrong")
    return token


def begin_session_of(store: Store, login: str, now: datetime) -> str:
    """Return the token of a new session for somebody whom an identity provider vouches for.

    Raises StaffRefused when nobody with that login works here: accounts are made by admins alone.
    """
    token = secrets.token_urlsafe(32)
    with store.writing() as connection:
        records.forget_old(connection, now - SESSION_LASTS, now - FAILURE_WINDOW)
        member = records.member_named(connection, login)
        if member is None or member.disabled_at:
            raise StaffRefused(f"{login} has no account here: ask an admin for one with this login")
        records.begin_session(connection, _token_hash(token), member.id, now)
        records.write_audit(connection, now, member.login, "login", detail="through the identity provider")
    return token


def _is_right(member: StaffMember | None, password: str) -> bool:
    try:
        return _hasher().verify(member.password_hash if member else _nobodys_hash(), password[: LONGEST_PASSWORD + 1])
    except VerificationError:
        return False


def session_of(store: Store, secret: str, token: str, now: datetime) -> Session | None:
    """Return the session of a token, None when there is none, or it was idle for too long."""
    hashed = _token_hash(token)
    with store.reading() as connection:
        found = records.session_member(connection, hashed, now - SESSION_LASTS)
    if found is None or found[1] < now - SESSION_IDLES:
        return None
    if found[1] < now - TOUCHED_EVERY:
        with store.writing() as connection:
            records.touch_session(connection, hashed, now)
    return Session(found[0], form_token(secret, token))


def log_out(store: Store, token: str) -> None:
    """End a session."""
    with store.writing() as connection:
        records.end_session(connection, _token_hash(token))


def form_token(secret: str, token: str) -> str:
    """Return what forms of a session must send back: only this site's own pages know it."""
    return hmac.new(secret.encode(), f"form|{token}".encode(), "sha256").hexdigest()


def _keyed(secret: str, text: str) -> bytes:
    return blake2b(text.encode(), key=secret.encode()[:64], digest_size=32).digest()


def _token_hash(token: str) -> bytes:
    return blake2b(token.encode(), digest_size=32).digest()
