"""What every page of the desk needs: its words, its keys, the danger card, and the lookup of this request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from flask import current_app

from directory.channels.script import SPOKEN
from directory.disclosure import LANGUAGES, Language
from directory.helpline.asking.passing import LastGood, PassingLookup
from directory.helpline.staff.access import staff_session
from directory.helpline.words import WORDS
from directory.safety import CallLine, Notice, lines_for
from directory.site.notices import notices_named
from directory.web import current
from directory.web.i18n import current_language

LAST_GOOD: Final = "directory.helpline.last_good"
DANGER_LINES: Final = ("help.911", "help.988", "help.poison")
WARNINGS: Final = ("withdrawal-alcohol", "withdrawal-sedative", "withdrawal-prescribed-sedative", "opioid-tolerance", "pregnancy")


@dataclass(frozen=True, slots=True)
class DangerCard:
    """The danger check in one language: what to ask, whom to call, and what to say of stopping."""

    lang: Language
    question: str
    lines: tuple[CallLine, ...]
    warnings: tuple[Notice, ...]

    @property
    def words(self) -> dict[str, str]:
        """The words of the card's own language, whatever the page speaks."""
        return dict(WORDS[self.lang])


def danger_cards() -> tuple[DangerCard, ...]:
    """Return the danger check in both languages."""
    return tuple(_danger_card(lang) for lang in LANGUAGES)


def _danger_card(lang: Language) -> DangerCard:
    return DangerCard(lang, SPOKEN[lang]["danger"], lines_for(DANGER_LINES, lang), notices_named(WARNINGS, lang))


def last_good() -> LastGood:
    """Return what this worker knows of the last list that could be read in full."""
    return cast("LastGood", current_app.extensions.setdefault(LAST_GOOD, LastGood()))


def passing_lookup() -> PassingLookup:
    """Return a lookup for this request alone, which keeps nothing of it."""
    return PassingLookup(current.lookup(), last_good())


def frame() -> dict[str, Any]:
    """Return what the frame of a page for somebody who is logged in needs."""
    session = staff_session()
    return {"w": WORDS[current_language()], "member": session.member, "form_token": session.form_token}
