"""Compile directory/maps/data/ from the npm package us-atlas (Census Bureau cartographic boundaries, 2017; public domain).

    npm pack us-atlas@3.0.1 && python -m scripts.build_boundaries us-atlas-3.0.1.tgz

Two files: `boundaries.json.gz` has every county and state line with its points, for maps of an area; `country.json` the outlines
of the states, projected (Albers) and simplified, for the map of the country. The same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

PACKAGE_SHA256: Final = "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d"
DATA: Final = Path(__file__).parents[1] / "directory" / "maps" / "data"
COUNTY_LINE, STATE_LINE, OUTER_LINE = 0, 1, 2
COUNTRY_SCALE: Final = 0.5  # of the 975 by 610 units of the source
MOST_DEVIATION: Final = 0.6  # units of the drawn map by which a simplified outline may miss
SMALLEST_ISLAND: Final = 2.0  # square units; smaller ones are left out unless they are all of a state
STATE_NUMBERS: Final = """
01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL 18:IN 19:IA 20:KS 21:KY 22:LA 23:ME 24:MD
25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE 32:NV 33:NH 34:NJ 35:NM 36:NY 37:NC 38:ND 39:OH 40:OK 41:OR 42:PA 44:RI 45:SC 46:SD
47:TN 48:TX 49:UT 50:VT 51:VA 53:WA 54:WV 55:WI 56:WY 60:AS 66:GU 69:MP 72:PR 78:VI
"""
FIPS: Final = dict(pair.split(":") for pair in STATE_NUMBERS.split())

Json = Any  # a TopoJSON document as it is read
Point = tuple[float, float]


def main(package: str) -> None:
    """Write both files. Raises SystemExit for any other package than the pinned one."""
    content = Path(package).read_bytes()
    if sha256(content).hexdigest() != PACKAGE_SHA256:
        raise SystemExit(f"{package} is not us-atlas 3.0.1 as published")
    with tarfile.open(package) as files:
        counties, projected = (json.load(_member(files, name)) for name in ("counties-10m", "states-albers-10m"))
    DATA.mkdir(exist_ok=True)
    text = json.dumps(boundaries(counties), separators=(",", ":")).encode()
    (DATA / "boundaries.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))
    (DATA / "country.json").write_text(json.dumps(country(projected), separators=(",", ":"), indent=0) + "\n", encoding="utf-8")


def _member(files: tarfile.TarFile, name: str) -> Any:  # a binary file; tarfile's own type is not exported
    found = files.extractfile(f"package/{name}.json")
    assert found is not None
    return found


def boundaries(topology: Json) -> Json:
    """Return lines as differences of whole numbers, what each is, and the lines that make up each state's land."""
    rings = {FIPS[state["id"]]: list(_rings(state)) for state in topology["objects"]["states"]["geometries"]}
    users = defaultdict(set)
    for code, of_state in rings.items():
        for arc in (arc for ring in of_state for arc in ring):
            users[arc if arc >= 0 else ~arc].add(code)
    kinds = {1: OUTER_LINE, 2: STATE_LINE}
    return {
        **topology["transform"],
        "kinds": [kinds.get(len(users[number]), COUNTY_LINE) for number in range(len(topology["arcs"]))],
        "lines": [[value for point in arc for value in point] for arc in topology["arcs"]],
        "states": dict(sorted(rings.items())),
    }


def country(topology: Json) -> dict[str, str]:
    """Return the outline of each state as an SVG path in whole units; lines that two states share stay shared."""
    lines = [list(_simplified(_placed(arc, topology["transform"]))) for arc in topology["arcs"]]
    paths = {}
    for state in topology["objects"]["states"]["geometries"]:
        outlines = [_joined([lines[arc] if arc >= 0 else lines[~arc][::-1] for arc in ring]) for ring in _rings(state)]
        largest = max(map(_area, outlines))
        kept = [outline for outline in outlines if _area(outline) >= min(SMALLEST_ISLAND, largest)]
        paths[FIPS[state["id"]]] = "".join(map(_path, kept))
    return dict(sorted(paths.items()))


def _rings(geometry: Json) -> Iterator[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def _placed(arc: Sequence[Sequence[int]], transform: Json) -> list[Point]:
    (scale_x, scale_y), (left, top) = transform["scale"], transform["translate"]
    x = y = 0
    placed = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        placed.append(((x * scale_x + left) * COUNTRY_SCALE, (y * scale_y + top) * COUNTRY_SCALE))
    return placed


def _simplified(line: Sequence[Point]) -> Iterable[Point]:
    """Return the line with the points that matter (Douglas and Peucker), its ends among them."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    farthest = max(range(1, len(line) - 1), key=lambda place: _off(line[place], first, last))
    if _off(line[farthest], first, last) <= MOST_DEVIATION:
        return [first, last] if first != last else line
    return [*list(_simplified(line[: farthest + 1]))[:-1], *_simplified(line[farthest:])]


def _off(point: Point, first: Point, last: Point) -> float:
    """Return how far a point lies from the line between two others; from the first where they are one."""
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def _joined(lines: Iterable[Sequence[Point]]) -> list[Point]:
    return [point for line in lines for point in line[:-1]]


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _path(ring: Sequence[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(whole)]
    said = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy)
    return f"M{whole[0][0]} {whole[0][1]}l{said}z".replace(" -", "-")


if __name__ == "__main__":
    main(*sys.argv[1:])
