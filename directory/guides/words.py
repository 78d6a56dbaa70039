"""The words around a guide in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from directory.disclosure import Language

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "guides": "Guides",
        "intro": "Plain answers about substances, care and paying for it. Each one says where its facts come from.",
        "danger": "Get help now if you see this",
        "contents": "On this page",
        "source": "Source",
        "sources": "Where this comes from",
        "sources_how": "A number in the text leads to the page that states the fact. We read stored copies, which can be"
        " older than the day we read them. Sentences without a number are our own advice.",
        "read_on": "read on",
        "about": "About this guide",
        "written": "Written on",
        "reviewed": "Reviewed by {name}, {credential}, on",
        "not_reviewed": "Not yet reviewed by a clinician.",
        "advice": "This guide is information, not medical advice. It cannot know your health. Ask a doctor or a pharmacist.",
        "publisher": "Published by",
        "conflicts": "Conflicts of interest:",
        "all": "All guides",
        "find": "Find a place or a line",
        "offered": "Read about it",
    },
    "es": {
        "guides": "Guías",
        "intro": "Respuestas claras sobre las sustancias, la atención y cómo pagarla. Cada una dice de dónde salen sus datos.",
        "danger": "Busque ayuda ya si ve esto",
        "contents": "En esta página",
        "source": "Fuente",
        "sources": "De dónde sale esto",
        "sources_how": "Un número en el texto lleva a la página que afirma el dato. Leímos copias guardadas, que pueden ser más"
        " antiguas que el día en que las leímos. Las frases sin número son consejos nuestros. Las fuentes están en inglés.",
        "read_on": "leída el",
        "about": "Sobre esta guía",
        "written": "Escrita el",
        "reviewed": "Revisada por {name}, {credential}, el",
        "not_reviewed": "Aún no la ha revisado un profesional de la salud.",
        "advice": "Esta guía es información, no consejo médico. No conoce su salud. Pregunte a un médico o farmacéutico.",
        "publisher": "Publicada por",
        "conflicts": "Conflictos de interés:",
        "all": "Todas las guías",
        "find": "Buscar un lugar o una línea",
        "offered": "Para leer sobre esto",
    },
}
