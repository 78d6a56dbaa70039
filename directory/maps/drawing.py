"""An area map as SVG: pure drawing from what is to be shown. Colors come from the style sheet, light, dark and forced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

from directory.maps.area import AreaMap
from directory.maps.boundaries import COUNTY_LINE, OUTER_LINE, STATE_LINE, boundaries
from directory.maps.frame import HEIGHT, WIDTH, Frame
from directory.maps.labels.pins import HEIGHT as PIN_HEIGHT
from directory.maps.labels.pins import Pin, pins_of
from directory.maps.labels.room import Box, Room
from directory.maps.labels.towns import town_labels
from directory.maps.tiles import Streets, tiles
from directory.maps.words import SKIP, about_streets, key_of
from index.word_memory import remembers

GROUNDS_KEPT: Final = 256  # about 3 KB each: many people search around the same places
MIDDLE_X, MIDDLE_Y = WIDTH // 2, HEIGHT // 2
DOT: Final = 3  # units: the place of a label that moved aside


def figure(area: AreaMap, streets: Streets | None = None) -> Markup:
    """Return the drawing with its key below it and a link that skips both; with `streets`, also the way to and from them."""
    shown = streets is not None and streets.shown
    return Markup(
        '<figure class="map{}"{}><a class="skip-map" href="#after-map">{}</a>\n{}\n'
        '<figcaption class="small soft">{}{}</figcaption></figure><span id="after-map" tabindex="-1"></span>'
    ).format(
        " streets" if shown else "",
        Markup(' id="map"') if streets else "",
        SKIP[area.lang],
        drawing(area, streets),
        " ".join(key_of(area.spots, area.lang, own_lines=not shown)),
        _about_streets(area, streets) if streets else "",
    )


def drawing(area: AreaMap, streets: Streets | None = None) -> Markup:
    """Return the map as one image, named by its title and described in words."""
    room = Room()
    pins = pins_of(area.spots, area.frame, room)
    shown = streets is not None and streets.shown
    parts = (
        *(tiles(area.frame, streets.server) if streets and shown else _ground(area.frame)),
        *_rings(area, room),
        *(f'<circle class="about" cx="{pin.x}" cy="{pin.y}" r="{pin.ring}"/>' for pin in pins if pin.ring),
        *(() if shown else _towns(area.frame, room)),  # pictures of streets have names of their own
        *map(_leader, pins),
        *map(_pin, reversed(pins)),
    )
    opening = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="map-title" aria-describedby="map-words">'
        f'<title id="map-title">{escape(area.title)}</title><desc id="map-words">{escape(" ".join(area.words))}</desc>'
    )
    return Markup(f"{opening}{''.join(parts)}</svg>")  # noqa: S704 - numbers, and names that are escaped where they are written


def _about_streets(area: AreaMap, streets: Streets) -> Markup:
    """Return who sees what of a reader when streets are shown, and the link that shows them or takes them away."""
    said, label = about_streets(streets, area.lang)
    return Markup('<span class="about-streets"><a href="{}#map">{}</a> {}</span>').format(streets.address, label, said)


@remembers(GROUNDS_KEPT)
def _ground(frame: Frame) -> tuple[str, ...]:
    """Return water, land and lines, the same for whoever asks about a place."""
    lines = boundaries()
    paths = (
        ("land", lines.land_in(frame)),
        ("county", lines.lines_in(frame, COUNTY_LINE)),
        ("state", lines.lines_in(frame, STATE_LINE)),
        ("coast", lines.lines_in(frame, OUTER_LINE)),
    )
    return (
        f'<rect class="water" width="{WIDTH}" height="{HEIGHT}"/>',
        *(f'<path class="{name}" d="{path}"/>' for name, path in paths if path),
    )


def _rings(area: AreaMap, room: Room) -> Iterator[str]:
    """Yield the rings, a cross in their middle where that is no place of the list, and their miles where there is room."""
    radii = [(miles, miles / area.frame.miles_per_unit) for miles in area.rings]
    if radii and area.spots[0].number:
        yield f'<path class="middle" d="M{MIDDLE_X - 4} {MIDDLE_Y}h8m-4-4v8"/>'
    for miles, radius in radii:
        yield f'<circle class="ring" cx="{MIDDLE_X}" cy="{MIDDLE_Y}" r="{radius:.0f}"/>'
        text = f"{miles:g} mi"
        sides = (
            (0, -radius),
            (0, radius),
            (radius, 0),
            (-radius, 0),
            (0.7 * radius, -0.7 * radius),
            (-0.7 * radius, 0.7 * radius),
        )
        if box := room.take_first(Box.around(MIDDLE_X + dx, MIDDLE_Y + dy, len(text) * 7, 14) for dx, dy in sides):
            yield f'<text x="{box.x:.0f}" y="{box.y + 4:.0f}">{text}</text>'


def _towns(frame: Frame, room: Room) -> Iterator[str]:
    for town in town_labels(frame, room):
        yield f'<circle class="town" cx="{town.x}" cy="{town.y}" r="2"/>'
        yield f'<text x="{town.label_x}" y="{town.label_y + 4}">{escape(town.name)}</text>'


def _leader(pin: Pin) -> str:
    """Return the line from a label that moved aside to the place that it stands for."""
    if (pin.x, pin.y) == (pin.label_x, pin.label_y):
        return ""
    dot = "" if pin.ring else f'<circle class="pin" cx="{pin.x}" cy="{pin.y}" r="{DOT}"/>'
    return f'<path class="leader" d="M{pin.x} {pin.y}L{pin.label_x} {pin.label_y}"/>{dot}'


def _pin(pin: Pin) -> str:
    """Return the label with its numbers; without any, a dot, or nothing where its ring says it all."""
    if not pin.label:
        return "" if pin.ring else f'<circle class="pin" cx="{pin.x}" cy="{pin.y}" r="{2 * DOT}"/>'
    left, top, more = pin.label_x - pin.wide // 2, pin.label_y - PIN_HEIGHT // 2, " open" if pin.ring else ""
    return (
        f'<g class="pin{more}"><rect x="{left}" y="{top}" width="{pin.wide}" height="{PIN_HEIGHT}" rx="9"/>'
        f'<text x="{pin.label_x}" y="{pin.label_y + 4}">{pin.label}</text></g>'
    )
