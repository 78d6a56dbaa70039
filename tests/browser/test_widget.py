"""The widget on somebody else's pages, in a real browser, from another origin."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

sys.path.insert(0, str(Path(__file__).parent / "hosts"))

import browsing
import serving

pytestmark = pytest.mark.browser

API = "**/api/v1/search?*"
Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def directory() -> Iterator[str]:
    """A running copy of the directory."""
    with serving.directory_served() as address:
        yield address


@pytest.fixture(scope="module")
def host(directory: str) -> Iterator[str]:
    """Somebody else's site, on another origin."""
    with serving.host_served(directory) as address:
        yield address


@pytest.fixture
def visit_host(chromium: Browser, host: str) -> Open:
    """Open a host page: `with visit_host("plain.html", answer=(503, {})) as page`; each of its widgets shows what is `ready`."""

    @contextmanager
    def opened(name: str, *, width: int = 600, answer: tuple[int, dict] | None = None, ready: str = "", **more) -> Iterator[Page]:
        with browsing.page_of(chromium, viewport={"width": width, "height": 800}, **more) as page:
            if answer:
                page.route(API, replying(*answer))
            page.goto(f"{host}/{name}")
            if ready:
                page.wait_for_function(ALL_SHOW, arg=ready)
            yield page

    return opened


ALL_SHOW = """what => [...document.querySelectorAll("treatment-search")].every(
  widget => [...widget.shadowRoot.querySelectorAll(what)].some(element => element.checkVisibility()))"""


@contextmanager
def new_answer(page: Page) -> Iterator[None]:
    """Act, then wait until the answer stands in place of the old one, whose parts are gone: the widget tells its page so."""
    page.evaluate("() => { window.answered = false; document.addEventListener('results', () => { answered = true }) }")
    yield
    page.wait_for_function("answered")


def replying(status: int, body: dict) -> Callable[[Route], None]:
    """Answer every search with this; status 0 is a connection that breaks."""

    def reply(route: Route) -> None:
        if not status:
            route.abort()
        else:
            headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
            route.fulfill(status=status, headers=headers, body=json.dumps(body))

    return reply


def violations(page: Page, within: str | None = None) -> list[str]:
    """What axe finds wrong, in words; in the whole page, or within one element of it."""
    found = Axe().run(page, context=within).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


class TestDisclosure:
    @pytest.mark.wcag("1.3.2", "2.4.6")
    def test_the_label_is_the_first_text_of_a_card_and_of_its_heading(self, visit_host):
        """Before the name, for eyes and for screen readers; also where nobody pays."""
        with visit_host("plain.html", ready=".card") as page:
            assert [card.inner_text().partition("\n")[0] for card in page.locator(".card").all()] == [
                *("Not an ad", "Paid advertisement", "Not an ad"),
            ]
            assert page.get_by_role("heading", name=re.compile("^Paid advertisement ?: Riverbend Clinic")).count() == 1

    @pytest.mark.wcag("1.3.2")
    def test_the_crisis_numbers_come_first_and_then_whose_results_these_are(self, visit_host):
        """Whatever the host says, its own line included, 911 and 988 stand before it."""
        with visit_host("plain.html", ready=".card") as page:
            text = page.locator("treatment-search .frame").inner_text()

        expected = ["Call 911", "988", "County line: 719-555-0100", "Results by Example County, not by 127.0.0.1.", "Not an ad"]
        assert sorted(expected, key=text.index) == expected

    def test_a_distance_is_said_in_the_words_of_the_directory(self, visit_host, directory):
        """Rounded once, there: the card and the reasons never differ."""
        with visit_host("plain.html", ready=".card") as page:
            rows = page.evaluate(
                "address => fetch(address).then(answer => answer.json())", f"{directory}/api/v1/search?near=80132"
            )
        rows["results"][0]["distance"] = "0.9 mi"
        with visit_host("plain.html", answer=(200, rows), ready=".card") as page:
            assert page.get_by_text("0.9 mi · 12 Example Street, Exampletown, CO 80132").is_visible()

    def test_a_hostile_page_cannot_hide_what_must_be_seen(self, visit_host):
        """Resets, `!important`, guessed names, parts laid over everything, colours and inline style: all on another origin."""
        with visit_host("hostile.html", ready=".card") as page:
            for selector in (".crisis", ".by", ".card .label", ".card.paid .label"):
                seen = page.locator(f"treatment-search {selector}").first
                seen.scroll_into_view_if_needed()
                assert seen.evaluate(REALLY_SEEN), selector

    def test_highlighting_is_said_first_and_changes_no_order(self, visit_host):
        """The paid place that the host marks stays second."""
        with visit_host("plain.html", ready=".card") as page:
            assert page.get_by_text("127.0.0.1 marks its own places").is_visible()
            names = page.locator(".card [part=name]").all_inner_texts()

        assert names[:2] == ["Cedar Ridge Recovery", "Riverbend Clinic"]

    def test_a_limited_widget_says_so_first(self, visit_host):
        """The host chose the care and the reader cannot change it."""
        with visit_host("three.html", ready=".card") as page:
            first = page.locator("#fixed .by").all_inner_texts()

        assert first[0] == "Solo se muestran lugares elegidos por La Biblioteca"

    def test_advertisements_are_shown_only_where_the_host_asks(self, visit_host):
        """The second of the three widgets has the attribute `ads`."""
        with visit_host("three.html", ready=".card") as page:
            assert page.locator("#english").get_by_role("heading", name="Paid advertisements", exact=True).count() == 1
            assert page.locator("#narrow").get_by_role("heading", name="Anuncios pagados", exact=True).count() == 0


