"""The crisis lines: confirmed numbers only, read once from `data/crisis_lines.json`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

LINES_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "crisis_lines.json"


class CrisisLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line: how to reach it, when, and the owner's page that says so.

    `call` and `text_to` are as people dial them; `press` is the key to press afterwards; `text_word` is what to send.
    `checked_on` is the day the number was confirmed on `owner_url`.
    """

    id: str
    name: str
    name_es: str
    hours: str
    hours_es: str
    note: str
    note_es: str
    owner_url: str
    checked_on: date
    call: str = ""
    press: str = ""
    tty: str = ""
    text_to: str = ""
    text_word: str = ""
    text_word_es: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lines: tuple[CrisisLine, ...]


@dataclass(frozen=True, slots=True)
class CallLine:
    """A crisis line in one language, ready to show: `call` and `text_to` are "" where there is none."""

    id: str
    name: str
    call: str
    press: str
    text_to: str
    text_word: str
    hours: str
    note: str


@cache
def crisis_lines() -> Mapping[str, CrisisLine]:
    """Return the confirmed lines by id."""
    read = msgspec.json.decode(LINES_FILE.read_bytes(), type=_File)
    return {line.id: line for line in read.lines}


@cache
def _ids_by_number() -> Mapping[str, str]:
    return {re.sub(r"\D", "", line.call)[-10:]: line.id for line in crisis_lines().values() if line.call}


@cache
def _spanish_names() -> Mapping[str, str]:
    return {line.name: line.name_es for line in crisis_lines().values() if line.name_es != line.name}


def spanish_name(name: str) -> str:
    """Return what a confirmed line of this English name is called in Spanish, "" for any other.

    >>> spanish_name("SAMHSA National Helpline")
    'Línea Nacional de Ayuda de SAMHSA'
    """
    return _spanish_names().get(name, "")


def line_called(number: str) -> str:
    """Return the id of the confirmed line with a number of ten digits, "" where it is of none."""
    return _ids_by_number().get(number, "")


def lines_for(ids: Iterable[str], lang: str) -> tuple[CallLine, ...]:
    """Return the lines of the ids that have a confirmed number, in the order given, in English or Spanish."""
    known = crisis_lines()
    return tuple(_in_language(known[line_id], lang) for line_id in ids if line_id in known)


def _in_language(line: CrisisLine, lang: str) -> CallLine:
    spanish = lang == "es"
    return CallLine(
        id=line.id,
        name=line.name_es if spanish else line.name,
        call=line.call,
        press="2" if spanish and line.id == "help.988" else line.press,
        text_to=line.text_to,
        text_word=line.text_word_es or line.text_word if spanish else line.text_word,
        hours=line.hours_es if spanish else line.hours,
        note=line.note_es if spanish else line.note,
    )
