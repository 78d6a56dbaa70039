"""The one server of street pictures ("tiles") that the operator may name for maps; none unless it does.

Each picture that a browser fetches tells that server which area somebody looks at. So nothing is fetched until a reader asks
for streets on the page at hand, and the page says first who will see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from re import ASCII, IGNORECASE
from re import compile as pattern
from typing import Final

from directory.errors import SettingsError

SERVER, CREDIT = "DIRECTORY_TILE_SERVER", "DIRECTORY_TILE_CREDIT"
EXAMPLE: Final = "https://tiles.example.org/{z}/{x}/{y}.png"
PLACES: Final = ("{z}", "{x}", "{y}")
# The origin goes into a security policy and the whole into a page: nothing that could end either may stand in them.
_ADDRESS: Final = pattern(
    r"(?P<origin>https://(?P<host>[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d{1,5})?)/[\w{}/.~?=&%-]*", ASCII | IGNORECASE
)
_BRACED: Final = pattern(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class TileServer:
    """Where pictures of streets come from, and whom the map names for them. `template` holds `{z}`, `{x}` and `{y}`."""

    template: str
    origin: str
    host: str
    credit: str

    def address(self, zoom: int, x: int, y: int) -> str:
        """Return the address of one picture: its zoom, column and row are all that the server is told."""
        return self.template.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))


def tile_server(environ: Mapping[str, str]) -> TileServer | None:
    """Return the server that the environment names, None where it names none.

    Raises SettingsError for an address that is not https with one `{z}`, `{x}` and `{y}`, and for a missing credit: whoever
    makes maps asks to be named on them.
    """
    template, credit = environ.get(SERVER, "").strip(), environ.get(CREDIT, "").strip()
    if not template and not credit:
        return None
    if not template:
        raise SettingsError(f"{CREDIT} credits nobody without a {SERVER}")
    found = _ADDRESS.fullmatch(template)
    if found is None or sorted(_BRACED.findall(template)) != sorted(PLACES):
        raise SettingsError(
            f"{SERVER} must be an https address with {{z}}, {{x}} and {{y}} once each, such as {EXAMPLE}; got {template!r}"
        )
    if not credit:
        raise SettingsError(f"{CREDIT} is missing: say whom maps name for their streets, such as © OpenStreetMap contributors")
    return TileServer(template, found["origin"].lower(), found["host"].lower(), credit)
