"""A list as one text message of at most three segments.

It begins with a neutral line, because a lock screen shows it. A paying place bears "[AD]", one whose status nobody confirmed
"[?]", each explained once; where mark and explanation do not fit, paying places go first, then the last ones of the list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directory.channels.entries import address_line
from directory.channels.words import WORDS
from directory.disclosure import (
    ANSWERERS,
    OWN_MARK,
    OWN_MARK_EXPLAINED,
    TEXT_MARK,
    TEXT_MARK_EXPLAINED,
    TEXT_UNCHECKED,
    UNCONFIRMED_MARK,
    UNCONFIRMED_MARK_EXPLAINED,
    Language,
    PaidStatus,
)
from directory.page import Card
from directory.site.meetings.lists import is_meeting, weekly_times
from directory.sources.records import AnsweredBy

MOST_SEGMENTS: Final = 3
SINGLE_SEGMENT: Final = 160  # septets of the GSM 7-bit alphabet (3GPP TS 23.038)
JOINED_SEGMENT: Final = 153  # one of several: the rest is a header that joins them
MOST_SEPTETS: Final = MOST_SEGMENTS * JOINED_SEGMENT
MOST_NAME: Final = 40  # letters of a name
_ALPHABET: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWO_SEPTETS: Final = frozenset("^{}\\[~]|€")
_TYPEWRITER: Final = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "...", "·": "-", "\u00a0": " "}
)


@dataclass(frozen=True, slots=True)
class TextMessage:
    """The text, how many places it leaves out, and whether places were left out because their label did not fit."""

    text: str
    left_out: int
    paid_left_out: bool

    @property
    def segments(self) -> int:
        """The number of messages that a phone sends."""
        length = septets(self.text)
        return 1 if length <= SINGLE_SEGMENT else -(-length // JOINED_SEGMENT)


def text_message(cards: Sequence[Card], lang: Language) -> TextMessage:
    """Return the message with as many places as fit, in their order."""
    kept = list(cards)
    while kept and septets(_written(kept, len(cards) - len(kept), lang)) > MOST_SEPTETS:
        paying = [card for card in kept if _is_paid(card)]
        kept.remove(paying[-1] if paying else kept[-1])
    left_out = [card for card in cards if card not in kept]
    return TextMessage(_written(kept, len(left_out), lang), len(left_out), any(map(_is_paid, left_out)))


def _written(cards: Sequence[Card], left_out: int, lang: Language) -> str:
    words = WORDS[lang]
    lines = [words["greeting"], *(_line(card, lang) for card in cards)]
    if left_out:
        lines.append(words["more"].format(number=left_out))
    if any(map(_is_paid, cards)):
        lines.append(TEXT_MARK_EXPLAINED[lang])
    if any(card.disclosure.operator_stake for card in cards):
        lines.append(OWN_MARK_EXPLAINED[lang])
    if any(map(_is_unconfirmed, cards)):
        lines.append(UNCONFIRMED_MARK_EXPLAINED[lang])
    if any(card.phones and card.phones[0].answered_by == AnsweredBy.UNKNOWN for card in cards):
        lines.append(TEXT_UNCHECKED[lang])
    return typewritten("\n".join((*lines, words["emergency"])))


def _is_paid(card: Card) -> bool:
    return card.disclosure.paid_status is PaidStatus.PAID


def _is_unconfirmed(card: Card) -> bool:
    return card.disclosure.paid_status is PaidStatus.UNKNOWN


def _marks(card: Card) -> str:
    marks = (
        (TEXT_MARK, _is_paid(card)),
        (UNCONFIRMED_MARK, _is_unconfirmed(card)),
        (OWN_MARK, card.disclosure.operator_stake),
    )
    return "".join(f"{mark} " for mark, applies in marks if applies)


def _line(card: Card, lang: Language) -> str:
    """Return marks, name and number, and who answers where that is known; of a meeting when and where it is."""
    name = card.listing.name if len(card.listing.name) <= MOST_NAME else f"{card.listing.name[: MOST_NAME - 3]}..."
    mark = _marks(card)
    if is_meeting(card):
        return f"{mark}{name}: {_meeting(card, lang)}"
    if not card.phones:
        return f"{mark}{name}: {WORDS[lang]['no_phone']}"
    phone = card.phones[0]
    who = "" if phone.answered_by == AnsweredBy.UNKNOWN else f"{ANSWERERS[AnsweredBy(phone.answered_by)][lang]}: "
    return f"{mark}{name}: {who}{phone.shown}"


def _meeting(card: Card, lang: Language) -> str:
    """Return times and place, and that the list may be old, in as few words as it takes."""
    old = WORDS[lang]["ask_first"] if card.age_note else ""
    where = card.listing.conference_url or address_line(card, lang)
    return ". ".join(filter(None, ("; ".join(weekly_times(card)), where, old)))


def typewritten(text: str) -> str:
    """Return the text in letters of the GSM alphabet, so that one accent does not double its length; "á" becomes "a"."""
    return "".join(_letter(sign) for sign in text.translate(_TYPEWRITER))


def _letter(sign: str) -> str:
    if sign in _ALPHABET or sign in _TWO_SEPTETS:
        return sign
    plain = unicodedata.normalize("NFKD", sign)[:1]
    return plain if plain in _ALPHABET else "?"


def septets(text: str) -> int:
    """Return the length of a text in the GSM alphabet: brackets and the like count twice."""
    return sum(2 if sign in _TWO_SEPTETS else 1 for sign in text)
