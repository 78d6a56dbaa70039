"""Accounts and sessions: guesses are slowed down, sessions end, forms can't be sent from elsewhere, everything is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from paying_places import NOW, PASSWORD
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from directory.cli import main
from directory.duties import staffing
from directory.duties.staffing import MOST_FAILURES, StaffRefused
from directory.store.staff import latest_audit
from directory.store.tables import audit_log, staff, staff_sessions
from directory.web import current


def audit(places) -> list[tuple[str, str, str]]:
    with places.store.reading() as connection:
        entries = latest_audit(connection, 50)
    return [(entry.login, entry.action, entry.subject) for entry in entries if entry.action != "number.establish"]


class TestAccounts:
    def test_the_first_one_is_made_on_the_server(self, places):
        """`directory staff add` needs no account before it."""
        environment = {"DIRECTORY_HOME": str(places.settings.home)}
        made = CliRunner().invoke(main, ["staff", "add", "Ana"], env=environment, input=f"{PASSWORD}\n{PASSWORD}\n")

        assert (made.exit_code, "as admin" in made.output) == (0, True)
        assert PASSWORD not in made.output
        assert places.client().post("/admin/login", data={"login": "ana", "password": PASSWORD}).status_code == 303

    def test_a_script_hands_the_password_over_where_nobody_sees_it(self, places):
        """On standard input: an argument would stand in the list of processes and in the shell's history."""
        environment, command = {"DIRECTORY_HOME": str(places.settings.home)}, ["staff", "add", "ana", "--password-stdin"]
        made = CliRunner().invoke(main, command, env=environment, input=f"{PASSWORD}\n")
        assert (made.exit_code, made.output) == (0, "ana can log in at /admin/login as admin.\n")
        changed = CliRunner().invoke(
            main, ["staff", "password", "ana", "--password-stdin"], env=environment, input="a new one for ana"
        )
        assert changed.exit_code == 0
        assert places.client().post("/admin/login", data={"login": "ana", "password": "a new one for ana"}).status_code == 303

    def test_a_password_on_the_command_line_is_warned_of(self, places):
        """It works as it did, and says who can see it; the help names the other ways alone."""
        environment = {"DIRECTORY_HOME": str(places.settings.home)}
        made = CliRunner().invoke(main, ["staff", "add", "ana", "--password", PASSWORD], env=environment)
        assert (made.exit_code, "everybody on this machine can see --password" in made.stderr) == (0, True)
        shown = CliRunner().invoke(main, ["staff", "add", "--help"]).output
        assert "--password-stdin" in shown
        assert "--password " not in shown
        both = ["staff", "add", "bo", "--password", PASSWORD, "--password-stdin"]
        assert CliRunner().invoke(main, both, env=environment, input="x").exit_code == 2

    @pytest.mark.parametrize(
        ("login", "role", "password"),
        [("ana", "admin", "short"), ("a b", "admin", PASSWORD), ("ana", "owner", PASSWORD), ("", "admin", PASSWORD)],
    )
    def test_unsound_ones_are_refused(self, places, login, role, password):
        with pytest.raises(StaffRefused):
            staffing.add_staff(places.store, login, role, password, by="test", now=NOW)

    def test_passwords_are_kept_as_argon2id(self, places, log_in):
        """Whoever reads the database reads no password."""
        log_in("admin")
        with places.store.reading() as connection:
            [hashed] = connection.scalars(select(staff.c.password_hash))
        assert hashed.startswith("$argon2id$")

    def test_the_last_admin_cannot_be_disabled(self, places, log_in, send):
        """Nobody locks the house from outside."""
        client = log_in("admin")
        assert send(client, "/admin/staff/admin/disable").status_code == 400

    def test_the_last_admin_stays_one(self, places, log_in, send):
        client = log_in("admin")
        assert send(client, "/admin/staff/admin/role", role="editor").status_code == 400
        assert client.get("/admin/audit").status_code == 200

    def test_another_role_counts_from_the_next_request(self, places, log_in, send):
        """Without logging in again."""
        admin, helper = log_in("admin"), log_in("helpline")
        assert helper.get("/admin/sponsorships").status_code == 403
        assert send(admin, "/admin/staff/helpline/role", role="editor").status_code == 303
        assert helper.get("/admin/sponsorships").status_code == 200

    def test_a_disabled_member_can_be_let_in_again(self, places, log_in, send):
        """With the password of before; a session of before stays over."""
        admin, helper = log_in("admin"), log_in("helpline")
        send(admin, "/admin/staff/helpline/disable")
        assert send(admin, "/admin/staff/helpline/enable").status_code == 303
        assert helper.get("/admin/").status_code == 303
        assert helper.post("/admin/login", data={"login": "helpline", "password": PASSWORD}).status_code == 303

    @pytest.mark.parametrize(("command", "words"), [("disable", "no more"), ("role", "as editor")])
    def test_the_server_can_do_it_too(self, places, log_in, command, words):
        """`directory staff`, for whoever is locked out of the pages."""
        log_in("admin")
        staffing.add_staff(places.store, "kim", "helpline", PASSWORD, by="test", now=NOW)
        environment = {"DIRECTORY_HOME": str(places.settings.home)}
        done = CliRunner().invoke(main, ["staff", command, "kim", *(["editor"] if command == "role" else [])], env=environment)
        assert (done.exit_code, words in done.output) == (0, True)
        enabled = CliRunner().invoke(main, ["staff", "enable", "kim"], env=environment)
        assert enabled.exit_code == (0 if command == "disable" else 1)

    def test_a_disabled_member_is_out_at_once(self, places, log_in, send):
        """Their session ends with the account."""
        admin, helper = log_in("admin"), log_in("helpline")
        assert send(admin, "/admin/staff/helpline/disable").status_code == 303
        assert helper.get("/admin/").headers["Location"] == "/admin/login"


