"""What the page of the desk shows of these rooms: notes in its rows, prompts with its answer, links, and ticks at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask import Flask
from flask.blueprints import BlueprintSetupState

from directory.desk.priority import Prompt, prompts_for_search
from directory.desk.weekly import NEEDS
from directory.disclosure import Language
from directory.helpline.asking.answer import Answer
from directory.helpline.asking.notes import add_notes
from directory.helpline.places.counting import counts_calls
from directory.helpline.places.knowledge import notes_of_places
from directory.helpline.places.words import PLACE_WORDS
from directory.helpline.room import helpline
from directory.web import current
from directory.web.i18n import current_language


def _notes(listing_ids: Sequence[str], lang: Language) -> Mapping[str, Sequence[str]]:
    return notes_of_places(current.lookup().store, listing_ids, lang, current.now())


@helpline.record
def join_the_desk(state: BlueprintSetupState) -> None:
    """Let the rows of an answer say what is known of their places, in each application that has the desk."""
    add_notes(cast("Flask", state.app), _notes)


@helpline.context_processor
def around_context() -> dict[str, Any]:
    """Give the templates of the desk the words of these rooms, and whether calls are counted here."""
    return {"pw": PLACE_WORDS[current_language()], "counts_calls": counts_calls(), "needs": NEEDS}


@helpline.app_template_global()
def priority_prompts(answer: Answer) -> tuple[Prompt, ...]:
    """Return who must be admitted first, where a search is about them."""
    return prompts_for_search(answer.ask.words.text, answer.page.parts.offers, answer.page.lang)
