"""Every attribute of the table in docs/embedding.md, set on widgets of another origin's page, one after the other."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request

sys.path.insert(0, str(Path(__file__).parent / "hosts"))

import browsing
import serving

from directory.widget.bundle import SOURCE

pytestmark = pytest.mark.browser

SENT = [
    ("near", 'near="Denver, CO"', {"near": "Denver, CO"}),
    ("radius", 'near="80132" radius="40"', {"radius": "40"}),
    ("offers", 'offers="care.detox, pay.medicaid"', {"offers": "care.detox,pay.medicaid"}),
    ("kinds", 'near="80132" kinds="facility meeting"', {"kind": "facility,meeting"}),
    ("scope", 'scope="CO WY"', {"states": "CO,WY"}),
    ("scope", 'scope="place-42 place-77"', {"only": "place-42,place-77"}),
    ("unpaid-only", 'near="80132" unpaid-only', {"unpaid_only": "1"}),
    ("per-page", 'near="80132" per-page="3"', {"per_page": "3"}),
    ("lang", 'near="80132" lang="es"', {"lang": "es"}),
]
SHOWN = [
    (
        "locked",
        'offers="care.detox" locked',
        "root => !root.querySelector('.filters').childElementCount && root.querySelector('.field').hidden",
    ),
    ("ads", 'near="80132" ads', "root => [...root.querySelectorAll('h3')].some(e => e.textContent === 'Paid advertisements')"),
    (
        "highlight",
        'near="80132" highlight="place-43"',
        "root => root.querySelectorAll('.card')[1].textContent.includes('Chosen by 127.0.0.1')",
    ),
    (
        "local-line",
        'near="80132" local-line="County line: 719-555-0100"',
        "root => root.querySelector('.crisis [href=\"tel:7195550100\"]') !== null",
    ),
    (
        "host-name",
        'near="80132" host-name="Example Library"',
        "root => root.querySelector('.by').textContent.includes('not by Example Library.')",
    ),
    ("theme", 'near="80132" theme="dark"', "root => getComputedStyle(root.querySelector('.frame')).colorScheme === 'dark'"),
    ("heading-level", 'near="80132" heading-level="4"', "root => root.querySelector('h4') && root.querySelector('.card h6')"),
    ("target", 'near="80132" target="_self"', "root => root.querySelector('[part=name]').target === '_self'"),
]
LIMITS = ['scope="CO"', 'scope="place-42"', 'kinds="facility"', "unpaid-only", 'locked offers="care.detox"']


@dataclass
class Bench:
    """A page of another origin, and what its widgets asked."""

    page: Page
    asked: list[Request] = field(default_factory=list)

    def put(self, attributes: str) -> Locator:
        """Put one widget on the page, alone, and wait for its first card."""
        self.asked.clear()
        self.page.evaluate(
            "attributes => { document.querySelector('main').innerHTML = `<treatment-search ${attributes}></treatment-search>` }",
            attributes,
        )
        self.page.locator(".card").first.wait_for()
        return self.page.locator("treatment-search")

    @property
    def sent(self) -> dict[str, str]:
        """The parameters of the last search."""
        return {name: ",".join(values) for name, values in parse_qs(urlsplit(self.asked[-1].url).query).items()}


@pytest.fixture(scope="module")
def bench(chromium: Browser) -> Iterator[Bench]:
    """An empty page on its own origin, kept for all tests."""
    size = {"width": 600, "height": 800}
    with (
        serving.directory_served() as directory,
        serving.host_served(directory) as host,
        browsing.page_of(chromium, viewport=size) as page,
    ):
        made = Bench(page)
        page.on("request", lambda request: made.asked.append(request) if "/api/" in request.url else None)
        page.goto(f"{host}/empty.html")
        yield made


def test_every_attribute_stands_in_one_of_these_tables():
    """Those of the code, `server` beside them, which has a test of its own."""
    listed = re.search(r"ATTRIBUTES = \[(.*?)\]", (SOURCE / "options.js").read_text(encoding="utf-8"), re.DOTALL).group(1)

    assert {case[0] for case in (*SENT, *SHOWN)} | {"server"} == set(re.findall(r'"([a-z-]+)"', listed))


@pytest.mark.parametrize(("attributes", "parameters"), [case[1:] for case in SENT], ids=[case[1] for case in SENT])
def test_it_is_asked_of_the_directory(bench, attributes, parameters):
    """In the parameters of the API."""
    bench.put(attributes)

    assert parameters.items() <= bench.sent.items()


@pytest.mark.parametrize(("attributes", "seen"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_it_is_seen(bench, attributes, seen):
    """In the widget itself."""
    widget = bench.put(attributes)

    assert widget.evaluate(f"element => Boolean(({seen})(element.shadowRoot))")


def test_another_server_is_asked_where_the_host_names_one(bench):
    """For a file that a bundler serves."""
    origin = urlsplit(bench.put('near="80132"').page.evaluate("document.querySelector('script').src"))
    bench.put(f'near="80132" server="http://localhost:{origin.port}/"')

    assert bench.asked[-1].url.startswith(f"http://localhost:{origin.port}/api/v1/search?")


def test_a_change_starts_it_again(bench):
    """As the table says."""
    widget = bench.put('near="80132"')
    with bench.page.expect_response("**/api/v1/search?*"):
        widget.evaluate("element => element.setAttribute('scope', 'CO')")
    bench.page.get_by_text("Showing only places chosen by").wait_for()

    assert bench.sent["states"] == "CO"


@pytest.mark.parametrize("attributes", LIMITS)
def test_what_the_host_chose_is_said_before_whose_results_these_are(bench, attributes):
    """Right after the crisis numbers."""
    widget = bench.put(f'near="80132" host-name="Example Library" {attributes}')

    assert widget.locator(".by").first.inner_text() == "Showing only places chosen by Example Library"


@pytest.mark.parametrize("attributes", ['offers="care.detox"', 'radius="40"', 'highlight="place-43"'])
def test_where_the_host_limits_nothing_it_is_not_said(bench, attributes):
    """Readers can change these; and a mark hides nothing."""
    widget = bench.put(f'near="80132" {attributes}')

    assert widget.get_by_text("Showing only places chosen by").count() == 0


def test_the_full_results_are_those_of_the_whole_directory(bench):
    """Whatever the host keeps to."""
    link = bench.put('near="80132" scope="CO"').get_by_role("link", name="Open the full results")

    assert "states" not in link.get_attribute("href")


def test_a_click_costs_one_round_trip(bench):
    """One plain request: nothing that a browser must ask permission for first."""
    widget = bench.put('near="80132"')
    bench.asked.clear()
    widget.get_by_label("What do you need?").fill("detox")
    with bench.page.expect_response("**/api/v1/search?*"):
        widget.get_by_role("button", name="Search", exact=True).click()

    assert [request.method for request in bench.asked] == ["POST"]


def test_an_answer_is_asked_again_before_it_is_shown_again(bench):
    """The browser may keep it; whether it still holds is asked each time, so nobody sees who paid yesterday."""
    bench.put('near="80202"')
    with bench.page.expect_response("**/api/v1/search?*") as answered:
        bench.put('near="80202"')

    assert "if-none-match" in answered.value.request.all_headers()