REALLY_SEEN = """element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element), root = element.getRootNode();
  const top = root.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2);
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  return box.width > 40 && box.height > 12 && box.left >= 0 && style.visibility === "visible" && style.opacity === "1"
    && parseFloat(style.fontSize) >= 14 && (top === element || element.contains(top))
    && Math.abs(light(style.color) - light(style.backgroundColor)) > 300;
}"""


class TestPrivacy:
    def test_only_the_directory_is_asked_and_nothing_is_told_or_kept(self, visit_host, directory, host):
        """No third party, no cookie, no storage; a search carries neither cookie nor the address of the page."""
        asked = []
        with visit_host("plain.html", ready=".card") as page:
            page.on("request", lambda request: asked.append(request))
            page.reload()
            page.locator(".card").first.wait_for()
            searches = [request.all_headers() for request in asked if "/api/" in request.url]
            stored = page.evaluate("localStorage.length + sessionStorage.length")
            cookies = page.context.cookies()

        web = [request.url for request in asked if not request.url.startswith("data:")]
        assert all(url.startswith((directory, host)) for url in web)
        assert len(searches) == 1
        assert not {"referer", "cookie"} & set(searches[0])
        assert (stored, cookies) == (0, [])

    def test_no_address_holds_the_words(self, visit_host, directory):
        """The link to the full results has what was understood; words would stay in the history of the browser."""
        concepts = [
            {"id": "care.detox", "label": "Detox", "role": "filter"},
            {"id": "crisis.suicide", "label": "", "role": "crisis"},
        ]
        body = EMPTY | {"query": serving.READING | {"concepts": concepts}}
        with visit_host("plain.html", answer=(200, body), ready=".count") as page:
            page.get_by_label("What do you need?").fill("my secret")
            with new_answer(page):
                page.get_by_role("button", name="Search", exact=True).click()
            page.get_by_text("Understood: Detox").wait_for()
            address = page.get_by_role("link", name="Open the full results").get_attribute("href")

        assert address == f"{directory}/search?near=Exampletown%2C+CO&offers=care.detox&lang=en"

    def test_the_host_does_not_hear_what_is_typed(self, visit_host):
        """Neither keys nor input reach listeners of the page, and its events say numbers and ids only."""
        with visit_host("plain.html", ready=".card") as page:
            page.evaluate(
                """() => { window.heard = [];
                for (const name of ['keydown', 'input', 'change', 'submit', 'results', 'select'])
                  document.addEventListener(name, event => heard.push([name, event.detail])) }"""
            )
            page.get_by_label("What do you need?").press_sequentially("my secret")
            with new_answer(page):
                page.get_by_role("button", name="Search").click()
            page.locator("summary").first.click()
            page.wait_for_function("heard.length === 2")
            heard = page.evaluate("heard")

        assert heard == [["results", {"total": 30, "page": 1}], ["select", {"id": "place-42"}]]


