"""What a page says about the search itself: corrections, words not used, wishes that no list can answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from directory.page import Corrected
from directory.planning import PRIVATE_INSURANCE, Knowledge
from directory.query import SearchQuery
from directory.readings import Read
from directory.sentences import joined, phrase
from index.language.roles import Role
from index.language.understanding import Understanding


def corrections_of(query: SearchQuery, read: Understanding) -> tuple[Corrected, ...]:
    """Return the spellings corrected, each with the address that searches the words exactly as typed."""
    literally = replace(query, understand=False, page=1).url()
    return tuple(Corrected(correction.typed, correction.shown, literally) for correction in read.corrections)


def remarks_of(query: SearchQuery, parts: SearchQuery, read: Read, known: Knowledge) -> tuple[str, ...]:
    """Return plain sentences about what the search could not use."""
    return tuple(_remarks(query, parts, read, known))


def _remarks(query: SearchQuery, parts: SearchQuery, read: Read, known: Knowledge) -> Iterator[str]:
    spanish = query.lang == "es"
    if read.unused_place:
        label = read.unused_place.label
        yield (
            f"Buscamos en el lugar de la casilla; no usamos «{label}»."
            if spanish
            else f"We searched the place in the place box and did not use “{label}”."
        )
    if read.understanding.residual and not parts.name and query.understand:
        words = " ".join(read.understanding.residual)
        yield f"No usamos estas palabras: «{words}»." if spanish else f"We did not use these words: “{words}”."
    yield from _unanswerable(parts, read, known)


def _unanswerable(parts: SearchQuery, read: Read, known: Knowledge) -> Iterator[str]:
    """Say what no list states, and what to ask instead: silence is never a no."""
    spanish, vocabulary = parts.lang == "es", known.vocabulary
    for insurer in (concept for concept in parts.prefer if vocabulary.is_insurer(concept) and concept != PRIVATE_INSURANCE):
        label = vocabulary.label(insurer, parts.lang)
        yield (
            f"Ninguna lista dice qué planes aceptan. Pregunte: ¿están en la red de {label}?"
            if spanish
            else f"No list says which plans they take. Ask: are you in network with {label}?"
        )
    if read.understanding.ids(Role.TIME) or any(concept.startswith("sched.") for concept in parts.prefer):
        yield "Estas listas no indican horarios. Llame primero." if spanish else "These lists do not state hours. Call first."
    silent = [
        phrase(concept, vocabulary, parts.lang)
        for concept in parts.prefer
        if concept not in known.stated and vocabulary.is_filterable(concept) and not concept.startswith("sched.")
    ]
    if silent:
        words = joined(silent, "o" if spanish else "or")
        yield (
            f"Ninguna lista dice qué lugares ofrecen {words}. Pregunte cuando llame."
            if spanish
            else f"No list says which places offer {words}. Ask when you call."
        )