class TestLogin:
    def test_a_wrong_password_says_no_more_than_that(self, places, log_in):
        """An unknown login and a wrong password read the same."""
        log_in("admin")
        answers = [places.client().post("/admin/login", data={"login": who, "password": "x" * 12}) for who in ("admin", "nobody")]

        assert [answer.status_code for answer in answers] == [403, 403]
        assert answers[0].text == answers[1].text

    def test_guessing_is_slowed_down(self, places, log_in):
        """After five wrong passwords even the right one waits; a quarter of an hour later it works."""
        log_in("admin")
        client = places.client()
        for _ in range(MOST_FAILURES):
            client.post("/admin/login", data={"login": "admin", "password": "wrong password"})

        assert client.post("/admin/login", data={"login": "admin", "password": PASSWORD}).status_code == 429
        client.application.config[current.CLOCK] = lambda: NOW + timedelta(minutes=16)
        assert client.post("/admin/login", data={"login": "admin", "password": PASSWORD}).status_code == 303

    def test_the_cookie_is_for_staff_pages_alone(self, places, log_in):
        """Out of reach of scripts and other sites; over HTTPS only where there is HTTPS."""
        log_in("admin")
        for behind_tls in (False, True):
            client = places.client(behind_tls=behind_tls)
            cookie = client.post("/admin/login", data={"login": "admin", "password": PASSWORD}).headers["Set-Cookie"]
            assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/admin"))
            assert ("Secure" in cookie) is behind_tls

    def test_the_database_holds_no_usable_session(self, places, log_in):
        """Only a hash of the token is kept."""
        client = log_in("admin")
        token = client.get_cookie("staff", path="/admin").value
        with places.store.reading() as connection:
            [kept] = connection.scalars(select(staff_sessions.c.token_hash))
        assert token.encode() not in kept


