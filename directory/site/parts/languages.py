"""Addresses that keep the language a reader chose."""

from __future__ import annotations

from flask import g

from directory.web import i18n


def kept_language() -> str:
    """Return the language that links must carry: the one asked for by `?lang=`, "" where the browser's preference decides."""
    try:
        found: str = g.kept_language
    except AttributeError:
        found = g.kept_language = i18n.asked_language() or ""
    return found


def link(address: str) -> str:
    """Return an address of this site that keeps the language the reader chose."""
    lang = kept_language()
    return with_language(address, lang) if lang else address


def with_language(address: str, lang: str) -> str:
    """Return the address in a language; a language that it names already is replaced."""
    path, hash_sign, fragment = address.partition("#")
    path, _, query = path.partition("?")
    kept = [pair for pair in query.split("&") if pair and not pair.startswith("lang=")]
    return f"{path}?{'&'.join([*kept, f'lang={lang}'])}{hash_sign}{fragment}"