class TestOnAnyPage:
    def test_it_works_under_the_strictest_policy(self, visit_host):
        """No inline style, no inline script, Trusted Types; nothing for the browser to complain of."""
        with visit_host("plain.html") as page:
            complaints = []
            page.on("console", lambda message: complaints.append(message.text))
            page.goto(page.url.replace("plain", "strict"))
            page.locator(".card").first.wait_for()

        assert [line for line in complaints if "favicon" not in line] == []

    def test_without_script_the_link_of_the_host_is_there(self, visit_host, directory):
        """It opens the full results."""
        with visit_host("plain.html", java_script_enabled=False) as page:
            link = page.get_by_role("link", name="Find treatment near 80132")
            assert link.is_visible()
            assert link.get_attribute("href") == f"{directory}/search?near=80132&offers=care.detox"

    @pytest.mark.wcag("1.4.10", "3.1.2")
    def test_three_on_one_page_keep_apart(self, visit_host):
        """Spanish from the page, English and dark by attribute, and one whose care is fixed; host style stays outside."""
        with visit_host("three.html", ready=".card") as page:
            assert page.locator("#narrow .card .label").first.inner_text() == "No es un anuncio"
            assert page.locator("#english .card .label").first.inner_text() == "Not an ad"
            assert page.locator("#fixed").get_by_text("no de La Biblioteca").is_visible()
            assert page.locator("#fixed").get_by_label("¿Qué necesita?").is_hidden()
            assert page.locator("#english").get_by_role("heading", name="Find treatment", level=3).is_visible()

    def test_it_fits_170_pixels_in_spanish(self, visit_host):
        """The strip is then the two numbers; nothing is wider than the box."""
        with visit_host("three.html", ready=".card") as page:
            assert page.locator("#narrow .brief").inner_text() == "Emergencia 911 · Crisis 988"
            assert page.locator("#narrow .full").is_hidden()
            assert page.locator("#narrow .frame").evaluate("frame => frame.scrollWidth") <= 170

    @pytest.mark.wcag("1.4.1")
    def test_borders_carry_the_label_in_forced_colours(self, visit_host):
        """With reduced motion too: nothing moves anyway."""
        with visit_host("plain.html", ready=".card.paid", forced_colors="active", reduced_motion="reduce") as page:
            label = page.locator(".card.paid .label")
            assert label.evaluate("e => getComputedStyle(e).borderTopWidth") == "2px"
            assert label.is_visible()


class TestAccessibility:
    @pytest.mark.wcag("1.3.1", "1.4.3", "2.4.4", "3.1.2", "3.3.2", "4.1.2")
    @pytest.mark.parametrize("name", ["plain.html", "three.html"])
    def test_axe_finds_nothing(self, visit_host, name):
        """On two host pages, with details open."""
        with visit_host(name, width=1000, ready=".card") as page:
            for status in page.get_by_role("status").all():
                expect(status).not_to_be_empty()
            page.locator("summary").first.click()
            page.locator("details[open]").wait_for()
            assert violations(page) == []

    @pytest.mark.wcag("4.1.3")
    def test_count_and_radius_are_read_aloud_once(self, visit_host):
        """In a status of its own, politely."""
        with visit_host("plain.html", ready=".card") as page:
            expect(page.get_by_role("status")).to_have_text("30 results within 25 miles of Exampletown, CO")

    @pytest.mark.wcag("2.1.1", "2.4.3")
    def test_everything_works_by_keyboard(self, visit_host):
        """Type, Enter, open a card, Escape closes it, the next page takes the focus to its heading."""
        with visit_host("plain.html", ready=".card") as page:
            page.get_by_label("Where?").focus()
            page.keyboard.type(" ")
            with new_answer(page):
                page.keyboard.press("Enter")
            page.locator("summary").first.focus()
            page.keyboard.press("Enter")
            page.locator("details[open]").wait_for()
            page.keyboard.press("Escape")
            expect(page.locator("details[open]")).to_have_count(0)
            page.get_by_role("button", name="Next").press("Enter")
            page.get_by_text("Page 2 of 3").wait_for()
            expect(page.locator(".count")).to_be_focused()

    @pytest.mark.wcag("2.1.2")
    def test_escape_is_the_hosts_when_nothing_is_open(self, visit_host):
        """A dialog of the host around the widget can still be closed, and no key leaves the page."""
        with visit_host("plain.html", ready=".card") as page:
            page.evaluate("document.addEventListener('keydown', event => { window.last = event.key })")
            page.get_by_label("Where?").press("Escape")
            page.wait_for_function("window.last === 'Escape'")
            assert page.get_by_role("button", name="Leave this site").is_visible()

    @pytest.mark.wcag("2.5.8")
    def test_every_target_is_large_enough(self, visit_host):
        """24 px and more."""
        with visit_host("plain.html", width=360, ready=".card") as page:
            boxes = [item.bounding_box() for item in page.locator("treatment-search").locator("a, button, input, summary").all()]

        assert min(box["height"] for box in boxes if box) >= 24

    @pytest.mark.wcag("3.2.1")
    def test_focus_is_not_taken_while_the_page_loads(self, visit_host):
        """A host that names a place nobody knows does not move the reader."""
        unknown = (400, {"type": "/problems/unknown-place", "suggestions": []})
        with visit_host("plain.html", answer=unknown, ready=".count") as page:
            assert page.evaluate("document.activeElement.tagName") == "BODY"


