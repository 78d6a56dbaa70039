"""Logging in and out, one's own password, the accounts of others, and what everybody did."""

from __future__ import annotations

from typing import Final

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import COOKIE, FORM_NOT_SENT, admin, give_cookie, member, needs, take_cookie
from directory.admin.names import names_of
from directory.desk.answers import standing_answers
from directory.desk.calls import calls_for_editors
from directory.disclosure.provenance import field_name
from directory.duties.answering import numbers_of
from directory.duties.caring import waiting_cases
from directory.duties.sponsoring import sponsorships_of
from directory.duties.staffing import (
    LoginThrottled,
    StaffRefused,
    add_staff,
    change_password,
    change_role,
    disable_staff,
    enable_staff,
)
from directory.duties.staffing import (
    log_in as begin_session,
)
from directory.duties.staffing import (
    log_out as end_session,
)
from directory.store.corrections.disputes import running_disputes
from directory.store.staff import Role, all_members, latest_audit
from directory.web import current

AUDIT_SHOWN: Final = 300
LATELY_SHOWN: Final = 8
HOME: Final = "/admin/"


@admin.get("/login")
def login() -> ResponseReturnValue:
    """Ask for login and password."""
    not_sent = FORM_NOT_SENT in request.args
    return render_template("admin/login.html", problem="", not_sent=not_sent, sign_on=current.lookup().settings.sign_on)


@admin.post("/login")
def log_in() -> ResponseReturnValue:
    """Begin a session."""
    lookup = current.lookup()
    given = request.form
    try:
        token = begin_session(
            lookup.store, lookup.settings.secret_key, given.get("login", ""), given.get("password", ""), current.now()
        )
    except StaffRefused as refused:
        status = 429 if isinstance(refused, LoginThrottled) else 403
        return render_template("admin/login.html", problem=str(refused), sign_on=lookup.settings.sign_on), status
    response = make_response(redirect(HOME, 303))
    give_cookie(response, token)
    return response


@admin.post("/logout")
@needs(Role.HELPLINE)
def log_out() -> ResponseReturnValue:
    """End the session."""
    end_session(current.lookup().store, request.cookies[COOKIE])
    response = make_response(redirect("/admin/login", 303))
    take_cookie(response)
    return response


@admin.get("/")
@needs(Role.HELPLINE)
def home() -> ResponseReturnValue:
    """Show what waits."""
    store, now = current.lookup().store, current.now()
    running = [one for one in sponsorships_of(store) if one.runs_on(now.date())]
    waiting = waiting_cases(store, now)
    with store.reading() as connection:
        lately = latest_audit(connection, LATELY_SHOWN)
        disputes = running_disputes(connection)
    return render_template(
        "admin/home.html",
        waiting=waiting,
        oldest_days=(now - waiting[0].opened_at).days if waiting else 0,
        numbers=len(numbers_of(store).waiting),
        calls=len(calls_for_editors(store, now).waiting) + sum(not one.published_at for one in standing_answers(store)),
        disputes=[one for marked in disputes.values() for one in marked],
        names=names_of(disputes),
        field_name=field_name,
        ambiguous=len(store.ambiguous_matches()),
        running=len(running),
        lately=lately,
    )


@admin.get("/password")
@needs(Role.HELPLINE)
def password() -> ResponseReturnValue:
    """Ask for a new password."""
    return render_template("admin/password.html", problem="")


@admin.post("/password")
@needs(Role.HELPLINE)
def set_password() -> ResponseReturnValue:
    """Replace one's own password; every session ends, this one too."""
    lookup, given = current.lookup(), request.form
    login = member().login
    try:
        begin_session(lookup.store, lookup.settings.secret_key, login, given.get("old", ""), current.now())
        change_password(lookup.store, login, given.get("new", ""), by=login, now=current.now())
    except StaffRefused as refused:
        return render_template("admin/password.html", problem=str(refused)), 400
    return redirect("/admin/login", 303)


@admin.get("/staff")
@needs(Role.ADMIN)
def staff() -> ResponseReturnValue:
    """Show who works here."""
    return _staff_page()


@admin.post("/staff")
@needs(Role.ADMIN)
def add_member() -> ResponseReturnValue:
    """Make an account."""
    given = request.form
    try:
        add_staff(
            current.lookup().store,
            given.get("login", ""),
            given.get("role", ""),
            given.get("password", ""),
            by=member().login,
            now=current.now(),
        )
    except StaffRefused as refused:
        return _staff_page(str(refused)), 400
    return redirect("/admin/staff", 303)


@admin.post("/staff/<login>/disable")
@needs(Role.ADMIN)
def disable_member(login: str) -> ResponseReturnValue:
    """Keep somebody out."""
    try:
        disable_staff(current.lookup().store, login, by=member().login, now=current.now())
    except StaffRefused as refused:
        return _staff_page(str(refused)), 400
    return redirect("/admin/staff", 303)


@admin.post("/staff/<login>/enable")
@needs(Role.ADMIN)
def enable_member(login: str) -> ResponseReturnValue:
    """Let somebody in again."""
    try:
        enable_staff(current.lookup().store, login, by=member().login, now=current.now())
    except StaffRefused as refused:
        return _staff_page(str(refused)), 400
    return redirect("/admin/staff", 303)


@admin.post("/staff/<login>/role")
@needs(Role.ADMIN)
def set_role(login: str) -> ResponseReturnValue:
    """Give somebody another role."""
    try:
        change_role(current.lookup().store, login, request.form.get("role", ""), by=member().login, now=current.now())
    except StaffRefused as refused:
        return _staff_page(str(refused)), 400
    return redirect("/admin/staff", 303)


def _staff_page(problem: str = "") -> str:
    with current.lookup().store.reading() as connection:
        members = all_members(connection)
    return render_template(
        "admin/staff.html", members=members, roles=[(role.value, role.value) for role in Role], problem=problem
    )


@admin.get("/audit")
@needs(Role.ADMIN)
def audit() -> ResponseReturnValue:
    """Show what staff did, newest first."""
    with current.lookup().store.reading() as connection:
        entries = latest_audit(connection, AUDIT_SHOWN)
    return render_template("admin/audit.html", entries=entries)
