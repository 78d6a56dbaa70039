"""Sample calls for new staff: people who do not exist, each with what a good call does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from directory.disclosure import Language


@dataclass(frozen=True, slots=True)
class SampleCall:
    """One made-up call: who calls, what they say, and what to do, step by step."""

    caller: str
    says: str
    goals: tuple[str, ...]


_CALLS: Final[tuple[dict[Language, SampleCall], ...]] = (
    {
        "en": SampleCall(
            "A woman, 26, near Cleveland",
            "I'm pregnant and I use meth. I have Medicaid. I need somewhere to go. My ZIP is 44102.",
            (
                "Ask about danger first.",
                "Say that pregnancy comes first at many programs: ask each place about priority.",
                "Find three places that take Medicaid. Read them aloud. Send them as a text message.",
            ),
        ),
        "es": SampleCall(
            "Una mujer de 26 años, cerca de Cleveland",
            "Estoy embarazada y uso metanfetamina. Tengo Medicaid. Necesito un lugar. Mi código postal es 44102.",
            (
                "Pregunte primero por el peligro.",
                "Diga que muchos programas dan prioridad al embarazo: pregunte en cada lugar.",
                "Encuentre tres lugares que acepten Medicaid. Léalos en voz alta. Envíelos por mensaje de texto.",
            ),
        ),
    },
    {
        "en": SampleCall(
            "A man, 58, in Denver",
            "I've taken Klonopin for ten years. My doctor is gone and I have pills for four more days. I'm in Denver.",
            (
                "Ask about danger first. Say: do not stop on your own.",
                "Look for people who taper, not only for detox.",
                "Keep three places, compare them, and ask each about waiting time.",
            ),
        ),
        "es": SampleCall(
            "Un hombre de 58 años, en Denver",
            "Tomo Klonopin desde hace diez años. Mi médico ya no está y tengo pastillas para cuatro días. Estoy en Denver.",
            (
                "Pregunte primero por el peligro. Diga: no lo deje por su cuenta.",
                "Busque quien baje la dosis poco a poco, no solo desintoxicación.",
                "Guarde tres lugares, compárelos y pregunte en cada uno por la espera.",
            ),
        ),
    },
    {
        "en": SampleCall(
            "A mother in a small town near Colorado Springs, in Spanish",
            "My son uses fentanyl. Everybody knows us in Monument. Is there Suboxone, in Spanish, not in our town?",
            (
                "Turn the script to Spanish.",
                "Ask about danger first: does he have naloxone at home?",
                "Leave out their own town. Keep three places and hand them over in Spanish.",
            ),
        ),
        "es": SampleCall(
            "Una madre en un pueblo cerca de Colorado Springs",
            "Mi hijo usa fentanilo. En Monument todos nos conocen. ¿Hay Suboxone, en español, fuera del pueblo?",
            (
                "Ponga el guion en español.",
                "Pregunte primero por el peligro: ¿tiene naloxona en casa?",
                "Deje fuera su propio pueblo. Guarde tres lugares y entréguelos en español.",
            ),
        ),
    },
    {
        "en": SampleCall(
            "Somebody who reads a number from a flyer: 719-555-0142",
            "This number was on a flyer for a free detox. Whose number is it?",
            (
                "Type the number.",
                "Say what is known of who answers it, and say it when nothing is known.",
                "Offer the national helpline and the state's list.",
            ),
        ),
        "es": SampleCall(
            "Alguien lee un número de un folleto: 719-555-0142",
            "Este número estaba en un folleto de desintoxicación gratis. ¿De quién es?",
            (
                "Escriba el número.",
                "Diga lo que se sabe de quién contesta, y diga si no se sabe nada.",
                "Ofrezca la línea nacional y la lista del estado.",
            ),
        ),
    },
)


def sample_calls(lang: Language) -> tuple[SampleCall, ...]:
    """Return the calls to practice with."""
    return tuple(call[lang] for call in _CALLS)
