"""Reading words for danger when nothing can be searched: from the words alone, without index, store or gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import request
from werkzeug.exceptions import HTTPException

from directory.asking.query import SearchQuery
from directory.disclosure import Language
from directory.safety import Notice, notices_for
from directory.site.notices import NoticeView, notice_views
from directory.web.i18n import current_language
from index.geo.place_types import Place
from index.geo.places import NearSpelling, State
from index.language.names.listed import NoNames
from index.language.understanding import understand
from index.language.vocabulary import Vocabulary


class NoPlaces:
    """A gazetteer that knows no place: a town's name never decides whether somebody is in danger."""

    def find(self, words: Sequence[str], state: str = "") -> tuple[Place, ...]:
        """Return no place."""
        return ()

    def begins(self, words: Sequence[str]) -> bool:
        """Begin no name."""
        return False

    def state_of(self, word: str) -> str:
        """Return no state."""
        return ""

    def near_spellings(self, phrase: str, limit: int = 3, state: str = "") -> tuple[NearSpelling, ...]:
        """Return no name."""
        return ()

    def states(self) -> tuple[State, ...]:
        """Return no state."""
        return ()


_NO_PLACES: Final = NoPlaces()


def danger_in(text: str, lang: Language) -> tuple[Notice, ...]:
    """Return the notices that words fire."""
    if not text.strip():
        return ()
    read = understand(text, vocabulary=Vocabulary.load(), places=_NO_PLACES, names=NoNames(), lang=lang)
    return notices_for(read, lang)


def views_of_danger(text: str, lang: Language) -> tuple[NoticeView, ...]:
    """Return those notices ready for a page; they name lines to call, since no search can be offered."""
    return notice_views(danger_in(text, lang), SearchQuery(lang=lang), lang)


def unanswered_danger() -> tuple[NoticeView, ...]:
    """Return the notices of the words that this request could not answer, whatever went wrong."""
    try:
        return views_of_danger(request.values.get("q", ""), current_language())
    except HTTPException:  # a body that cannot be read holds no words
        return ()
