"""What helpline staff read aloud: who we are, the danger check, the order, then each place, money before its name.

The words about money come from `directory.disclosure`. Nothing here asks a caller for a name, and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from re import sub
from typing import Final

from directory.channels.entries import address_line, times_of_week
from directory.disclosure import Language, Words, plain_date, spoken_money, spoken_opening
from directory.page import Card, PhoneLine
from directory.safety.lines import lines_for
from directory.settings import Operator
from directory.site.meetings.lists import forms, is_meeting

OLD_AFTER: Final = timedelta(days=365)  # the federal survey is yearly
NATIONAL_LINE: Final = "help.samhsa"
MOST_CARE: Final = 4  # kinds of care of one place: an ear keeps no more
_AMERICAN: Final = len("+17195550142")


class Part(StrEnum):
    """What a line of the script is, in the order in which they are read; those from MONEY to NUMBER recur for each place."""

    OPENING = "opening"
    DANGER = "danger"
    PROMISE = "promise"
    ORDER = "order"
    MONEY = "money"
    PLACE = "place"
    CARE = "care"
    UNSTATED = "unstated"
    ANSWERER = "answerer"
    NUMBER = "number"
    CHECKED = "checked"
    ASK = "ask"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line to read. `listing_id` is that of the place it is about, "" for the others; `shown` is the number for the eye."""

    part: Part
    text: str
    listing_id: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class SpokenPlace:
    """A place to read: its card, and how far it is in the words of its row ("2.1 mi", "" when no place was asked)."""

    card: Card
    miles: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the operator, the names of the facilities it owns, and how many listings are paid for now."""

    operator: Operator
    names_of_owned: tuple[str, ...] = ()
    advertisers: int | None = 0


def read_aloud_script(
    places: Sequence[SpokenPlace], lang: Language, today: date, speaker: Speaker, order: str = ""
) -> tuple[SpokenLine, ...]:
    """Return the whole script. `order` says how the places are ordered (`ResultPage.order`); "" is the caller's own list."""
    words = SPOKEN[lang]
    opening = spoken_opening(speaker.operator, lang, speaker.names_of_owned, speaker.advertisers)
    lines = [
        SpokenLine(Part.OPENING, " ".join(opening)),
        SpokenLine(Part.DANGER, words["danger"]),
        SpokenLine(Part.PROMISE, words["promise"]),
        SpokenLine(Part.ORDER, words["order"].format(order=order or words["listed"])),
    ]
    for place in places:
        lines += spoken_place(place, lang, today)
    lines.append(SpokenLine(Part.ASK, words["ask"]))
    return (*lines, SpokenLine(Part.ELSEWHERE, words["elsewhere"].format(number=_national_number(lang))))


def spoken_place(place: SpokenPlace, lang: Language, today: date) -> tuple[SpokenLine, ...]:
    """Return the lines of one place: money, name and town, care, what it does not say, then who answers before each number."""
    return tuple(
        SpokenLine(part, text, place.card.listing.id, shown) for part, text, shown in _said_of(place, lang, today) if text
    )


def _said_of(place: SpokenPlace, lang: Language, today: date) -> Iterator[tuple[Part, str, str]]:
    card, words = place.card, SPOKEN[lang]
    yield Part.MONEY, spoken_money(card.disclosure, lang), ""
    yield Part.PLACE, _name_and_town(place, lang), ""
    meets = is_meeting(card)
    yield Part.CARE, _meeting(card, lang) if meets else _care(card, lang), ""
    yield Part.UNSTATED, "" if meets else _unstated(card, lang), ""
    for phone in card.phones:
        yield Part.ANSWERER, phone.statement, ""
        yield Part.NUMBER, words["number"].format(number=spoken_number(phone, lang)), phone.shown
    if not card.phones and not meets:
        yield Part.NUMBER, words["no_phone"], ""
    yield Part.CHECKED, _checked(card, today, lang), ""


def _name_and_town(place: SpokenPlace, lang: Language) -> str:
    address = place.card.listing.address
    where = ", ".join(filter(None, (address.city, address.state)))
    miles = sub(r"\bmi$", "millas" if lang == "es" else "miles", place.miles)
    return ". ".join(filter(None, (place.card.listing.name, where, miles))) + "."


def _care(card: Card, lang: Language) -> str:
    """Return what the place says of its care and of ways to pay; none of it was checked by a caller."""
    words = SPOKEN[lang]
    care = tuple(stated.label for stated in card.care[:MOST_CARE])
    payment = ", ".join(stated.label for stated in card.payment)
    said = [words["care"].format(care=", ".join(care))] if care else []
    if payment:
        said.append(words["payment"].format(payment=payment))
    return " ".join(said)


def _meeting(card: Card, lang: Language) -> str:
    """Return what a group is, when it meets and where: what a caller needs who has no page before them."""
    words = SPOKEN[lang]
    said = (
        words["group"].format(forms=", ".join(forms(card))),
        words["meets"].format(times="; ".join(times_of_week(card))),
        words["where"].format(address=address_line(card, lang)),
    )
    return " ".join(said)


