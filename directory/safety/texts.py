"""What the notices say, in plain English and Spanish. Facts and wording follow the medical sources in docs/understanding.md.

No doses and no taper schedules stand here or anywhere else on the public site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Tone = Literal["danger", "caution", "note"]


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice in one language: a title and at most three short lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One row of the table of notices: how loud, which lines to call, which searches to offer, and the words."""

    tone: Tone
    en: NoticeText
    es: NoticeText
    lines: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    leave_button: bool = False


# Most urgent first: where more than two fire, the first two are shown.
CARDS: Final[Mapping[str, NoticeCard]] = {
    "emergency-911": NoticeCard(
        "danger",
        NoticeText(
            "Call 911 now",
            (
                "Stay with the person. If you have naloxone (Narcan), give it.",
                "Most states protect people who call for help.",
                "Awake and took too much? Poison Help: 1-800-222-1222. Not awake: 911 first.",
            ),
        ),
        NoticeText(
            "Llame al 911 ahora",
            (
                "Quédese con la persona. Si tiene naloxona (Narcan), désela.",
                "La mayoría de los estados protege a quien llama para pedir ayuda.",
                "¿Está despierta y tomó demasiado? Llame al 1-800-222-1222. Si no despierta: primero el 911.",
            ),
        ),
        lines=("help.911", "help.poison"),
    ),
    "partner-violence": NoticeCard(
        "danger",
        NoticeText(
            "You deserve to be safe",
            (
                "Call 1-800-799-7233, day or night. It is private.",
                "In danger now? Call 911.",
                "Someone may see this screen. Use the Leave button.",
            ),
        ),
        NoticeText(
            "Usted merece estar a salvo",
            (
                "Llame al 1-800-799-7233, de día o de noche. Es privado.",
                "¿Está en peligro ahora? Llame al 911.",
                "Alguien puede ver esta pantalla. Use el botón Salir.",
            ),
        ),
        lines=("help.dv", "help.911"),
        leave_button=True,
    ),
    "sexual-assault": NoticeCard(
        "danger",
        NoticeText(
            "It was not your fault",
            (
                "Call 1-800-656-4673, day or night. It is private.",
                "Hurt, or in danger now? Call 911.",
                "Someone may see this screen. Use the Leave button.",
            ),
        ),
        NoticeText(
            "No fue su culpa",
            (
                "Llame al 1-800-656-4673, de día o de noche. Es privado.",
                "¿Tiene heridas o está en peligro ahora? Llame al 911.",
                "Alguien puede ver esta pantalla. Use el botón Salir.",
            ),
        ),
        lines=("help.rainn", "help.911"),
        leave_button=True,
    ),
    "child-danger": NoticeCard(
        "danger",
        NoticeText(
            "A child in danger now? Call 911",
            ("Worried about a child? Call 1-800-422-4453, day or night.", "Children can call, too."),
        ),
        NoticeText(
            "¿Un niño en peligro ahora? Llame al 911",
            ("¿Le preocupa un niño? Llame al 1-800-422-4453, de día o de noche.", "Los niños también pueden llamar."),
        ),
        lines=("help.911", "help.childhelp"),
        leave_button=True,
    ),
    "crisis-988": NoticeCard(
        "danger",
        NoticeText(
            "Talk to someone now: call or text 988",
            ("You can also text HOME to 741741.", "It is free, day and night.", "In danger right now? Call 911."),
        ),
        NoticeText(
            "Hable con alguien ahora: llame o envíe un texto al 988",
            (
                "También puede enviar AYUDA al 741741.",
                "Es gratis, de día y de noche. En español, oprima 2.",
                "¿Está en peligro ahora? Llame al 911.",
            ),
        ),
        lines=("help.988", "help.crisis_text", "help.911"),
    ),
    "pregnancy": NoticeCard(
        "caution",
        NoticeText(
            "Pregnant: do not stop suddenly", ("Call your doctor or a clinic today.", "There is safe care for you and the baby.")
        ),
        NoticeText(
            "Embarazo: no deje de golpe", ("Llame hoy a su médico o a una clínica.", "Hay atención segura para usted y el bebé.")
        ),
        lines=("help.samhsa",),
    ),
    "withdrawal-medetomidine": NoticeCard(
        "danger",
        NoticeText(
            "This withdrawal needs a hospital",
            ("Go to an emergency room.", "Any emergency room must check you, even if you cannot pay."),
        ),
        NoticeText(
            "Esta abstinencia necesita un hospital",
            ("Vaya a una sala de emergencias.", "Toda sala de emergencias debe revisarle, aunque no pueda pagar."),
        ),
        lines=("help.911",),
    ),
    "withdrawal-sedative": NoticeCard(
        "danger",
        NoticeText(
            "Stopping suddenly can kill",
            (
                "Do not do it alone. Go to a hospital or medical detox.",
                "Any emergency room must check you, even if you cannot pay.",
                "A seizure: call 911.",
            ),
        ),
        NoticeText(
            "Dejarlo de golpe puede matar",
            (
                "No lo haga sin ayuda. Vaya a un hospital o a una desintoxicación médica.",
                "Toda sala de emergencias debe revisarle, aunque no pueda pagar.",
                "Una convulsión: llame al 911.",
            ),
        ),
        lines=("help.911", "help.samhsa"),
    ),
    "seizure-medicine": NoticeCard(
        "caution",
        NoticeText("Do not stop seizure medicine", ("Call the person who prescribed it.", "A seizure now: call 911.")),
        NoticeText(
            "No deje la medicina para las convulsiones", ("Llame a quien la recetó.", "Una convulsión ahora: llame al 911.")
        ),
        lines=("help.911",),
    ),
    "withdrawal-prescribed-sedative": NoticeCard(
        "caution",
        NoticeText(
            "Do not stop on your own",
            (
                "Call the person who prescribed it, or a pharmacist.",
                "A slow, supervised taper is the safe way.",
                "A seizure: call 911.",
            ),
        ),
        NoticeText(
            "No la deje por su cuenta",
            (
                "Llame a quien la recetó o a un farmacéutico.",
                "Bajar poco a poco, con supervisión, es lo seguro.",
                "Una convulsión: llame al 911.",
            ),
        ),
        lines=("help.911", "help.samhsa"),
        see=("care.taper", "care.detox"),
    ),
    "withdrawal-alcohol": NoticeCard(
        "caution",
        NoticeText(
            "If you drink every day, do not stop all at once without medical help",
            (
                "Shaking, confused, seeing things, or a seizure? Call 911.",
                "Any emergency room must check you, even if you cannot pay.",
            ),
        ),
        NoticeText(
            "Si toma todos los días, no deje de golpe sin ayuda médica",
            (
                "¿Temblores, confusión, ve cosas o tiene una convulsión? Llame al 911.",
                "Toda sala de emergencias debe revisarle, aunque no pueda pagar.",
            ),
        ),
        lines=("help.911", "help.samhsa"),
        see=("care.detox",),
    ),
    "opioid-tolerance": NoticeCard(
        "caution",
        NoticeText(
            "Medicine lowers the risk of dying",
            (
                "That medicine is buprenorphine or methadone.",
                "After detox your body handles less: the old amount can kill.",
                "Keep naloxone near.",
            ),
        ),
        NoticeText(
            "La medicina baja el riesgo de morir",
            (
                "Esa medicina es buprenorfina o metadona.",
                "Después de la desintoxicación, su cuerpo aguanta menos: la cantidad de antes puede matar.",
                "Tenga naloxona cerca.",
            ),
        ),
        lines=("help.samhsa",),
        see=("care.moud", "med.naloxone"),
    ),
}
CRISIS_STRIP: Final[Mapping[str, tuple[str, str, str]]] = {
    "en": (
        "Will not wake up, trouble breathing, or a seizure? Call 911, give naloxone.",
        "Thinking of suicide, or in crisis? Call or text 988.",
        "Awake but took too much? 1-800-222-1222.",
    ),
    "es": (
        "¿No despierta, le cuesta respirar o tiene una convulsión? Llame al 911, dé naloxona.",
        "¿Piensa en el suicidio o está en crisis? Llame o envíe un texto al 988.",
        "¿Está despierto pero tomó demasiado? 1-800-222-1222.",
    ),
}
CRISIS_STRIP_SHORT: Final[Mapping[str, str]] = {"en": "Emergency 911 · Crisis 988", "es": "Emergencia 911 · Crisis 988"}
