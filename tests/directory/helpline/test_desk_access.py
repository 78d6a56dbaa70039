"""Who may enter the desk: every route has a rule, forms need their token, and an ended session asks for the password in place."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from desk_copy import IN_PLACE, PASSWORD
from small_directory import NOW

from directory.admin.access import needed_role
from directory.duties.staffing import MOST_FAILURES
from directory.helpline.room import WITHOUT_LOGIN
from directory.store.staff import Role


def routes(desk):
    """Every (method, address, endpoint) of the desk's own rooms."""
    for rule in desk.app.url_map.iter_rules():
        if rule.rule.startswith("/helpline"):
            address = re.sub(r"<int[^>]*>", "1", re.sub(r"<\w+>", "x", rule.rule))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, address, rule.endpoint


class TestEveryRoute:
    def test_names_a_role(self, desk):
        """A view that names none answers nobody."""
        with desk.app.app_context():
            roles = {endpoint: needed_role(endpoint) for _, _, endpoint in routes(desk) if endpoint.startswith("helpline.")}
        assert {endpoint for endpoint, role in roles.items() if role is None} == set(WITHOUT_LOGIN)

    def test_sends_strangers_to_the_login(self, desk):
        client = desk.app.test_client()
        for method, address, endpoint in routes(desk):
            if endpoint.startswith("helpline.") and endpoint not in WITHOUT_LOGIN:
                answer = client.open(address, method=method)
                assert (answer.status_code, answer.headers.get("Location")) == (303, "/helpline/login"), endpoint

    def test_tells_the_page_to_ask_for_the_password(self, desk):
        """401 and nothing else, so that the page stays as it is."""
        client = desk.app.test_client()
        for method, address, endpoint in routes(desk):
            if endpoint.startswith("helpline.") and endpoint not in WITHOUT_LOGIN:
                answer = client.open(address, method=method, headers=IN_PLACE)
                assert (answer.status_code, answer.text) == (401, ""), endpoint

    def test_takes_no_form_without_its_token(self, desk, ana):
        for method, address, endpoint in routes(desk):
            if method == "POST" and endpoint.startswith("helpline.") and endpoint not in WITHOUT_LOGIN:
                assert ana.client.post(address, data={"q": "detox"}).status_code == 403, endpoint

    @pytest.mark.parametrize("token", ["", "0" * 64, "ñ", "\x00"])
    def test_takes_no_token_but_its_own(self, ana, token):
        """Whatever letters it has."""
        assert ana.client.post("/helpline/search", data={"form_token": token, "q": "detox"}).status_code == 403

    def test_is_kept_by_nobody(self, desk, ana):
        for method, address, endpoint in routes(desk):
            if method == "GET" and endpoint.startswith("helpline.") and endpoint != "helpline.asset":
                assert ana.client.get(address).headers["Cache-Control"] == "no-store", endpoint


class TestRoles:
    @pytest.mark.parametrize("role", list(Role))
    def test_all_staff_may_enter(self, desk, role):
        assert desk.staff(role.value).client.get("/helpline").status_code == 200

    def test_the_login_of_the_staff_pages_opens_the_desk(self, desk, ana):
        """One account, one session."""
        client = desk.app.test_client()
        client.post("/admin/login", data={"login": "ana", "password": PASSWORD})
        assert client.get("/helpline").status_code == 200


class TestPasswordInPlace:
    def test_a_call_goes_on_after_it(self, desk, ana):
        """The session ends, the page logs in again and gets the new token for its forms; the same search is answered."""
        old = ana.token
        desk.at(NOW + timedelta(hours=2))
        assert ana.client.post("/helpline/search", data={"form_token": old, "q": "detox"}, headers=IN_PLACE).status_code == 401

        again = ana.client.post("/helpline/login", data={"login": "ana", "password": PASSWORD}, headers=IN_PLACE)
        token = again.get_json()["form_token"]
        assert token != old
        answer = ana.client.post("/helpline/search", data={"form_token": token, "q": "detox"}, headers=IN_PLACE)
        assert answer.status_code == 200

    def test_a_wrong_password_is_said_in_place(self, ana):
        answer = ana.client.post("/helpline/login", data={"login": "ana", "password": "x" * 12}, headers=IN_PLACE)
        assert (answer.status_code, answer.get_json()) == (403, {"problem": "Login or password is wrong."})

    def test_guessing_is_slowed_down(self, desk, ana):
        """As at the staff pages: the same limit counts here."""
        for _ in range(MOST_FAILURES):
            ana.client.post("/helpline/login", data={"login": "ana", "password": "x" * 12}, headers=IN_PLACE)
        answer = ana.client.post("/helpline/login", data={"login": "ana", "password": PASSWORD}, headers=IN_PLACE)
        assert answer.status_code == 429

    def test_other_sites_cannot_log_anybody_in(self, desk, ana):
        values = {"login": "ana", "password": PASSWORD}
        answer = desk.app.test_client().post("/helpline/login", data=values, headers={"Origin": "https://elsewhere.example.org"})
        assert answer.status_code == 403

    def test_a_browser_without_scripts_has_a_page_for_it(self, desk):
        page = desk.app.test_client().get("/helpline/login?lang=es").text
        assert "Iniciar sesión" in page
        assert 'action="/helpline/login?lang=es"' in page

    def test_an_organizations_account_goes_on_in_place_too(self, ana):
        """Somebody logs in beside the page; the page then asks for the token of the new session."""
        answer = ana.client.get("/helpline/session", headers=IN_PLACE)
        assert answer.get_json() == {"form_token": ana.token, "login": "ana"}


class TestADeskThatIsLoadedAnew:
    def test_asks_for_the_password_in_its_own_place(self, desk, ana):
        """So that the tab still knows its list; whoever never was at work here is sent to the page of the login."""
        desk.at(NOW + timedelta(hours=2))
        page = ana.client.get("/helpline")
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert 'name="password"' in page.text
        assert "login.js" in page.text
        assert 'id="q"' not in page.text
        assert ana.client.get("/helpline/openings").headers["Location"] == "/helpline/login"
        assert "login.js" not in desk.app.test_client().get("/helpline/login").text


class TestOpeningAListAgain:
    ADDRESS = "/helpline?ids=aaaaaaaaaaaa,bbbbbbbbbbbb"

    def test_the_list_waits_until_somebody_has_logged_in(self, desk, ana):
        """In its language too."""
        client = desk.app.test_client()
        asked = client.get(f"{self.ADDRESS}&lang=es").headers["Location"]
        assert asked == "/helpline/login?ids=aaaaaaaaaaaa,bbbbbbbbbbbb&lang=es"
        assert 'name="ids" value="aaaaaaaaaaaa,bbbbbbbbbbbb"' in client.get(asked).text
        values = {"login": "ana", "password": PASSWORD, "ids": "aaaaaaaaaaaa,bbbbbbbbbbbb"}
        answer = client.post("/helpline/login?lang=es", data=values)
        assert answer.headers["Location"] == f"{self.ADDRESS}&lang=es"

    @pytest.mark.parametrize("ids", ["//elsewhere.example.org", "klonopin", "AAAAAAAAAAAA", "aaaaaaaaaaaa\r\nX: y", "%0d%0a"])
    def test_only_ids_pass_the_login(self, desk, ana, ids):
        values = {"login": "ana", "password": PASSWORD, "ids": ids}
        answer = desk.app.test_client().post("/helpline/login", data=values)
        assert answer.headers["Location"] == "/helpline"