def _unstated(card: Card, lang: Language) -> str:
    """Return what the place does not say; "not stated" is never "no"."""
    words, listing = SPOKEN[lang], card.listing
    lacking = (
        ("no_care", not card.care),
        ("no_payment", not card.payment),
        ("no_hours", not (listing.hours or listing.open_24h == "yes" or card.program.schedule)),
        ("no_owner", not listing.operator),
    )
    unsaid = [words[name] for name, lacks in lacking if lacks]
    return words["unstated"].format(unsaid=", ".join(unsaid)) if unsaid else ""


def _checked(card: Card, today: date, lang: Language) -> str:
    words = SPOKEN[lang]
    if card.checked_on is None:
        return " ".join(filter(None, (words["unchecked"].format(edition=card.edition), card.age_note)))
    said = words["checked"].format(edition=card.edition, day=plain_date(card.checked_on, lang))
    return f"{said} {words['old']}" if today - card.checked_on > OLD_AFTER else said


def spoken_number(phone: PhoneLine, lang: Language) -> str:
    """Return a number digit by digit in groups with a pause between them: "seven one nine, five five five, zero one four two"."""
    number = phone.number
    if number.startswith("+1") and len(number) == _AMERICAN:
        number = f"{number[2:5]} {number[5:8]} {number[8:]}"
    said = spoken_digits(number, lang)
    return f"{said}, {SPOKEN[lang]['extension']} {spoken_digits(phone.extension, lang)}" if phone.extension else said


def spoken_digits(number: str, lang: Language) -> str:
    """Return each digit as a word; whatever stands between digits is a pause.

    >>> spoken_digits("1-800", "en")
    'one, eight zero zero'
    """
    groups = sub(r"\D+", " ", number).split()
    return ", ".join(" ".join(DIGITS[lang][int(digit)] for digit in group) for group in groups)


def _national_number(lang: Language) -> str:
    return spoken_digits(lines_for([NATIONAL_LINE], lang)[0].call, lang)


DIGITS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "es": ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
}
_SPOKEN: Final[Mapping[str, Words]] = {
    "danger": {
        "en": "First: is anyone having a seizure, hard to wake, or having trouble breathing? Then call nine one one now. "
        "Thoughts of suicide, or in crisis? Call or text nine eight eight. I can wait, or we can talk afterwards.",
        "es": "Primero: ¿alguien tiene una convulsión, no despierta bien o le cuesta respirar? Llame ahora al nueve uno uno. "
        "¿Piensa en el suicidio o está en crisis? Llame o escriba al nueve ocho ocho. Puedo esperar, o hablamos después.",
    },
    "promise": {
        "en": "This is free. You do not need to give your name. You can hang up any time.",
        "es": "Esto es gratis. No tiene que dar su nombre. Puede colgar cuando quiera.",
    },
    "order": {
        "en": "I will read places {order}. If one is a paid advertisement, I will say so first.",
        "es": "Voy a leer lugares: {order}. Si uno es un anuncio pagado, lo diré primero.",
    },
    "listed": {"en": "in the order of your list", "es": "en el orden de su lista"},
    "care": {"en": "It says it offers: {care}.", "es": "Dice que ofrece: {care}."},
    "payment": {"en": "It says it takes: {payment}. Ask them.", "es": "Dice que acepta: {payment}. Pregunte."},
    "group": {"en": "It is: {forms}.", "es": "Es: {forms}."},
    "meets": {"en": "It meets: {times}.", "es": "Se reúne: {times}."},
    "where": {"en": "Where: {address}.", "es": "Dónde: {address}."},
    "unstated": {
        "en": "Not stated: {unsaid}. That is not a no: ask them.",
        "es": "No se indica: {unsaid}. Eso no es un no: pregunte.",
    },
    "no_care": {"en": "kinds of care", "es": "tipos de atención"},
    "no_payment": {"en": "ways to pay", "es": "formas de pago"},
    "no_hours": {"en": "hours", "es": "horario"},
    "no_owner": {"en": "who owns it", "es": "quién es el dueño"},
    "number": {"en": "The number is: {number}.", "es": "El número es: {number}."},
    "extension": {"en": "extension", "es": "extensión"},
    "no_phone": {"en": "No phone number is listed.", "es": "No hay un número de teléfono."},
    "checked": {"en": "This is from {edition}, checked on {day}.", "es": "Esto viene de: {edition}, comprobado el {day}."},
    "unchecked": {
        "en": "This is from {edition}. We have not checked it.",
        "es": "Esto viene de: {edition}. No lo hemos comprobado.",
    },
    "old": {"en": "That is more than a year ago.", "es": "Eso fue hace más de un año."},
    "ask": {
        "en": "Call before you go. Ask them about cost, insurance, waiting time, medicines allowed, and who owns the center.",
        "es": "Llame antes de ir. Pregunte por el costo, el seguro, la espera, las medicinas que permiten y quién es el dueño.",
    },
    "elsewhere": {
        "en": "You can also call {number}, the national helpline, free, at any time, or use your state's list.",
        "es": "También puede llamar gratis, a cualquier hora, al {number}, la línea nacional, o usar la lista de su estado.",
    },
}
SPOKEN: Final[Mapping[Language, Mapping[str, str]]] = {
    lang: {name: words[lang] for name, words in _SPOKEN.items()} for lang in ("en", "es")
}
