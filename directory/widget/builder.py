"""`/widget`: choose place, care, language and colours, see the widget, copy the lines. A plain form; it needs no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from directory.asking.query import MAX_NAME, SearchQuery
from directory.asking.scope import state_codes
from directory.disclosure import LANGUAGES, Language
from directory.web.current import site_address
from directory.web.i18n import current_language
from directory.widget import snippets
from directory.widget.bundle import Bundle
from directory.widget.colours import colour_of, is_readable, text_on
from directory.widget.page_words import PAGE_WORDS
from directory.widget.snippets import LONGEST_HOST_NAME
from index.errors import InvalidRequest
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId

CARE: Final = (
    *("care.detox", "care.inpatient", "care.residential", "care.php", "care.iop", "care.outpatient", "care.moud"),
    *("care.cooccurring", "care.sober_living"),
)
THEMES: Final = ("light", "dark", "auto")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the host chose; "" where it left a choice open. `typed_states` is as typed; `problems` names, by field, the sentence
    about a value that cannot be used: it stands in no line.
    """

    near: str
    care: str
    states: tuple[str, ...]
    typed_states: str
    host: str
    language: str
    theme: str
    accent: str
    problems: Mapping[str, str]

    @property
    def attributes(self) -> Mapping[str, str]:
        """The attributes of the element, those that differ from what it does anyway."""
        theme = self.theme if self.theme != "light" else ""
        scope = " ".join(self.states)
        named = {"near": self.near, "offers": self.care, "scope": scope, "host-name": self.host}
        return {**named, "lang": self.language, "theme": theme}

    def query(self, lang: Language) -> SearchQuery:
        """Return the search that the widget begins with, in the whole directory: the link inside the element leads there."""
        asked = next((known for known in LANGUAGES if known == self.language), lang)
        return SearchQuery(near=self.near, offers=(ConceptId(self.care),) if self.care else (), lang=asked)


def builder() -> ResponseReturnValue:
    """Show the form, the widget as chosen, and the lines to copy."""
    lang, chosen = current_language(), _choices()
    return render_template(
        "builder.html",
        words=PAGE_WORDS[lang],
        chosen=chosen,
        care=[(concept, Vocabulary.load().label(concept, lang)) for concept in CARE],
        languages={"en": "English", "es": "Español"},
        element=snippets.element_tag(chosen.attributes, chosen.query(lang)),
        snippets=_lines(chosen, lang, snippets.bundle()),
        policies=snippets.policy_lines(),
        here=f"{site_address()}{chosen.query(lang).url()}",
    )


def preview_style(accent: str) -> Response:
    """Send the rule that colours the preview: this site's own policy allows no style in a page."""
    colour = colour_of(f"#{accent}")
    if colour is None:
        abort(404)
    return Response(_rule(colour), content_type="text/css; charset=utf-8")


def _choices() -> Choices:
    def one_of(name: str, known: tuple[str, ...], otherwise: str = "") -> str:
        asked = request.args.get(name, "")
        return asked if asked in known else otherwise

    theme, typed = one_of("theme", THEMES, "light"), request.args.get("accent", "").strip()
    typed_states = request.args.get("states", "").strip()[:MAX_NAME]
    states, colour = _states(typed_states), colour_of(typed)
    faint = colour is not None and not is_readable(colour, theme)
    wrong_colour = ("accent_wrong" if colour is None else "accent_faint" if faint else "") if typed else ""
    problems = {"accent": wrong_colour, "states": "states_wrong" if states is None else ""}
    return Choices(
        near=request.args.get("near", "").strip()[:MAX_NAME],
        care=one_of("care", CARE),
        states=states or (),
        typed_states=typed_states,
        host=request.args.get("host", "").strip()[:LONGEST_HOST_NAME],
        language=one_of("language", LANGUAGES),
        theme=theme,
        accent=typed if colour is None or faint else colour,
        problems={field: problem for field, problem in problems.items() if problem},
    )


def _states(typed: str) -> tuple[str, ...] | None:
    """Return the postal codes that were typed, None where one of them is no state."""
    try:
        return state_codes("states", typed.replace(",", " ").split())
    except InvalidRequest:
        return None


def _lines(chosen: Choices, lang: Language, file: Bundle) -> list[tuple[str, str]]:
    """Return the ways to put the widget on a page, each with its heading."""
    words, query = PAGE_WORDS[lang], chosen.query(lang)
    style = f"<style>{_rule(chosen.accent)}</style>\n" if chosen.accent and "accent" not in chosen.problems else ""
    element = f"{style}{snippets.element_tag(chosen.attributes, query)}"
    lines = [
        (words["element"], f"{snippets.newest_script()}\n{element}"),
        (words["fixed"], f"{snippets.fixed_script(file)}\n{element}"),
    ]
    return (
        [*lines, (words["frame"], str(snippets.frame_tag(replace(query, states=chosen.states), host=chosen.host)))]
        if snippets.may_be_framed()
        else lines
    )


def _rule(accent: str) -> str:
    return f"treatment-search {{ --ts-accent: {accent}; --ts-on-accent: {text_on(accent)} }}"
