"""Everything that a shortlist can be handed over as, in the language of the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from directory.channels.mail import mail_address, message_address, plain_text
from directory.channels.script import Speaker, SpokenLine, SpokenPlace, read_aloud_script
from directory.channels.shortlist import Shortlist
from directory.channels.text_message import TextMessage, text_message
from directory.disclosure import site_statements
from directory.site.parts.languages import with_language


@dataclass(frozen=True, slots=True)
class Handover:
    """A shortlist as words and addresses. `open_address` is for the caller, `desk_address` for staff: both hold ids alone."""

    chosen: Shortlist
    script: tuple[SpokenLine, ...]
    message: TextMessage
    message_address: str
    text: str
    mail_address: str
    open_address: str
    pdf_address: str
    desk_address: str


def handover(chosen: Shortlist, speaker: Speaker, today: date, site: str) -> Handover:
    """Return what a shortlist becomes; `site` is the address of this copy as callers reach it, without a closing slash."""
    lang = chosen.lang
    funding = site_statements(speaker.operator, lang, speaker.names_of_owned, speaker.advertisers)
    message = text_message([page.card for page in chosen.pages], lang)
    open_address = site + with_language(chosen.url(), lang)
    return Handover(
        chosen=chosen,
        script=read_aloud_script([SpokenPlace(page.card) for page in chosen.pages], lang, today, speaker),
        message=message,
        message_address=message_address(message.text),
        text=plain_text(chosen, funding, today),
        mail_address=mail_address(chosen, funding, today, open_address),
        open_address=open_address,
        pdf_address=with_language(chosen.url("/list.pdf"), lang),
        desk_address=site + chosen.url("/helpline"),
    )
