"""Whatever a form of the staff rooms sends, the answer is never a fault of ours."""

from __future__ import annotations

import re

import pytest
from paying_places import PASSWORD, worker

FIELDS = ("number", "rows", "places", "days", "given", "act", "listing_id", "page", "lasts", "kind", "text", "words", "parts")
NUMBERS = ["9" * 20, "9" * 5000, "é", ""]  # too large for the database, for int(), and not of ASCII


def sent_to(places) -> list[str]:
    """The addresses that take a form, with a listing that exists."""
    rules = [rule for rule in worker(places.settings).url_map.iter_rules() if "POST" in (rule.methods or ())]
    listed = places.id_of("Aspen House")
    addresses = (re.sub(r"<int[^>]*>", "1", rule.rule.replace("<listing_id>", listed)) for rule in rules)
    return [re.sub(r"<\w+>", "x", address) for address in addresses if address.startswith(("/admin/", "/helpline"))]


@pytest.fixture
def client(places, log_in):
    """Somebody who may do everything in both rooms."""
    browser = log_in("admin")
    browser.post("/helpline/login", data={"login": "admin", "password": PASSWORD})
    return browser


def token_of(client, page: str) -> str:
    return re.findall(r'name="form_token"[^>]* value="([0-9a-f]+)"', client.get(page).text)[0]


class TestHostileForms:
    @pytest.mark.parametrize("value", NUMBERS, ids=lambda value: value[:6] or "empty")
    def test_a_number_that_is_none_is_refused(self, places, client, value):
        """As unknown, wrong or not found."""
        tokens = {"admin": token_of(client, "/admin/password"), "helpline": token_of(client, "/helpline")}
        for address in sent_to(places):
            if "log" not in address and "password" not in address:
                values = {"form_token": tokens[address.split("/")[1]], **dict.fromkeys(FIELDS, value)}
                status = client.post(address, data=values).status_code
                assert status < 500, address
                assert status != 401, address

    def test_a_form_token_of_any_letters_is_refused(self, places, client):
        """Tokens are compared byte by byte, so that a letter that is not ASCII is just a wrong one."""
        asked = [address for address in sent_to(places) if "log" not in address]
        assert {client.post(address, data={"form_token": "é"}).status_code for address in asked} == {403}

    def test_a_report_of_any_number_is_not_found(self, client):
        """However many digits its number has."""
        assert {client.get(f"/admin/cases/{digits}").status_code for digits in ("9" * 20, "9" * 5000)} == {404}
