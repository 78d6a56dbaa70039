"""Staff, sessions, failed logins and the audit log in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from directory.store.tables import audit_log, failed_logins, staff, staff_sessions


class Role(StrEnum):
    """What somebody may do; each role may do what those before it may."""

    HELPLINE = "helpline"
    EDITOR = "editor"
    ADMIN = "admin"

    def may_act_as(self, needed: Role) -> bool:
        """Tell whether this role covers another."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works here."""

    id: int
    login: str
    role: Role
    password_hash: str
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that staff did."""

    id: int
    at: datetime
    login: str
    action: str
    subject: str
    detail: str


def add_member(connection: Connection, login: str, role: Role, password_hash: str, at: datetime) -> None:
    """Write a new member."""
    values = {"login": login, "role": role.value, "password_hash": password_hash, "created_at": at}
    connection.execute(insert(staff).values(**values))


def member_named(connection: Connection, login: str) -> StaffMember | None:
    """Return the member with a login, disabled ones too."""
    row = connection.execute(select(staff).where(staff.c.login == login)).one_or_none()
    return _member(row) if row else None


def all_members(connection: Connection) -> tuple[StaffMember, ...]:
    """Return everybody, by login."""
    return tuple(map(_member, connection.execute(select(staff).order_by(staff.c.login))))


def set_password(connection: Connection, member: int, password_hash: str) -> None:
    """Replace a password; every session of the member ends."""
    connection.execute(update(staff).where(staff.c.id == member).values(password_hash=password_hash))
    connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == member))


def keep_rehashed(connection: Connection, member: int, password_hash: str) -> None:
    """Replace a hash by a stronger one of the same password; sessions stay."""
    connection.execute(update(staff).where(staff.c.id == member).values(password_hash=password_hash))


def disable_member(connection: Connection, member: int, at: datetime) -> None:
    """Keep somebody from working here from now on."""
    connection.execute(update(staff).where(staff.c.id == member).values(disabled_at=at))
    connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == member))


def set_role(connection: Connection, member: int, role: Role) -> None:
    """Give somebody another role."""
    connection.execute(update(staff).where(staff.c.id == member).values(role=role.value))


def enable_member(connection: Connection, member: int) -> None:
    """Let somebody work here again."""
    connection.execute(update(staff).where(staff.c.id == member).values(disabled_at=None))


def begin_session(connection: Connection, token_hash: bytes, member: int, at: datetime) -> None:
    """Write a session."""
    values = {"token_hash": token_hash, "staff_id": member, "created_at": at, "seen_at": at}
    connection.execute(insert(staff_sessions).values(**values))


def session_member(connection: Connection, token_hash: bytes, began_since: datetime) -> tuple[StaffMember, datetime] | None:
    """Return whose session a token is and when it was last in use; None when it is too old or its owner works here no more."""
    query = (
        select(staff_sessions.c.seen_at, *staff.c)
        .join(staff, staff_sessions.c.staff_id == staff.c.id)
        .where(
            staff_sessions.c.token_hash == token_hash,
            staff_sessions.c.created_at >= began_since,
            staff.c.disabled_at.is_(None),
        )
    )
    row = connection.execute(query).one_or_none()
    return (_member(row[1:]), row[0]) if row else None


def touch_session(connection: Connection, token_hash: bytes, at: datetime) -> None:
    """Note that a session is in use."""
    connection.execute(update(staff_sessions).where(staff_sessions.c.token_hash == token_hash).values(seen_at=at))


def end_session(connection: Connection, token_hash: bytes) -> None:
    """Forget a session."""
    connection.execute(delete(staff_sessions).where(staff_sessions.c.token_hash == token_hash))


def forget_old(connection: Connection, sessions_before: datetime, logins_before: datetime) -> None:
    """Forget sessions and failed logins that count no longer."""
    connection.execute(delete(staff_sessions).where(staff_sessions.c.created_at < sessions_before))
    connection.execute(delete(failed_logins).where(failed_logins.c.at < logins_before))


def note_failed_login(connection: Connection, login_hash: bytes, at: datetime) -> None:
    """Write that somebody guessed wrong."""
    connection.execute(insert(failed_logins).values(login_hash=login_hash, at=at))


def failures_since(connection: Connection, since: datetime, login_hash: bytes | None = None) -> int:
    """Return how many guesses were wrong, for one login or for all."""
    query = select(func.count()).select_from(failed_logins).where(failed_logins.c.at >= since)
    if login_hash is not None:
        query = query.where(failed_logins.c.login_hash == login_hash)
    return connection.scalar(query) or 0


def forget_failures(connection: Connection, login_hash: bytes) -> None:
    """Forget the wrong guesses of a login that was right now."""
    connection.execute(delete(failed_logins).where(failed_logins.c.login_hash == login_hash))


def write_audit(connection: Connection, at: datetime, login: str, action: str, subject: str = "", detail: str = "") -> None:
    """Add an entry to the audit log."""
    values = {"at": at, "login": login, "action": action, "subject": subject, "detail": detail}
    connection.execute(insert(audit_log).values(**values))


def latest_audit(connection: Connection, limit: int) -> tuple[AuditEntry, ...]:
    """Return the newest entries first."""
    query = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
    return tuple(AuditEntry(*row) for row in connection.execute(query))


def _member(row: Sequence[Any]) -> StaffMember:  # Any: columns of several types
    number, login, role, password_hash, created_at, disabled_at = row
    return StaffMember(number, login, Role(role), password_hash, created_at, disabled_at)
