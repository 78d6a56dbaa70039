"""An online geocoder gives street addresses a point: slowly, once each, and only what a source publishes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from outbox import forget_outbox
from store_factory import NOW, place, program, source

from directory.errors import SettingsError
from directory.feeds.geocoding import GeocoderUnavailable, geocode, geocoder_of
from directory.settings import GeocoderSettings, Settings
from index.listing import Address, Precision

ROUGH: dict[str, Any] = {"lat": 39.09, "lon": -104.87, "precision": Precision.ZIP}
FOUND = {"lat": "39.0921", "lon": "-104.8726", "display_name": "12, Elm Street", "addresstype": "house"}


class Service:
    """A Nominatim server on this machine: what it was asked, by whom, and what it answers next."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.answers: list[Any] = []
        self.default: Any = [FOUND]

    def answer(self, query: str, agent: str) -> tuple[int, Any]:
        self.asked.append(query)
        self.agents.append(agent)
        answer = self.answers.pop(0) if self.answers else self.default
        return (answer, []) if isinstance(answer, int) else (200, answer)


@pytest.fixture
def service() -> Iterator[Service]:
    held = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)["q"][0]
            status, body = held.answer(query, self.headers["User-Agent"])
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *words: object) -> None:
            """Stay quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        held.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield held
        server.shutdown()


@pytest.fixture
def ask(store, service):
    """Ask the server for what has no point; `waited` collects the pauses."""
    settings = GeocoderSettings("nominatim", service.address, seconds_between=1.5)

    def ask(**options):
        return geocode(
            store, geocoder_of(settings, "desk@example.org"), settings, lambda: NOW, sleep=ask.waited.append, **options
        )

    ask.waited = []
    return ask


class TestAsking:
    def test_a_rough_address_gets_the_point_of_its_street(self, store, bring_in, ask, service):
        bring_in(place("Cedar House", **ROUGH))
        done = ask()

        (listing,) = store.public_listings()
        assert (done.asked, done.found) == (1, 1)
        assert (listing.lat, listing.lon, listing.precision) == (39.0921, -104.8726, Precision.STREET)
        assert service.asked == ["12 Elm Street, Monument, CO 80132, USA"]
        assert service.agents == ["treatment-directory (desk@example.org)"]

    def test_each_address_is_asked_for_once(self, store, bring_in, ask, service):
        """Two places at one door are one question, and an answer is kept, found or not."""
        service.answers = [[FOUND], []]
        bring_in(
            place("Cedar House", **ROUGH), place("Elm House", street="12 ELM ST.", **ROUGH), place("Oak", street="9 Oak", **ROUGH)
        )
        first, second = ask(), ask()

        assert (first.asked, first.found, first.not_found, second.asked) == (2, 1, 1, 0)
        assert ask.waited == [1.5]

    def test_it_goes_on_where_it_stopped(self, store, bring_in, ask, service):
        bring_in(*[place(f"House {number}", street=f"{number} Elm", **ROUGH) for number in range(3)])
        assert (ask(limit=2).asked, ask().asked) == (2, 1)

    def test_the_next_import_keeps_the_point(self, store, bring_in, ask):
        bring_in(place("Cedar House", **ROUGH))
        ask()
        bring_in(place("Cedar House", program("cedar house", name="New"), **ROUGH))

        (listing,) = store.public_listings()
        assert (listing.programs[0].name, listing.precision) == ("New", Precision.STREET)

    def test_the_publisher_hears_of_it(self, store, bring_in, ask):
        bring_in(place("Cedar House", **ROUGH))
        forget_outbox(store)
        ask()
        assert [one.listing_id for one in store.outbox()] == [one.id for one in store.public_listings()]


class TestWhatIsNeverSent:
    @pytest.mark.parametrize(
        "stated",
        [
            pytest.param({"address": Address(city="Monument", state="CO", withheld=True), **ROUGH}, id="withheld"),
            pytest.param({"street": "", "address": Address(city="Monument", state="CO"), **ROUGH}, id="no street"),
            pytest.param({"precision": Precision.STREET}, id="a point of its own"),
        ],
    )
    def test_what_a_source_keeps_back_or_knows(self, store, bring_in, ask, service, stated):
        bring_in(place("Cedar House", **stated))
        assert ask().asked == 0
        assert service.asked == []

    def test_a_withheld_street_stays_in_its_town_whatever_is_known(self, store, bring_in, ask):
        """A later list may withhold what an earlier one published."""
        bring_in(place("Cedar House", **ROUGH))
        ask()
        hidden = Address(street="12 Elm Street", city="Monument", state="CO", zip="80132", withheld=True)
        bring_in(place("Cedar House", program("b", source="city"), address=hidden), sources=[source("city")], feed="city")

        (listing,) = store.public_listings()
        assert (listing.address.street, listing.precision) == ("", Precision.CITY)


class TestWhatIsNotBelieved:
    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param([FOUND | {"lat": "40.5"}], id="a hundred miles from the ZIP code"),
            pytest.param([FOUND | {"addresstype": "city"}], id="a town"),
            pytest.param([FOUND | {"addresstype": "postcode"}], id="a ZIP code"),
            pytest.param([], id="nothing"),
        ],
    )
    def test_the_rough_point_stays(self, store, bring_in, ask, service, answer):
        service.answers = [answer]
        bring_in(place("Cedar House", **ROUGH))

        assert (ask().not_found, next(store.public_listings()).precision) == (1, Precision.ZIP)


class TestTrouble:
    def test_a_service_that_stumbles_is_asked_again_later(self, bring_in, ask, service):
        service.answers = [503, [FOUND]]
        bring_in(place("Cedar House", **ROUGH))
        assert ask().found == 1
        assert ask.waited == [2.0]

    def test_one_that_is_down_stops_the_run_and_loses_nothing(self, store, bring_in, ask, service):
        service.answers = [[FOUND], 503, 503, 503]
        bring_in(place("Cedar House", **ROUGH), place("Oak", street="9 Oak", **ROUGH))
        with pytest.raises(GeocoderUnavailable):
            ask()
        assert sum(one.precision is Precision.STREET for one in store.public_listings()) == 1
        assert ask().asked == 1


class TestSettings:
    @pytest.mark.parametrize("value", ["google https://example.org", "nominatim", "nominatim ftp://example.org"])
    def test_what_is_no_service_is_refused(self, tmp_path, value):
        with pytest.raises(SettingsError, match="DIRECTORY_GEOCODER"):
            Settings.from_environment({"DIRECTORY_HOME": str(tmp_path), "DIRECTORY_GEOCODER": value})

    def test_it_is_off_unless_named(self, tmp_path):
        assert Settings.from_environment({"DIRECTORY_HOME": str(tmp_path)}).geocoder.service == ""

    @pytest.mark.parametrize("service_name", ["nominatim", "photon", "pelias"])
    def test_each_service_can_be_named(self, tmp_path, service_name):
        named = {"DIRECTORY_HOME": str(tmp_path), "DIRECTORY_GEOCODER": f"{service_name} https://geo.example.org"}
        settings = Settings.from_environment(named | {"DIRECTORY_GEOCODER_SECONDS": "3"}).geocoder
        assert (settings.service, settings.seconds_between) == (service_name, 3)
        assert geocoder_of(settings, "").geocode
