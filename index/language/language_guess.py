"""Whether a text is English or Spanish, by its small words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SPANISH: Final = frozenset(
    ["el", "los", "las", "una", "unos", "de", "del", "que", "y", "en", "por", "para", "con", "sin", "mi", "mis", "su", "sus", "esta", "estoy", "tengo", "necesito", "busco", "donde", "cerca", "ayuda", "quiero", "puedo", "como", "cuando", "porque", "muy", "pero", "mas", "hijo", "hija", "esposo", "esposa", "hermano", "mama", "papa", "clinica", "centro", "tratamiento", "seguro", "gratis", "reunion", "reuniones", "junta", "juntas", "grupo", "grupos", "drogas", "alcoholismo", "dejar", "tomar", "beber", "desintoxicacion", "rehabilitacion", "adicto", "adiccion", "espanol", "ingles", "medico", "doctora", "hombres", "mujeres", "adolescentes", "hoy", "noche", "manana", "ahora", "aqui", "alguien", "hay", "acepta", "aceptan", "no", "se", "me", "le", "nos", "lo", "al", "es"]
)
_ENGLISH: Final = frozenset(
    ["the", "a", "an", "of", "for", "in", "near", "with", "without", "my", "is", "are", "i", "im", "need", "help", "me", "where", "who", "what", "how", "that", "takes", "to", "and", "or", "on", "at", "do", "does", "can", "rehab", "detox", "treatment", "meeting", "meetings", "free", "clinic", "doctor", "program", "house", "center", "insurance", "open", "tonight", "today", "get", "off", "want", "has", "been"]
)


def guess_language(words: Sequence[str], preferred: str = "en") -> str:
    """Return "es" or "en"; the preferred one when the words do not tell.

    >>> guess_language(["centro", "de", "ayuda"]), guess_language(["detox", "near", "me"], "es"), guess_language(["xanax"], "es")
    ('es', 'en', 'es')
    """
    spanish = sum(word in _SPANISH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if spanish == english:
        return preferred
    return "es" if spanish > english else "en"
