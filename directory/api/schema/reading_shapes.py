"""How words were read, as the API answers it: concepts, place, urgency, and the notices that they fire."""

from __future__ import annotations

from msgspec import Struct


class Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the shapes: no member beyond those named."""


class Line(Shape, frozen=True, kw_only=True):
    """A confirmed line: how to call or text it, when, and the key to press or the word to send."""

    id: str
    name: str
    call: str
    press: str
    text_to: str
    text_word: str
    hours: str
    note: str


class Notice(Shape, frozen=True, kw_only=True):
    """A safety notice, to be shown before the results: short lines, whom to call, and which concepts to offer a search for."""

    id: str
    tone: str
    title: str
    lines: tuple[str, ...]
    call_lines: tuple[Line, ...]
    see: tuple[str, ...]
    leave_button: bool


class NoticeName(Struct, frozen=True, kw_only=True):
    """A notice that the words fire."""

    id: str
    title: str = ""


class ReadConcept(Shape, frozen=True, kw_only=True):
    """A concept that the words name. `role` says what it does: filter, rank, or only say what is urgent or who asks."""

    id: str
    label: str
    kind: str
    matched: str
    corrected_from: str | None
    role: str


class Spot(Shape, frozen=True, kw_only=True):
    """A place without further readings."""

    label: str
    kind: str
    city: str | None
    county: str | None
    state: str
    zip: str | None
    lat: float
    lon: float
    time_zone: str


class ReadPlace(Spot, frozen=True, kw_only=True):
    """The place that is searched, and other places of its name, most populous first."""

    alternatives: tuple[Spot, ...]


class ReadRadius(Shape, frozen=True, kw_only=True):
    """A distance that the words name."""

    miles: float
    matched: str


class ReadCrisis(Shape, frozen=True, kw_only=True):
    """What is urgent in the words; `lines` are concept ids of lines that help."""

    id: str
    tier: str
    lines: tuple[str, ...]


class Correction(Shape, frozen=True, kw_only=True):
    """A spelling that was read as another word."""

    typed: str
    shown: str
    kind: str


class Understanding(Shape, frozen=True, kw_only=True):
    """How the words were read. Excluded concepts never stand in `concepts`; blank words have no intent.

    `other_places` were named beside `place`, and are not searched with it; of a search that is carried out in several states
    together, `place` is null.
    """

    concepts: tuple[ReadConcept, ...]
    excluded: tuple[ReadConcept, ...]
    place: ReadPlace | None
    place_excluded: ReadPlace | None
    other_places: tuple[ReadPlace, ...]
    near_me: bool
    radius: ReadRadius | None
    time: tuple[str, ...]
    residual: tuple[str, ...]
    corrections: tuple[Correction, ...]
    intent: str | None
    crisis: ReadCrisis | None
    language: str
    notices: tuple[NoticeName, ...]
