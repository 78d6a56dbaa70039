"""The interface in English and Spanish: gettext catalogues read from .po files when the app is created.

English words are the keys. `directory/translations/<language>/messages.po` holds the others; a test keeps them complete.
Concept labels, notices and money statements have their own bilingual tables and do not pass through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po
from flask import Flask, g, request
from markupsafe import Markup

from directory.disclosure import LANGUAGES, Language

TRANSLATIONS: Final = Path(__file__).parents[1] / "translations"
DEFAULT_LANGUAGE: Final[Language] = "en"

Catalogue = Mapping[str, tuple[str, ...]]


@lru_cache
def catalogue(lang: Language) -> Catalogue:
    """Return a language's words by English key: one form, or singular and plural; empty for English."""
    path = TRANSLATIONS / lang / "messages.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    return {_key(m.id): _forms(m.string) for m in messages if m.id and m.string and not m.fuzzy}


def _key(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def asked_language() -> Language | None:
    """Return the language that the request's `lang` parameter names, None when it names none of ours."""
    asked = request.values.get("lang")
    return next((language for language in LANGUAGES if language == asked), None)


def preferred_language() -> Language:
    """Return the best of our languages for the browser's preference."""
    best = request.accept_languages.best_match(LANGUAGES)
    return next((language for language in LANGUAGES if language == best), DEFAULT_LANGUAGE)


def current_language() -> Language:
    """Return the language of this request: `?lang=`, else what the browser prefers; English outside a request."""
    try:
        found: Language = g.language
    except AttributeError:
        found = g.language = asked_language() or preferred_language()
    except RuntimeError:  # outside a request
        found = DEFAULT_LANGUAGE
    return found


def gettext(message: str) -> str:
    """Return a message in the language of this request."""
    forms = catalogue(current_language()).get(message)
    return forms[0] if forms else message


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the singular or plural form for a number in the language of this request; both our languages count alike."""
    forms = catalogue(current_language()).get(singular, (singular, plural))
    return forms[0] if number == 1 else forms[-1]


@lru_cache(maxsize=4096)
def _as_html(message: str, lang: Language) -> Markup:
    forms = catalogue(lang).get(message)
    return Markup(forms[0] if forms else message)  # noqa: S704 - words of templates and catalogues, never of readers


def template_gettext(message: str, **values: object) -> Markup:
    """Return a message for a template; values are escaped. Without values it is taken as it is, per cent signs too."""
    words = _as_html(message, current_language())
    return words % values if values else words


def template_ngettext(singular: str, plural: str, number: int, **values: object) -> Markup:
    """Return the form for a number for a template; `%(num)s` is the number unless `num` says it in another way."""
    return Markup(ngettext(singular, plural, number)) % {"num": number, **values}  # noqa: S704 - as above


def init_app(app: Flask) -> None:
    """Give the app's templates `_()` and `ngettext()`; Jinja's own extension does the same in five times the time."""
    app.jinja_env.globals.update(_=template_gettext, ngettext=template_ngettext)
    for language in LANGUAGES:
        catalogue(language)
