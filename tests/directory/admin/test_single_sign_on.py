"""Staff may log in through the operator's identity provider: off by default, for accounts that exist, and nothing is believed
that the provider did not sign for this copy and this attempt.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import time

import pytest
from joserfc.jwk import RSAKey
from paying_places import NOW, PASSWORD

sys.path.insert(0, str(Path(__file__).parent))

from identity_provider import CLIENT, running

from directory.duties.staffing import add_staff, disable_staff
from directory.errors import SettingsError
from directory.sign_on_settings import SignOnSettings, sign_on_settings
from directory.store.staff import latest_audit

NAMED = {
    "DIRECTORY_OIDC_ISSUER": "https://id.example.org",
    "DIRECTORY_OIDC_CLIENT_ID": CLIENT,
    "DIRECTORY_OIDC_CLIENT_SECRET": "secret",
}


@pytest.fixture
def provider():
    with running() as provider:
        yield provider


@pytest.fixture
def browser(places, provider):
    """A browser of a copy that knows the provider, where kim@example.org works as an editor."""
    add_staff(places.store, "boss", "admin", PASSWORD, by="test", now=NOW)
    add_staff(places.store, "kim@example.org", "editor", PASSWORD, by="test", now=NOW)
    return places.client(sign_on=SignOnSettings(provider.issuer, CLIENT, "secret"))


def sign_on(browser, provider):
    """Log in at the provider and come back."""
    sent = browser.get("/admin/oidc/login")
    return browser.get(f"/admin/oidc/callback?{provider.let_in(sent.headers['Location'])}")


class TestOff:
    def test_nothing_is_offered_unless_a_provider_is_named(self, places):
        client = places.client()
        assert "organization" not in client.get("/admin/login").text
        assert {client.get(f"/admin/oidc/{page}").status_code for page in ("login", "callback")} == {404}

    def test_it_is_off_by_default(self):
        assert sign_on_settings({}) is None

    @pytest.mark.parametrize("missing", NAMED)
    def test_half_a_provider_is_refused_at_the_start(self, missing):
        with pytest.raises(SettingsError, match=missing):
            sign_on_settings({name: value for name, value in NAMED.items() if name != missing})

    def test_an_open_connection_is_refused(self):
        with pytest.raises(SettingsError, match="https"):
            sign_on_settings(NAMED | {"DIRECTORY_OIDC_ISSUER": "http://id.example.org"})

    def test_without_its_library_the_start_says_what_to_install(self, monkeypatch):
        monkeypatch.setattr("directory.sign_on_settings.find_spec", lambda _name: None)
        with pytest.raises(SettingsError, match="extra `sso`"):
            sign_on_settings(NAMED)

    def test_the_secret_is_in_no_log(self):
        assert "'secret'" not in repr(sign_on_settings(NAMED))


class TestLogin:
    def test_somebody_with_an_account_gets_a_session_of_their_own_role(self, browser, provider):
        """What they may do is decided here; the login's letters may be large or small."""
        answer = sign_on(browser, provider)
        assert (answer.status_code, "Go on to the staff pages" in answer.text) == (200, True)
        assert browser.get("/admin/sponsorships").status_code == 200
        assert browser.get("/admin/audit").status_code == 403

    def test_it_is_on_record(self, browser, provider, places):
        sign_on(browser, provider)
        with places.store.reading() as connection:
            entry = latest_audit(connection, 1)[0]
        assert (entry.login, entry.action, entry.detail) == ("kim@example.org", "login", "through the identity provider")

    def test_passwords_go_on_working(self, browser):
        assert browser.post("/admin/login", data={"login": "boss", "password": PASSWORD}).status_code == 303

    def test_cookies_are_for_staff_pages_alone(self, browser, provider):
        """Each with its path, out of reach of scripts; the attempt's is gone afterwards."""
        begun = browser.get("/admin/oidc/login").headers["Set-Cookie"]
        assert "Path=/admin/oidc" in begun
        assert "HttpOnly" in begun
        cookies = sign_on(browser, provider).headers.getlist("Set-Cookie")
        assert any("staff=" in one and "Path=/admin;" in one and "SameSite=Strict" in one for one in cookies)
        assert any(one.startswith("staff_sign_on=;") for one in cookies)


class TestRefusals:
    def refused(self, browser, provider) -> str:
        answer = sign_on(browser, provider)
        assert answer.status_code == 403
        assert browser.get("/admin/").status_code == 303
        return answer.text

    def test_nobody_gets_an_account_by_signing_on(self, browser, provider):
        provider.person["email"] = "stranger@example.org"
        assert "Stranger@example.org has no account here" in self.refused(browser, provider)

    def test_a_disabled_account_stays_disabled(self, browser, provider, places):
        disable_staff(places.store, "kim@example.org", by="boss", now=NOW)
        assert "has no account here" in self.refused(browser, provider)

    @pytest.mark.parametrize("person", [{"email_verified": False}, {"email_verified": "true"}, {"email": ""}])
    def test_an_address_that_nobody_vouches_for(self, browser, provider, person):
        provider.person |= person
        assert "does not vouch" in self.refused(browser, provider)

    @pytest.mark.parametrize(
        "claims",
        [
            pytest.param({"iss": "https://other.example.org"}, id="another provider's"),
            pytest.param({"aud": "another-program"}, id="for another program"),
            pytest.param({"nonce": "old"}, id="of another attempt"),
            pytest.param({"exp": int(time()) - 3600}, id="too old"),
        ],
    )
    def test_a_token_that_is_not_for_this_attempt(self, browser, provider, claims):
        provider.lies["claims"] = claims
        assert "cannot be believed" in self.refused(browser, provider)

    def test_a_token_that_somebody_else_signed(self, browser, provider):
        provider.signing_key = RSAKey.generate_key(2048, {"kid": "one"})
        assert "cannot be believed" in self.refused(browser, provider)

    def test_a_provider_that_calls_itself_otherwise(self, browser, provider):
        provider.lies["described"] = {"issuer": "https://other.example.org"}
        assert browser.get("/admin/oidc/login").status_code == 403

    def test_a_provider_that_cannot_be_reached(self, places):
        """The password still works."""
        client = places.client(sign_on=SignOnSettings("http://127.0.0.1:9", CLIENT, "secret"))
        answer = client.get("/admin/oidc/login")
        assert (answer.status_code, "log in with your password" in answer.text) == (403, True)

    @pytest.mark.parametrize("answer", ["", "code=once", "code=once&state=forged", "error=access_denied"])
    def test_an_answer_that_was_not_asked_for(self, browser, answer):
        """A link in a mail cannot log anybody in as somebody else."""
        browser.get("/admin/oidc/login")
        assert browser.get(f"/admin/oidc/callback?{answer}").status_code == 403

    def test_an_answer_without_an_attempt_of_this_browser(self, browser, provider):
        query = provider.let_in(browser.get("/admin/oidc/login").headers["Location"])
        assert browser.application.test_client().get(f"/admin/oidc/callback?{query}").status_code == 403

    def test_a_code_without_its_verifier(self, browser, provider):
        """PKCE: whoever saw the code cannot use it."""
        sent = browser.get("/admin/oidc/login")
        query = provider.let_in(sent.headers["Location"])
        provider.asked["code_challenge"] = "of another attempt"
        assert browser.get(f"/admin/oidc/callback?{query}").status_code == 403
