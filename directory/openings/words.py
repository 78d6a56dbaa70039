"""The words of the private page in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from directory.disclosure import Language

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Openings", "Lugares libres"),
    "about": ("This page belongs to {name}.", "Esta página es de {name}."),
    "private": (
        "Whoever has its address can write here. Keep it among your staff. We can close it at any time: call us.",
        "Quien tenga su dirección puede escribir aquí. Guárdela entre su personal. Podemos cerrarla cuando sea: llámenos.",
    ),
    "free": (
        "It is free, and it does not change where you stand in results. Helpline staff see it for 24 hours.",
        "Es gratis y no cambia su lugar en los resultados. El personal de la línea lo ve por 24 horas.",
    ),
    "no_patients": ("Write nothing about a patient.", "No escriba nada de un paciente."),
    "last": ("Told last:", "Último aviso:"),
    "never": ("Nothing was told in the last 24 hours.", "No hubo avisos en las últimas 24 horas."),
    "places": ("How many places are free now? 0 means full.", "¿Cuántos lugares hay libres ahora? 0 es lleno."),
    "tell": ("Tell the helpline", "Avisar a la línea"),
    "told": ("Thank you. The helpline sees it now.", "Gracias. La línea ya lo ve."),
    "calls": ("What we say of our calls to you", "Lo que decimos de nuestras llamadas"),
    "calls_none": ("Nothing now.", "Nada por ahora."),
    "answer": ("Your answer (at most 300 letters)", "Su respuesta (300 letras como máximo)"),
    "answer_hint": (
        "A person here reads it first. Then readers see it beside our words, for as long as those stand.",
        "Primero la lee una persona de nuestro equipo. Después el público la ve junto a nuestras palabras, mientras estén.",
    ),
    "send": ("Send the answer", "Enviar la respuesta"),
    "answered": ("Thank you. A person here will read it.", "Gracias. Una persona de nuestro equipo la leerá."),
    "wrong_places": ("Write a number from 0 to 500.", "Escriba un número de 0 a 500."),
    "wrong_often": (
        "This page was used often in the last hour. Try again later.",
        "Esta página se usó mucho en la última hora. Inténtelo más tarde.",
    ),
    "wrong_statement": (
        "Write at most 300 letters: what is wrong, without praise and without a phone number. Up to five answers can wait.",
        "Escriba 300 letras como máximo: qué está mal, sin elogios y sin teléfono. Pueden esperar hasta cinco respuestas.",
    ),
}
WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {name: words[0] for name, words in _WORDS.items()},
    "es": {name: words[1] for name, words in _WORDS.items()},
}
