"""The day on which a place told our staff that its listing is right, as the programs of the listing bear it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from index.listing import Listing, Program


def checked(listing: Listing, checks: Mapping[str, date]) -> Listing:
    """Return the listing with the days of our own checks, by the number called, where no later day stands.

    A check counts for the programs that bear the number; for one without numbers of its own, a number of the listing will do.
    """
    listed = {phone.number for phone in listing.phones}
    known = {number: day for number, day in checks.items() if number in listed}
    if not known:
        return listing
    return msgspec.structs.replace(listing, programs=tuple(_checked(program, known) for program in listing.programs))


def _checked(program: Program, checks: Mapping[str, date]) -> Program:
    numbers = {phone.number for phone in program.phones} or checks.keys()
    days = [checks[number] for number in numbers if number in checks]
    if program.source.checked_on:
        days.append(program.source.checked_on)
    newest = max(days, default=None)
    if newest == program.source.checked_on:
        return program
    return msgspec.structs.replace(program, source=msgspec.structs.replace(program.source, checked_on=newest))
