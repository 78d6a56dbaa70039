"""The kinds of problem that this service answers with: each has a name, a status, and plain words in both languages.

`docs/api.md` explains each under its name, and `/problems/<name>` answers with the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from directory.asking.query import TextTooLong
from directory.disclosure import Words
from directory.errors import ListingNotFound, StoreUnavailable
from directory.web.bodies import UnreadBody
from directory.web.ratelimit import TooManyRequests
from index.errors import EngineUnavailable, InvalidRequest, PageNotFound
from index.geo.distance import InvalidCoordinates
from index.geo.places import UnknownPlace


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What went wrong in general: `name` is the last part of the problem's type, `message` says what to do next."""

    name: str
    status: int
    title: Words
    message: Words

    @property
    def type(self) -> str:
        """The address that names and explains this kind."""
        return f"/problems/{self.name}"


def _kind(name: str, status: int, title: tuple[str, str], message: tuple[str, str]) -> ProblemKind:
    """Return a kind from its English and Spanish words."""
    return ProblemKind(name, status, {"en": title[0], "es": title[1]}, {"en": message[0], "es": message[1]})


INVALID_PARAMETER: Final = _kind(
    "invalid-parameter",
    400,
    ("Part of the search cannot be used", "Una parte de la búsqueda no se puede usar"),
    ("Change that part and search again.", "Cambie esa parte y busque de nuevo."),
)
UNAVAILABLE: Final = _kind(
    "unavailable",
    503,
    ("The directory cannot answer right now", "El directorio no puede responder en este momento"),
    (
        "Please try again in a minute. The lines on this page answer at any time.",
        "Inténtelo de nuevo en un minuto. Las líneas de esta página contestan a toda hora.",
    ),
)
NOT_FOUND: Final = _kind(
    "not-found",
    404,
    ("There is no such page", "Esa página no existe"),
    ("Check the address, or start a new search.", "Revise la dirección o empiece una nueva búsqueda."),
)
TEXT_TOO_LONG: Final = _kind(
    "text-too-long",
    413,
    ("That is more text than we can search", "Es más texto del que podemos buscar"),
    (
        "Search again with a few words: what you need, and a city or ZIP code.",
        "Busque de nuevo con pocas palabras: lo que necesita y una ciudad o un código postal.",
    ),
)
UNEXPECTED: Final = _kind(
    "internal-error",
    500,
    ("Something went wrong on our side", "Algo falló de nuestro lado"),
    (
        "It is not your doing. Please try again. The lines on this page answer at any time.",
        "No es culpa suya. Inténtelo de nuevo. Las líneas de esta página contestan a toda hora.",
    ),
)

BY_ERROR: Final[Mapping[type[Exception], ProblemKind]] = {
    TextTooLong: TEXT_TOO_LONG,
    InvalidRequest: INVALID_PARAMETER,
    InvalidCoordinates: INVALID_PARAMETER,
    UnknownPlace: _kind(
        "unknown-place",
        400,
        ("We do not know that place", "No conocemos ese lugar"),
        (
            "Try a ZIP code, a city with its state, a county, or a state.",
            "Pruebe con un código postal, una ciudad con su estado, un condado o un estado.",
        ),
    ),
    PageNotFound: _kind(
        "page-past-the-end",
        404,
        ("That page lies past the last result", "Esa página está después del último resultado"),
        ("Go back to the first page.", "Vuelva a la primera página."),
    ),
    ListingNotFound: _kind(
        "listing-not-found",
        404,
        ("We do not list that place", "No tenemos ese lugar"),
        (
            "It may have closed, or its source no longer names it. Start a new search.",
            "Puede que haya cerrado o que su fuente ya no lo mencione. Empiece una nueva búsqueda.",
        ),
    ),
    TooManyRequests: _kind(
        "too-many-requests",
        429,
        ("Too many requests from your network", "Demasiadas solicitudes desde su red"),
        (
            "Wait a moment and try again. The lines on this page answer at any time.",
            "Espere un momento e inténtelo de nuevo. Las líneas de esta página contestan a toda hora.",
        ),
    ),
    UnreadBody: _kind(
        "unsupported-media-type",
        415,
        ("A search in that form cannot be read", "Una búsqueda en ese formato no se puede leer"),
        (
            "Send the same parameters as a form (application/x-www-form-urlencoded).",
            "Mande los mismos parámetros como formulario (application/x-www-form-urlencoded).",
        ),
    ),
    EngineUnavailable: UNAVAILABLE,
    StoreUnavailable: UNAVAILABLE,
}
BY_STATUS: Final[Mapping[int, ProblemKind]] = {
    400: _kind(
        "bad-request",
        400,
        ("The request cannot be read", "La solicitud no se puede leer"),
        ("Start a new search.", "Empiece una nueva búsqueda."),
    ),
    404: NOT_FOUND,
    405: _kind(
        "method-not-allowed",
        405,
        ("This address does not take that kind of request", "Esta dirección no acepta ese tipo de solicitud"),
        ("Open the page again from its link.", "Abra la página de nuevo desde su enlace."),
    ),
    413: TEXT_TOO_LONG,
    414: _kind(
        "address-too-long",
        414,
        ("The address is too long", "La dirección es demasiado larga"),
        ("Search again with fewer words.", "Busque de nuevo con menos palabras."),
    ),
    431: _kind(
        "headers-too-large",
        431,
        ("The request carries too much", "La solicitud lleva demasiado"),
        ("Open the page again from its link.", "Abra la página de nuevo desde su enlace."),
    ),
    500: UNEXPECTED,
    503: UNAVAILABLE,
}
KINDS: Final[Mapping[str, ProblemKind]] = {kind.name: kind for kind in (*BY_ERROR.values(), *BY_STATUS.values())}