class TestSession:
    def test_a_form_that_came_too_late_is_not_lost_in_silence(self, places, log_in):
        """The login page says that it was not sent, and where what was written still stands; nothing was changed."""
        client = log_in("admin")
        client.application.config[current.CLOCK] = lambda: NOW + timedelta(hours=2)
        answer = client.post("/admin/staff", data={"login": "bo", "role": "admin", "password": PASSWORD})
        assert answer.headers["Location"] == "/admin/login?not_sent=1"
        assert "the form was not sent" in client.get(answer.headers["Location"]).text
        assert "the form was not sent" not in client.get("/admin/login").text
        assert client.get("/admin/staff").headers["Location"] == "/admin/login"

    @pytest.mark.parametrize("later", [timedelta(hours=1, minutes=1), timedelta(hours=13)])
    def test_it_ends(self, places, log_in, later):
        """When nobody used it for an hour, and after a long shift."""
        client = log_in("admin")
        client.application.config[current.CLOCK] = lambda: NOW + later
        assert client.get("/admin/").headers["Location"] == "/admin/login"

    def test_logging_out_ends_it(self, log_in, send):
        client = log_in("admin")
        assert send(client, "/admin/logout").status_code == 303
        assert client.get("/admin/").status_code == 303

    def test_a_new_password_ends_all_of_them(self, places, log_in, send):
        client = log_in("admin")
        assert send(client, "/admin/password", old=PASSWORD, new="another long password").status_code == 303
        assert client.get("/admin/").status_code == 303
        answer = client.post("/admin/login", data={"login": "admin", "password": "another long password"})
        assert answer.status_code == 303

    def test_staff_pages_are_kept_by_nobody(self, log_in):
        assert log_in("admin").get("/admin/").headers["Cache-Control"] == "no-store"


class TestForms:
    @pytest.mark.parametrize("token", [None, "0" * 64])
    def test_without_the_token_nothing_changes(self, places, log_in, token):
        """A form on another site can't know it."""
        client = log_in("admin")
        values = {"login": "second", "role": "admin", "password": PASSWORD} | ({"form_token": token} if token else {})
        assert client.post("/admin/staff", data=values).status_code == 403

    @pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example.org"}])
    def test_other_sites_cannot_log_anybody_in(self, places, log_in, headers):
        """Before there is a token, the browser says where a form comes from."""
        log_in("admin")
        answer = places.client().post("/admin/login", data={"login": "admin", "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403


class TestAudit:
    def test_what_staff_do_is_on_record(self, places, log_in, send):
        """Accounts, logins, sponsorships: who, what, about whom; newest first."""
        client = log_in("admin")
        listing_id = places.id_of("Aspen House")
        stated = {"payer": "Example Payer Inc", "compensation": "flat_fee", "licence": "CO 1", "answered_by": "facility"}
        send(client, "/admin/sponsorships", listing_id=listing_id, **stated)
        send(client, f"/admin/sponsorships/{listing_id}/end")

        assert audit(places) == [
            ("admin", "sponsorship.end", listing_id),
            ("admin", "sponsorship.add", listing_id),
            ("admin", "login", ""),
            ("test", "staff.add", "admin"),
        ]

    def test_it_is_only_added_to(self, places, log_in):
        log_in("admin")
        for statement in (delete(audit_log), update(audit_log).values(login="nobody")):
            with places.store.engine.connect() as connection, pytest.raises(DBAPIError, match="only ever added to"):
                connection.execute(statement)


class TestSponsorshipPage:
    def test_it_does_what_the_command_does(self, places, log_in, send):
        """One service: the next answer of a reader shows it, the list and the log too."""
        client, listing_id = log_in("admin"), places.id_of("Aspen House")
        stated = {"payer": "Example Payer Inc", "compensation": "flat_fee", "licence": "CO 1", "answered_by": "facility"}
        assert send(client, "/admin/sponsorships", listing_id=listing_id, **stated).status_code == 303

        page = client.get("/admin/sponsorships").text
        assert "Example Payer Inc pays a flat fee for Aspen House" in page
        assert "Paid advertisement" in places.client().get(f"/listing/{listing_id}").text

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"compensation": "per_call"}, "EKRA (18 USC 220)"),
            ({"licence": ""}, "licence"),
            ({"answered_by": "call_center"}, "answered by the facility"),
            ({"starts_on": "soon"}, "YYYY-MM-DD"),
        ],
    )
    def test_it_says_next_to_the_field_why_it_refuses(self, places, log_in, send, changed, said):
        """And keeps what was typed."""
        client = log_in("admin")
        stated = {"payer": "Example Payer Inc", "compensation": "flat_fee", "licence": "CO 1", "answered_by": "facility"}
        answer = send(client, "/admin/sponsorships", listing_id=places.id_of("Aspen House"), **stated | changed)

        assert answer.status_code == 400
        assert said in answer.text
        assert 'value="Example Payer Inc"' in answer.text

    def test_it_says_that_a_flat_fee_is_no_safe_harbor(self, log_in):
        assert "ask counsel" in log_in("admin").get("/admin/sponsorships").text
