"""`directory staff`: the accounts of those who work here; the first one is made on the server."""

from __future__ import annotations

import getpass
from datetime import datetime

import click

from directory.commands.assembly import open_settings_and_store
from directory.duties.staffing import add_staff, change_password, change_role, disable_staff, enable_staff
from directory.store.staff import Role, all_members

ASKED = click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given.")


@click.group()
def staff() -> None:
    """Add, list and disable the accounts of the staff pages (/admin)."""


@staff.command()
@click.argument("login")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ADMIN.value, show_default=True)
@ASKED
def add(login: str, role: str, password: str) -> None:
    """Make an account for LOGIN."""
    _, store = open_settings_and_store()
    add_staff(store, login, role, password, by=_user(), now=datetime.now().astimezone())
    click.echo(f"{login} can log in at /admin/login as {role}.")


@staff.command("password")
@click.argument("login")
@ASKED
def set_password(login: str, password: str) -> None:
    """Give LOGIN a new password and end every session of theirs."""
    _, store = open_settings_and_store()
    change_password(store, login, password, by=_user(), now=datetime.now().astimezone())
    click.echo(f"{login} has a new password.")


@staff.command()
@click.argument("login")
def disable(login: str) -> None:
    """Keep LOGIN out from the next request on."""
    _, store = open_settings_and_store()
    disable_staff(store, login, by=_user(), now=datetime.now().astimezone())
    click.echo(f"{login} can log in no more.")


@staff.command()
@click.argument("login")
def enable(login: str) -> None:
    """Let LOGIN in again, with the role and password of before."""
    _, store = open_settings_and_store()
    enable_staff(store, login, by=_user(), now=datetime.now().astimezone())
    click.echo(f"{login} can log in again.")


@staff.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def set_role(login: str, role: str) -> None:
    """Give LOGIN another role, from the next request on."""
    _, store = open_settings_and_store()
    change_role(store, login, role, by=_user(), now=datetime.now().astimezone())
    click.echo(f"{login} works here as {role}.")


@staff.command("list")
def list_all() -> None:
    """Show everybody with an account."""
    _, store = open_settings_and_store()
    with store.reading() as connection:
        members = all_members(connection)
    for member in members:
        click.echo(f"{member.login}  {member.role.value}{'  disabled' if member.disabled_at else ''}")
    if not members:
        click.echo("Nobody has an account yet: directory staff add LOGIN")


def _user() -> str:
    """Return who works on the server, for the audit log."""
    try:
        return f"server:{getpass.getuser()}"
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "server"
