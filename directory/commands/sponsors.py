"""`directory sponsors`: who pays this directory for a listing. Each change is public, and stands in every next answer."""

from __future__ import annotations

import getpass
from datetime import datetime

import click

from directory.commands.assembly import open_settings_and_store
from directory.duties.sponsoring import (
    COUNSEL,
    Offer,
    add_sponsorship,
    end_listing_sponsorships,
    sponsorships_of,
)
from directory.store.disclosed.sponsorships import UNTIL_ENDED
from directory.store.facts import Sponsorship

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def sponsors() -> None:
    """Record and end flat fees that are paid for a listing. Nothing is deleted; /paid-listings shows every change."""


@sponsors.command()
@click.argument("listing_id")
@click.option("--payer", required=True, help="Who pays, by the name that readers will see.")
@click.option("--compensation", required=True, help="flat_fee; anything else is refused (EKRA, 18 USC 220).")
@click.option("--licence", default="", help="The facility's state licence: state, number, kind.")
@click.option("--answered-by", default="", help="Who answers the listing's phone: facility or operator.")
@click.option("--from", "starts_on", type=DAY, help="First day, YYYY-MM-DD; today when not given.")
@click.option("--until", "ends_on", type=DAY, help="Last day, YYYY-MM-DD; without it the sponsorship runs until it is ended.")
@click.option("--source", default="", help="Where the agreement can be found, such as a contract's number.")
def add(starts_on: datetime | None, ends_on: datetime | None, **stated: str) -> None:
    """Record that somebody pays a flat fee for LISTING_ID."""
    _, store = open_settings_and_store()
    offer = Offer(
        **stated,
        starts_on=starts_on.date() if starts_on else None,
        ends_on=ends_on.date() if ends_on else None,
    )
    recorded = add_sponsorship(store, offer, by=_user(), now=datetime.now().astimezone())
    click.echo(f"Recorded: {line(recorded)}")
    click.echo(COUNSEL)


@sponsors.command()
@click.argument("listing_id")
def end(listing_id: str) -> None:
    """End what is paid for LISTING_ID, now."""
    _, store = open_settings_and_store()
    for ended in end_listing_sponsorships(store, listing_id, by=_user(), now=datetime.now().astimezone()):
        click.echo(f"Ended: {line(ended)}")


@sponsors.command("list")
def list_all() -> None:
    """Show every sponsorship, ended ones too."""
    _, store = open_settings_and_store()
    found = sponsorships_of(store)
    for sponsorship in found:
        click.echo(line(sponsorship))
    if not found:
        click.echo("Nobody pays for a listing, and nobody ever has.")


def line(sponsorship: Sponsorship) -> str:
    """Return a sponsorship in one line."""
    last = "until ended" if sponsorship.ends_on == UNTIL_ENDED else f"to {sponsorship.ends_on}"
    ended = f", ended {sponsorship.ended_at:%Y-%m-%d} by {sponsorship.ended_by}" if sponsorship.ended_at else ""
    return (
        f"{sponsorship.listing_id}  {sponsorship.payer}, flat fee, {sponsorship.starts_on} {last}{ended}; "
        f"licence {sponsorship.licence}; recorded by {sponsorship.recorded_by}"
    )


def _user() -> str:
    """Return who records: the account on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "command line"
