"""What a reader of the widget asks stays the reader's, whatever the page around does meanwhile."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, Request, expect
from test_widget import API, REALLY_SEEN, directory, host, replying, visit_host

pytestmark = pytest.mark.browser
__all__ = ["directory", "host", "visit_host"]

LEAVE = "https://www.weather.gov/**"
ADDRESSES = "performance.getEntriesByType('resource').map(entry => entry.name)"
# As old libraries and measuring scripts do: members on every list, a fetch and events of their own.
MEDDLING = """
Array.prototype.toJSON = function () { return "list"; };
Object.prototype.extra = "extra";
String.prototype.link = () => "link";
const asked = window.fetch;
window.fetch = (...given) => asked(...given).then((answer) => answer);
window.CustomEvent = class extends CustomEvent {};
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (...given) { return listen.apply(this, given); };
"""


def search(page: Page, words: str) -> None:
    """Type words and send them."""
    page.get_by_label("What do you need?").fill(words)
    page.get_by_role("button", name="Search", exact=True).click()


def sent_of(request: Request) -> dict[str, list[str]]:
    """The parameters in the body of a search."""
    return parse_qs(request.post_data or "")


@pytest.fixture
def waiting(visit_host) -> Iterator[Page]:
    """A list of results stands; the reader has asked for another, whose answer is on its way."""
    with visit_host("plain.html", ready=".card") as page:
        page.route(API, lambda _route: None)
        page.clock.install(time=0)
        page.clock.pause_at(1000)  # after four seconds the list would give way to lines to call
        search(page, "detox")
        expect(page.locator(".answer[inert]")).to_have_count(1)
        yield page


class TestWhatIsTyped:
    def test_it_stands_in_no_address(self, visit_host):
        """Scripts that measure a page report the addresses of all that it loads; browsers keep them."""
        with visit_host("plain.html", ready=".card") as page:
            with page.expect_response(API) as answered:
                search(page, "my secret")
            page.get_by_label("Where?").fill("my street")
            page.get_by_role("button", name="Search", exact=True).click()
            page.wait_for_function(f"{ADDRESSES}.filter(address => address.includes('/api/')).length === 3")
            addresses = " ".join(page.evaluate(ADDRESSES))

        assert sent_of(answered.value.request)["q"] == ["my secret"]
        assert "secret" not in addresses
        assert "street" not in addresses

    def test_no_kind_of_event_tells_the_page(self, visit_host):
        """Nor the older ones, nor those of keyboards on phones and of other scripts than Latin."""
        kinds = ["keypress", "textInput", "compositionstart", "compositionupdate", "compositionend", "beforeinput", "keyup"]
        with visit_host("plain.html", ready=".card") as page:
            page.evaluate(
                "kinds => { window.heard = []; kinds.forEach(kind => addEventListener(kind, event => heard.push(event.data))) }",
                kinds,
            )
            page.get_by_label("What do you need?").focus()
            session = page.context.new_cdp_session(page)
            session.send("Input.imeSetComposition", {"text": "secreto", "selectionStart": 7, "selectionEnd": 7})
            session.send("Input.insertText", {"text": "secreto"})
            page.keyboard.type("abc")
            expect(page.get_by_label("What do you need?")).to_have_value("secretoabc")

            assert [data for data in page.evaluate("heard") if data] == []

    @pytest.mark.wcag("3.2.2")
    def test_a_filter_counts_at_the_next_search(self, visit_host):
        """Nobody who moves through a select with the arrow keys searches at every step, or loses the place."""
        with visit_host("plain.html", ready=".card") as page:
            page.get_by_label("Says it takes").select_option("pay.medicaid")
            with page.expect_request(API) as asked:
                page.get_by_role("button", name="Search", exact=True).press("Enter")

        assert sent_of(asked.value)["offers"] == ["care.detox,pay.medicaid"]

    def test_a_second_choice_of_the_host_is_a_box_to_untick(self, visit_host):
        """A select shows one of a group; the others are neither hidden nor lost."""
        with visit_host("empty.html") as page:
            put(page, 'near="80132" offers="care.detox care.outpatient"')
            page.get_by_role("checkbox", name="Outpatient").uncheck()
            with page.expect_request(API) as asked:
                page.get_by_role("button", name="Search", exact=True).click()

        assert sent_of(asked.value)["offers"] == ["care.detox"]


class TestWhileAnAnswerIsOnItsWay:
    def test_the_old_list_takes_no_tap(self, waiting):
        """The number below the finger is about to become another one. It can still be read."""
        assert waiting.locator(".answer").evaluate("answer => answer.inert")
        assert waiting.locator(".card").first.is_visible()
        assert waiting.locator(".answer > p", has_text="Searching").is_visible()

    def test_the_new_list_takes_taps(self, waiting):
        """And the line that says Searching is gone."""
        waiting.unroute(API)
        waiting.get_by_role("button", name="Search", exact=True).click()

        expect(waiting.locator(".answer > p", has_text="Searching")).to_have_count(0)
        expect(waiting.locator(".answer[inert]")).to_have_count(0)
        expect(waiting.locator(".card")).to_have_count(3)

    def test_a_lost_line_leaves_numbers_to_call(self, waiting):
        """Words that were typed stay in their box, for another try."""
        waiting.unroute(API)
        waiting.route(API, replying(0, {}))
        waiting.get_by_role("button", name="Search", exact=True).click()
        waiting.get_by_role("button", name="Try again").wait_for()

        assert waiting.locator(".lines").get_by_role("link", name="988").is_visible()
        assert waiting.get_by_label("What do you need?").input_value() == "detox"


class TestWhenThePageChangesTheWidget:
    def test_another_language_keeps_the_search(self, visit_host):
        """A page that changes its language while somebody reads does not take away what they found."""
        with visit_host("plain.html", ready=".card") as page:
            search(page, "detox")
            with page.expect_request(lambda request: "lang=es" in request.url) as asked:
                page.evaluate("document.querySelector('treatment-search').lang = 'es'")
            page.get_by_label("¿Qué necesita?").wait_for()

            assert sent_of(asked.value)["q"] == ["detox"]
            assert page.get_by_label("¿Qué necesita?").input_value() == "detox"

    def test_another_place_begins_again(self, visit_host):
        """The host's new search, not the reader's old one."""
        with visit_host("plain.html", ready=".card") as page:
            search(page, "detox")
            with page.expect_request(lambda request: "near=Denver" in request.url):
                page.evaluate("document.querySelector('treatment-search').setAttribute('near', 'Denver')")
            expect(page.get_by_label("What do you need?")).to_have_value("")

    def test_the_same_value_again_asks_nothing(self, visit_host):
        """Frameworks set attributes that stand already, at every keystroke elsewhere on the page."""
        with visit_host("plain.html", ready=".card") as page:
            asked = []
            page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
            with page.expect_response(API):
                page.evaluate(
                    """() => { const widget = document.querySelector('treatment-search');
                    widget.setAttribute('near', '80132');
                    setTimeout(() => widget.setAttribute('per-page', '7')) }"""
                )

        assert len(asked) == 1
        assert "per_page=7" in asked[0]

    def test_moving_it_keeps_the_search(self, visit_host):
        """Tabs and drawers take elements out of the page and put them back."""
        with visit_host("plain.html", ready=".card") as page:
            with page.expect_response(API):
                search(page, "detox")
            with page.expect_request(API) as asked:
                page.evaluate("document.body.append(document.querySelector('treatment-search'))")

        assert sent_of(asked.value)["q"] == ["detox"]


def put(page: Page, attributes: str) -> Locator:
    """Put one widget with a link inside on the page."""
    page.evaluate(
        """attributes => { document.querySelector('main').innerHTML =
        `<treatment-search ${attributes}><a href="#plain">Plain link</a></treatment-search>` }""",
        attributes,
    )
    return page.locator("treatment-search")


class TestNeverAnEmptyBox:
    def test_an_answer_of_another_shape_is_a_failure(self, visit_host):
        """A portal between that answers for everybody, or an older version of the widget."""
        with visit_host("plain.html", answer=(200, {"hello": "world"})) as page:
            expect(page.get_by_text("The search is not working right now.").first).to_be_visible()
            expect(page.locator(".lines")).to_be_visible()

    def test_an_address_that_is_none_leaves_the_link_of_the_host(self, visit_host):
        """A mistake in the attributes hides nothing from the reader."""
        with visit_host("empty.html") as page:
            put(page, 'server="https://" near="80132"')
            page.wait_for_function("document.querySelector('treatment-search').shadowRoot.firstChild?.localName === 'slot'")

            assert page.get_by_role("link", name="Plain link").is_visible()

    def test_a_radius_that_is_none_is_left_out(self, visit_host):
        """The visitor gets results all the same."""
        with visit_host("empty.html") as page, page.expect_request(API) as asked:
            put(page, 'near="80132" radius="far"')

        assert "radius" not in asked.value.url


class TestOnPagesThatMeddle:
    def test_changed_prototypes_do_not_stop_it(self, visit_host):
        """Nothing in it counts on lists and events being untouched."""
        with visit_host("plain.html") as page:
            page.add_init_script(MEDDLING)
            page.reload()
            page.locator(".card").first.wait_for()
            with page.expect_request(API) as asked:
                search(page, "detox")

        assert sent_of(asked.value)["q"] == ["detox"]

    @pytest.mark.parametrize("selector", [".crisis", ".by", ".card .label", ".card.paid .label", ".leave"])
    def test_registered_properties_hide_nothing(self, visit_host, selector):
        """`@property` reaches into every tree of a page; what must be seen uses none, and no host hides the way out."""
        with visit_host("registering.html", ready=".card") as page:
            seen = page.locator(f"treatment-search {selector}").first
            seen.scroll_into_view_if_needed()

            assert seen.evaluate(REALLY_SEEN)

    def test_registered_properties_hide_no_emergency_number(self, visit_host):
        """Links in the strip are as dark as its words."""
        with visit_host("registering.html", ready=".card") as page:
            colors = page.locator(".crisis a").evaluate_all("links => links.map(link => getComputedStyle(link).color)")

        assert set(colors) == {"rgb(29, 27, 24)"}

    def test_a_line_of_the_host_is_said_to_be_the_hosts(self, visit_host):
        """It stands beside 988, and the reader may take it for part of the strip."""
        with visit_host("registering.html", ready=".card") as page:
            assert page.get_by_text("Best Rehab: 719-555-0100 (added by 127.0.0.1)").is_visible()

    def test_a_hostile_name_is_text(self, visit_host):
        """Markup, letters that turn the direction, and a name that calls itself unpaid."""
        name = "<img src=x onerror=alert(1)>\u202e Not an ad " + "x" * 300
        with visit_host("plain.html", width=320, ready=".card") as page:
            body = page.evaluate("address => fetch(address).then(answer => answer.json())", first_address(page))
        body["results"][1]["name"] = name
        with visit_host("plain.html", width=320, answer=(200, body), ready=".card") as page:
            card = page.locator(".card.paid")

            assert card.inner_text().startswith("Paid advertisement")
            assert card.locator("img").count() == 0
            assert page.locator("treatment-search").evaluate("e => e.scrollWidth <= e.clientWidth")

    def test_what_a_place_disputes_is_seen(self, visit_host):
        """Without opening anything."""
        with visit_host("plain.html", ready=".card") as page:
            body = page.evaluate("address => fetch(address).then(answer => answer.json())", first_address(page))
        body["results"][0]["disputes"] = ["The place says that it does not offer detox."]
        with visit_host("plain.html", answer=(200, body), ready=".card") as page:
            assert page.locator(".card").first.get_by_text("The place says that it does not offer detox.").is_visible()

    def test_a_meeting_says_when_and_how_old_its_list_is(self, visit_host):
        """Without opening anything, and before what kind it is; a group has no phone that it could lack."""
        with visit_host("plain.html", ready=".card") as page:
            body = page.evaluate("address => fetch(address).then(answer => answer.json())", first_address(page))
        note = "This list has no date. It may be years old, and the meeting may be gone."
        hour = {"weekday": 6, "start": "17:00", "end": None, "next_day": False, "time_zone": "America/Denver"}
        offers = [{"id": "group.na", "label": "Narcotics Anonymous"}]
        body["results"][0] |= {"kind": "meeting", "schedule": [hour], "phones": [], "offers": offers, "age_note": note}
        with visit_host("plain.html", answer=(200, body), ready=".card") as page:
            shown = page.locator(".card").first.inner_text().replace("\u202f", " ")

        order = ["12 Example Street", "Sun", "5:00 PM", note, "Narcotics Anonymous", "not checked by us"]
        assert sorted(order, key=shown.index) == order
        assert not {"No phone number is listed.", "true", "false"} & set(shown.splitlines())

    def test_a_dozen_fit_on_a_page(self, visit_host):
        """Each answers, and no two fields share an id, for tools that read the page as one."""
        with visit_host("empty.html") as page:
            page.evaluate(
                """() => { document.querySelector('main').innerHTML =
                Array.from({ length: 12 }, (_, n) => `<treatment-search near="802${n + 10}"></treatment-search>`).join('') }"""
            )
            page.wait_for_function(
                "[...document.querySelectorAll('treatment-search')].every(e => e.shadowRoot.querySelector('.card'))"
            )
            ids = page.evaluate(
                """() => [...document.querySelectorAll('treatment-search')].flatMap(element =>
                [...element.shadowRoot.querySelectorAll('[id]')].map(one => one.id))"""
            )

        assert len(ids) == len(set(ids)) > 60


def first_address(page: Page) -> str:
    """The address of the search that the page began with."""
    page.wait_for_function(f"{ADDRESSES}.some(address => address.includes('/api/'))")
    return next(address for address in page.evaluate(ADDRESSES) if "/api/" in address)


class TestOwnedPlaces:
    def test_the_operators_own_place_has_the_border_of_a_paying_one(self, visit_host):
        """Beside its label, which stands before the name, and the sentence that says so."""
        with visit_host("plain.html", ready=".card") as page:
            body = page.evaluate("address => fetch(address).then(answer => answer.json())", first_address(page))
        body["results"][0]["disclosure"]["operator_stake"] = True
        with visit_host("plain.html", answer=(200, body), ready=".card") as page:
            own, others = page.locator(".card").first, page.locator(".card.paid")
            borders = [one.evaluate("e => getComputedStyle(e).border") for one in (own, others)]

            assert own.inner_text().startswith("Not an ad. Owned by the operator of this site")
            assert borders[0] == borders[1]
            assert borders[0].startswith("2px solid")


class TestLeaving:
    def test_the_button_stands_before_the_form(self, visit_host):
        """Not below a list that must be scrolled first."""
        with visit_host("plain.html", ready=".card") as page:
            tops = [page.locator(f"treatment-search {one}").first.bounding_box()["y"] for one in (".crisis", ".leave", "form")]

        assert tops == sorted(tops)

    @pytest.mark.parametrize("framed", [False, True])
    def test_it_takes_the_whole_tab_away(self, visit_host, host, framed):
        """And leaves nothing to go back to; also where the page of the widget stands in a frame of another."""
        with visit_host("empty.html") as page:
            page.route(LEAVE, lambda route: route.fulfill(body="Weather", content_type="text/html"))
            if framed:
                page.evaluate(
                    "address => { const frame = document.createElement('iframe'); frame.src = address; "
                    "frame.width = 600; frame.height = 700; document.body.append(frame) }",
                    f"{host}/plain.html",
                )
                page.frame_locator("iframe").get_by_role("button", name="Leave this site").click()
            else:
                put(page, 'near="80132"').get_by_role("button", name="Leave this site").click()
            page.wait_for_url(LEAVE)

            assert page.evaluate("history.length") <= 2


class TestBundlers:
    def test_the_file_can_be_served_from_anywhere(self, visit_host, directory):
        """A bundler leaves no address that tells where the directory is; the attribute does, and the class is exported."""
        with visit_host("plain.html") as page:
            source = page.request.get(f"{directory}/widget.js").text()
        module = "data:text/javascript;base64," + base64.b64encode(source.encode()).decode()
        with visit_host("frame.html") as page:
            name = page.evaluate("module => import(module).then(all => all.TreatmentSearch.name)", module)
            page.evaluate(
                "server => { document.querySelector('main').innerHTML = `<treatment-search near=80132 server=${server}>` }",
                directory,
            )
            page.locator(".card").first.wait_for()

            assert name == "TreatmentSearch"
