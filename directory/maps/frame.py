"""The piece of the country that a map shows, and where a point of it stands in the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, radians
from typing import Any, Final

from numpy.typing import NDArray

from index.geo.distance import EARTH_RADIUS_MILES, Coordinates
from index.geo.places import State

MILES_PER_DEGREE: Final = EARTH_RADIUS_MILES * pi / 180  # of latitude
WIDTH, HEIGHT = 320, 300  # units of the drawing; on a wide screen one unit is one pixel
MARGIN: Final = 1.07  # of a circle to the edge of the drawing
LEAST_MILES: Final = 2.0  # from the middle to the edge: nearer, nothing would be left to know the area by

Numbers = NDArray[Any]  # of any number type, as numpy's own functions give them


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's middle and scale. Miles are true at the middle; a map of a state is a few percent off at its edges."""

    centre: Coordinates
    miles_per_unit: float

    @classmethod
    def around(cls, centre: Coordinates, miles: float) -> Frame:
        """Return the frame in which a circle fits."""
        return cls(centre, max(miles, LEAST_MILES) * MARGIN * 2 / min(WIDTH, HEIGHT))

    @classmethod
    def of_state(cls, state: State) -> Frame:
        """Return the frame in which a state's box fits; that of Alaska crosses the antimeridian."""
        wide = (state.east - state.west) % 360
        centre = Coordinates((state.south + state.north) / 2, _wrapped(state.west + wide / 2))
        across, high = wide * cos(radians(centre.lat)) * MILES_PER_DEGREE, (state.north - state.south) * MILES_PER_DEGREE
        return cls(centre, max(across / WIDTH, high / HEIGHT) * MARGIN)

    def place(self, lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
        """Return x (to the right) and y (downward) of degrees; the shorter way around the earth counts."""
        east = (lon - self.centre.lon + 180) % 360 - 180
        x = WIDTH / 2 + east * cos(radians(self.centre.lat)) * MILES_PER_DEGREE / self.miles_per_unit
        return x, HEIGHT / 2 - (lat - self.centre.lat) * MILES_PER_DEGREE / self.miles_per_unit

    def place_one(self, point: Coordinates) -> tuple[float, float]:
        """Return x and y of one point: the same without arrays, which is ten times as fast."""
        east = (point.lon - self.centre.lon + 180) % 360 - 180
        x = WIDTH / 2 + east * cos(radians(self.centre.lat)) * MILES_PER_DEGREE / self.miles_per_unit
        return x, HEIGHT / 2 - (point.lat - self.centre.lat) * MILES_PER_DEGREE / self.miles_per_unit

    def miles_to(self, point: Coordinates) -> float:
        """Return how far a point is from the middle, as the map shows it."""
        x, y = self.place_one(point)
        return hypot(x - WIDTH / 2, y - HEIGHT / 2) * self.miles_per_unit

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Tell whether a place of the drawing lies inside it, so many units from its edge."""
        return margin <= x <= WIDTH - margin and margin <= y <= HEIGHT - margin

    def box(self) -> tuple[float, float, float, float]:
        """Return south, west, north and east of the drawing in degrees."""
        high = HEIGHT / 2 * self.miles_per_unit / MILES_PER_DEGREE
        wide = WIDTH / 2 * self.miles_per_unit / (MILES_PER_DEGREE * cos(radians(self.centre.lat)))
        south, north = max(self.centre.lat - high, -90.0), min(self.centre.lat + high, 90.0)
        return south, _wrapped(self.centre.lon - wide), north, _wrapped(self.centre.lon + wide)


def _wrapped(lon: float) -> float:
    return (lon + 180) % 360 - 180
