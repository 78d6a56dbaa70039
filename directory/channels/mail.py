"""A list as an e-mail that the reader's own program sends: nothing passes through this site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import quote

from directory.channels.entries import entry_of, footing
from directory.channels.shortlist import Shortlist
from directory.channels.text_message import text_message
from directory.channels.words import WORDS
from directory.disclosure import Language

MOST_LETTERS: Final = 2000  # of a whole address: Windows opens none of more than 2,048, and says nothing


def plain_text(chosen: Shortlist, funding: Sequence[str], today: date) -> str:
    """Return the whole list as text: money before each name, who answers before each number."""
    places = ["\n".join(entry_of(page).lines()) for page in chosen.pages]
    return "\n\n".join([WORDS[chosen.lang]["emergency"], *places, footing(funding, today, chosen.lang)])


def mail_address(chosen: Shortlist, funding: Sequence[str], today: date, open_address: str) -> str:
    """Return a `mailto:` address (RFC 6068); its subject says nothing of health, since a lock screen shows it.

    A list that would be too long for it goes as its text message, with `open_address`, which opens the whole of it.
    """
    whole = _mail_address(plain_text(chosen, funding, today), chosen.lang)
    if len(whole) <= MOST_LETTERS:
        return whole
    brief = text_message([page.card for page in chosen.pages], chosen.lang).text
    opens = f"{WORDS[chosen.lang]['list_address']} {open_address}"
    return _mail_address("\n\n".join([brief, opens, footing(funding, today, chosen.lang)]), chosen.lang)


def _mail_address(text: str, lang: Language) -> str:
    body = text.replace("\n", "\r\n")
    return f"mailto:?subject={quote(WORDS[lang]['subject'])}&body={quote(body)}"


def message_address(text: str) -> str:
    """Return an `sms:` address that opens the message on a phone (RFC 5724)."""
    return f"sms:?body={quote(text)}"