META = {"order": "", "paid_count": "", "remarks": [], "funding": [], "ranking": ""}
COUNTS = {"total": 0, "page": 1, "pages": 1, "per_page": 5}
LISTS = dict.fromkeys(("notices", "results", "beyond", "advertisements", "facets"), ())
EMPTY = {"query": serving.READING, "meta": META} | COUNTS | LISTS
FAILURES = [
    pytest.param(0, {}, "The search does not answer right now.", id="unreachable"),
    pytest.param(429, {}, "Too many searches at once.", id="busy"),
    pytest.param(503, {}, "The search is not working right now.", id="unavailable"),
    pytest.param(400, {"type": "/problems/unknown-place"}, "We do not know that place.", id="place"),
    pytest.param(400, {"type": "/problems/invalid-parameter", "detail": "radius"}, "could not be run.", id="refused"),
    pytest.param(200, EMPTY, "Nothing in this list matches all of that.", id="nothing"),
]


class TestWhenSomethingIsWrong:
    @pytest.mark.wcag("3.3.1")
    @pytest.mark.parametrize(("status", "body", "said"), FAILURES)
    def test_it_is_said_and_the_lines_are_there(self, visit_host, status, body, said):
        """Never an empty box."""
        with visit_host("plain.html", answer=(status, body)) as page:
            expect(page.get_by_text(said).first).to_be_visible()
            assert page.locator(".lines").get_by_role("link", name="988").is_visible()
            assert page.get_by_role("link", name="Open the full results").is_visible()

    def test_a_slow_answer_is_said_while_it_is_awaited(self, visit_host):
        """After some seconds the lines are shown; after more the search is given up."""
        with visit_host("plain.html") as page:
            page.clock.install()
            page.route(API, lambda _route: None)
            page.reload()
            page.get_by_text("Searching").first.wait_for()
            page.clock.fast_forward(5000)
            expect(page.locator(".answer")).to_contain_text("Still searching.")
            assert page.locator(".lines").is_visible()
            page.clock.fast_forward(20000)
            page.get_by_text("The search does not answer right now.").first.wait_for()

    @pytest.mark.wcag("3.3.3")
    def test_near_misses_of_a_place_are_one_click(self, visit_host):
        """The reader chooses; nothing is guessed."""
        body = {"type": "/problems/unknown-place", "suggestions": ["Denver, CO"]}
        with visit_host("plain.html", answer=(400, body), ready=".count") as page:
            page.unroute(API)
            page.get_by_role("button", name="Denver, CO").click()
            page.locator(".card").first.wait_for()
            assert page.get_by_label("Where?").input_value() == "Denver, CO"

    @pytest.mark.wcag("3.3.1", "4.1.2")
    def test_near_me_asks_for_a_place(self, visit_host):
        """Nobody looks up a position."""
        body = EMPTY | {"query": serving.READING | {"place": None, "near_me": True}}
        with visit_host("plain.html", answer=(200, body), ready=".count") as page:
            assert page.get_by_text("Type a ZIP code or a town.").first.is_visible()
            assert page.get_by_label("Where?").get_attribute("aria-invalid") == "true"

    def test_others_of_that_name_are_offered(self, visit_host):
        """The place that was searched is said."""
        place = serving.PLACE | {"alternatives": [serving.PLACE | {"label": "Exampletown, TX"}]}
        body = EMPTY | {"query": serving.READING | {"place": place}}
        with visit_host("plain.html", answer=(200, body), ready=".count") as page:
            assert page.get_by_role("button", name="Exampletown, TX").is_visible()
