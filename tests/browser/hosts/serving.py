"""Two origins for the tests of the widget: a copy of the directory, and somebody else's site whose pages stand in this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pages
from browsing import running, served
from pages import CALL_CENTER, FakeLookup, Shop

from directory import create_app
from directory.page import Group, ResultPage
from directory.settings import Operator
from index.listing import ConceptId, Kind, Phone
from index.results import Facet, FacetCount

OWNER = "Example County"
PLACE = {
    "label": "Exampletown, CO",
    "kind": "city",
    "city": "Exampletown",
    "county": "Example County",
    "state": "CO",
    "zip": None,
    "lat": 39.7,
    "lon": -105.0,
    "time_zone": "America/Denver",
    "alternatives": [],
}
READING: dict[str, Any] = {
    **dict.fromkeys(("concepts", "excluded", "other_places", "time", "residual", "corrections", "notices"), ()),
    **dict.fromkeys(("place_excluded", "radius", "crisis")),
    "place": PLACE,
    "near_me": False,
    "intent": "find-facility",
    "language": "en",
}
FACETS = (
    Facet("care", (FacetCount(ConceptId("care.detox"), 30), FacetCount(ConceptId("care.outpatient"), 4)), 0),
    Facet("payment", (FacetCount(ConceptId("pay.medicaid"), 9),), 21),
)
STRICT = (
    "default-src 'none'; script-src {directory}; connect-src {directory}; frame-src {directory}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def answer(**changes: Any) -> ResultPage:
    """A page of thirty places in the reader's language; the second pays, and one more advertisement stands after them."""
    lang = changes.get("lang", "en")
    paid = Shop(payers={"place-43": "Example Health LLC"}, answered_by=(CALL_CENTER,))
    riverbend = pages.listing("Riverbend Clinic", 43, phones=(Phone(number="+13035550142"),))
    found = (Shop().row(pages.listing(), 1, lang), paid.row(riverbend, 2, lang))
    values = {
        "total": 30,
        "understood": READING,
        "facets": FACETS,
        "kinds": {Kind.FACILITY: 30},
        "ranking": "Money never changes the order of results.",
        "beyond": (Group("national", "Lines you can call from anywhere", 9, pages.rows(1, lang), "/search?kind=helpline"),),
        "advertisements": (paid.row(riverbend, 1, lang),),
    }
    return pages.result_page(changes.pop("rows", found), **(values | changes))


class Answers(FakeLookup):
    """Answers in the language that is asked for."""

    def search(self, query: Any, *, now: Any) -> ResultPage:
        """Return the page for a query, whose page number it takes over."""
        self.asked.append(query)
        return answer(lang=query.lang, query=query, page=query.page, pages=3)


@contextmanager
def directory_served() -> Iterator[str]:
    """The address of a copy of the directory whose operator is named."""
    app = create_app(lookup=Answers(settings=pages.settings(operator=Operator(owner=OWNER, funders=(OWNER,)))))
    with served(app) as address:
        yield address


@contextmanager
def host_served(directory: str) -> Iterator[str]:
    """Somebody else's site: the pages of this folder, with the address of the directory in them."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = Path(self.path).name or "plain.html"
            path = Path(__file__).parent / name
            body = path.read_text(encoding="utf-8").replace("{directory}", directory) if path.suffix == ".html" else ""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if name == "strict.html":
                self.send_header("Content-Security-Policy", STRICT.format(directory=directory))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Host)) as address:
        yield address
