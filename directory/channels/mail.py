"""A list as an e-mail that the reader's own program sends: nothing passes through this site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from directory.channels.entries import entry_of, footing
from directory.channels.shortlist import Shortlist
from directory.channels.words import WORDS


def plain_text(chosen: Shortlist, funding: Sequence[str], today: date) -> str:
    """Return the whole list as text: money before each name, who answers before each number."""
    places = ["\n".join(entry_of(page).lines()) for page in chosen.pages]
    return "\n\n".join([WORDS[chosen.lang]["emergency"], *places, footing(funding, today, chosen.lang)])


def mail_address(chosen: Shortlist, funding: Sequence[str], today: date) -> str:
    """Return a `mailto:` address (RFC 6068); its subject says nothing of health, since a lock screen shows it."""
    body = plain_text(chosen, funding, today).replace("\n", "\r\n")
    return f"mailto:?subject={quote(WORDS[chosen.lang]['subject'])}&body={quote(body)}"


def message_address(text: str) -> str:
    """Return an `sms:` address that opens the message on a phone (RFC 5724)."""
    return f"sms:?body={quote(text)}"
