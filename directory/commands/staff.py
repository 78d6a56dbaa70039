"""`directory staff`: the accounts of those who work here; the first one is made on the server."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Final

import click

from directory.commands.assembly import open_settings_and_store
from directory.duties.staffing import add_staff, change_password, change_role, disable_staff, enable_staff
from directory.store.staff import Role, all_members

ON_THE_LINE: Final = "Warning: everybody on this machine can see --password. Leave it out to be asked, or use --password-stdin."
Command = Callable[..., None]


def takes_password(command: Command) -> Command:
    """Give a command its `password`: asked for, or the first line of standard input; an argument is seen by everybody."""

    @click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
    @click.option("--password", "on_the_line", hidden=True)
    @wraps(command)
    def with_password(*, password_stdin: bool, on_the_line: str | None, **given: str) -> None:
        command(**given, password=_password(on_the_line, from_input=password_stdin))

    return with_password


def _password(on_the_line: str | None, *, from_input: bool) -> str:
    if from_input and on_the_line is not None:
        raise click.UsageError("--password-stdin and --password cannot both be given")
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if on_the_line is not None:
        click.echo(ON_THE_LINE, err=True)
        return on_the_line
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


@click.group()
def staff() -> None:
    """Add, list and disable the accounts of the staff pages (/admin)."""


@staff.command()
@click.argument("login")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ADMIN.value, show_default=True)
@takes_password
def add(login: str, role: str, password: str) -> None:
    """Make an account for LOGIN."""
    _, store = open_settings_and_store()
    add_staff(store, login, role, password, by=_user(), now=datetime.now().astimezone())
    click.echo(f"{login} can log in at /admin/login as {role}.")


@staff.command("password")
@click.argument("login")
@takes_password
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
