"""The map of the country: one color a state, darker where there is more. Drawn from outlines that a script simplified."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from markupsafe import Markup, escape

FILE: Final = Path(__file__).with_name("data") / "country.json"
WIDTH, HEIGHT = 488, 305  # units of the outlines
SHADES: Final = 5
ISLANDS: Final = ("AS", "GU", "MP", "PR", "VI")  # no outlines on this map: a square each, with its letters
SQUARE, ISLAND_TOP, ISLAND_LEFT, ISLAND_STEP = 20, 172, 462, 26  # units


def steps_of(counts: Sequence[int]) -> tuple[int, ...]:
    """Return the least count of each shade but the lightest: as many states in each as can be. Zero has a shade of its own."""
    ordered = sorted(count for count in counts if count)
    return tuple(dict.fromkeys(ordered[len(ordered) * shade // SHADES] for shade in range(SHADES))) if ordered else ()


def country_map(counts: Mapping[str, int], names: Mapping[str, str], title: str, words: str) -> Markup:
    """Return the map as one image. `counts` and `names` are by postal code; a state without a count is left blank."""
    steps = steps_of(tuple(counts.values()))
    shapes = [_state(path, bisect_right(steps, counts.get(code, 0))) for code, path in _outlines().items()]
    squares = [
        _island(place, code, bisect_right(steps, counts.get(code, 0))) for place, code in enumerate(ISLANDS) if code in names
    ]
    opening = Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="country-title" aria-describedby="country-words">'
        '<title id="country-title">{}</title><desc id="country-words">{}</desc>'
    ).format(WIDTH, HEIGHT, title, words)
    return opening + Markup("".join((*shapes, *squares, "</svg>")))  # noqa: S704 - outlines and letters of our own file


@cache
def _outlines() -> Mapping[str, str]:
    outlines: dict[str, str] = msgspec.json.decode(FILE.read_bytes())
    return outlines


def _state(path: str, shade: int) -> str:
    return f'<path class="shade-{shade}" d="{path}"/>'


def _island(place: int, code: str, shade: int) -> str:
    top = ISLAND_TOP + place * ISLAND_STEP
    return (
        f'<rect class="shade-{shade}" x="{ISLAND_LEFT}" y="{top}" width="{SQUARE}" height="{SQUARE}"/>'
        f'<text x="{ISLAND_LEFT - 12}" y="{top + 14}">{escape(code)}</text>'
    )
