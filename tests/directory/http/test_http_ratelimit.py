"""The public rate limit: generous, brief, and forgetful."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from flask.testing import FlaskClient
from limits import RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter
from web_fakes import FakeLookup, make_settings

from directory import create_app
from directory.web.ratelimit import AddressKeys, OneWindow

ADDRESS = "203.0.113.7"


class Clock:
    """A clock that stands still until it is set."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class TestLimit:
    def test_refuses_beyond_the_limit_until_the_second_is_over(self) -> None:
        """So many requests a second, and then a moment's wait."""
        clock = Clock()
        limiter = FixedWindowRateLimiter(OneWindow(clock))
        hits = [limiter.hit(RateLimitItemPerSecond(2), "key") for _ in range(3)]
        clock.seconds = 1.0
        assert [*hits, limiter.hit(RateLimitItemPerSecond(2), "key")] == [True, True, False, True]

    def test_counts_each_address_for_itself(self) -> None:
        """One busy address does not shut out another."""
        limiter = FixedWindowRateLimiter(OneWindow(Clock()))
        assert [limiter.hit(RateLimitItemPerSecond(1), key) for key in ("a", "a", "b")] == [True, False, True]

    def test_forgets_every_count_when_the_window_ends(self) -> None:
        """Nothing of an address outlasts its second."""
        clock = Clock()
        store = OneWindow(clock)
        store.incr("a", 1)
        clock.seconds = 1.0
        store.incr("b", 1)
        assert (store.get("a"), store.reset()) == (0, 1)


class TestRefusal:
    def test_says_when_to_come_back_and_whom_to_call(self) -> None:
        """Whoever is refused learns how long, and the lines that answer now."""
        client = limited()
        answer = [client.get("/api/v1/coverage") for _ in range(3)][-1]
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
        assert "help.samhsa" in [line["id"] for line in answer.get_json(force=True)["lines"]]

    def test_is_a_page_for_people(self) -> None:
        """A person sees a page with the crisis strip."""
        client = limited()
        answer = [client.get("/about") for _ in range(3)][-1]
        assert (answer.status_code, answer.mimetype) == (429, "text/html")
        assert "988" in answer.get_data(as_text=True)

    def test_spares_health_checks(self) -> None:
        """A supervisor may ask as often as it likes."""
        client = limited()
        assert {client.get("/healthz").status_code for _ in range(5)} == {200}


class TestAddressKeys:
    def test_key_does_not_show_the_address(self) -> None:
        """Only this process can tell whose key it is."""
        keys, others = (AddressKeys(lambda: date(2026, 11, 21)) for _ in range(2))
        assert keys.key(ADDRESS) == keys.key(ADDRESS)
        assert keys.key(ADDRESS) != others.key(ADDRESS)
        assert ADDRESS not in keys.key(ADDRESS)

    def test_key_expires_with_the_day(self) -> None:
        """Tomorrow the same address has another key."""
        days = iter([date(2026, 11, 21), date(2026, 11, 21), date(2026, 11, 22)])
        keys = AddressKeys(lambda: next(days))
        assert keys.key(ADDRESS) != keys.key(ADDRESS)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("2001:db8:1:2::1", "2001:db8:1:2:aaaa::9", id="same network"),
            pytest.param("2001:db8::1", "2001:db8:0:0:5::2", id="zeros left out"),
        ],
    )
    def test_household_counts_as_one(self, one: str, other: str) -> None:
        """An IPv6 household has millions of addresses and one network."""
        keys = AddressKeys(lambda: date(2026, 11, 21))
        assert keys.key(one) == keys.key(other)

    def test_other_networks_count_apart(self) -> None:
        """Neighbours are not counted together."""
        keys = AddressKeys(lambda: date(2026, 11, 21))
        assert keys.key("2001:db8:1:2::1") != keys.key("2001:db8:1:3::1")

    def test_address_is_never_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        """A refusal leaves no trace of who was refused."""
        client = limited()
        with caplog.at_level(logging.DEBUG):
            for _ in range(3):
                client.get("/api/v1/coverage", environ_base={"REMOTE_ADDR": ADDRESS})
        assert ADDRESS not in caplog.text


def limited() -> FlaskClient:
    """Return a client that may ask once a second."""
    return create_app(lookup=FakeLookup(make_settings(requests_per_second=1))).test_client()  # type: ignore[arg-type]
