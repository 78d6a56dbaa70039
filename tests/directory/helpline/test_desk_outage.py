"""A desk must not stop in the middle of a call: with the database gone it answers from the last good list, and says so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from desk_copy import IN_PLACE, PASSWORD
from small_directory import NOW

from directory.duties.staffing import SESSION_IDLES, Session
from directory.helpline.staff.access import AT_WORK, RememberedSessions
from directory.store.staff import Role, StaffMember
from index.errors import EngineUnavailable


@pytest.fixture
def at_work(desk, ana):
    """Somebody who searched while everything worked; returns a function that searches again with the token of then."""
    token = ana.token
    desk.directory.sponsor("Aspen Detox")

    def search(words: str = "detox 80132", **values: str):
        data = {"form_token": token, "q": words, **values}
        return ana.client.post("/helpline/search", data=data, headers=IN_PLACE)

    assert search().status_code == 200
    return search


def lose_the_database(desk) -> None:
    desk.directory.store.close()
    (desk.directory.root / "d.sqlite3").unlink()


def lose_the_index(desk, monkeypatch) -> None:
    def fail(*_given: object) -> None:
        raise EngineUnavailable("no generation can be read")

    for name in ("search", "count", "get", "info", "match_name"):
        monkeypatch.setattr(type(desk.directory.lookup.engine), name, fail)


class TestWithoutTheDatabase:
    def test_the_last_good_list_answers(self, desk, at_work):
        lose_the_database(desk)
        answer = at_work()
        assert answer.status_code == 200
        assert "The database cannot be read. This is the last good list." in answer.text
        assert 'data-name="Birch Detox"' in answer.text

    def test_nobody_is_said_not_to_pay(self, desk, at_work):
        """Who paid when it was last read keeps the label; of all others it is not confirmed."""
        lose_the_database(desk)
        text = at_work().text
        assert "Not an ad" not in text
        assert "Payment status not confirmed" in text
        assert text.index("Paid advertisement") < text.index("Aspen Detox</label>")

    @pytest.mark.parametrize("words", ["detox 80132", "outpatient denver"])
    def test_no_count_says_that_nobody_pays(self, at_work, desk, words):
        """Who pays now cannot be read, so it is not counted either."""
        said = re.compile(r"None of these places pays us|\d of \d+ pay us")
        assert said.search(at_work(words).text)
        lose_the_database(desk)
        assert not said.search(at_work(words).text)

    def test_the_script_says_that_it_cannot_tell_who_pays(self, desk, ana, at_work):
        """Before any place, and in what is handed over."""
        ids, token = desk.directory.id_of("Birch Detox"), ana.token
        lose_the_database(desk)
        text = ana.client.post("/helpline/list", data={"form_token": token, "ids": ids}, headers=IN_PLACE).text
        said = "Right now we cannot read whether a place pays us."
        assert said in text.partition('id="give-text"')[0]
        assert said in text.partition('id="give-text"')[2]

    def test_a_page_that_is_loaded_anew_gets_its_list_back(self, desk, ana, at_work):
        ids, token = desk.directory.id_of("Aspen Detox"), ana.token
        lose_the_database(desk)
        known = ana.client.post("/helpline/kept", data={"form_token": token, "ids": ids}, headers=IN_PLACE).get_json()
        assert [(place["name"], place["label"]) for place in known["places"]] == [("Aspen Detox", "Paid advertisement")]

    def test_a_list_is_still_read_aloud_and_handed_over(self, desk, ana, at_work):
        ids, token = desk.directory.id_of("Birch Detox"), ana.token
        lose_the_database(desk)
        data = {"form_token": token, "ids": ids}
        answer = ana.client.post("/helpline/list", data=data, headers=IN_PLACE)
        assert (answer.status_code, "Birch Detox" in answer.text) == (200, True)
        assert "This is the last good list." in answer.text

    def test_the_page_opens(self, desk, ana, at_work):
        lose_the_database(desk)
        page = ana.client.get("/helpline")
        assert (page.status_code, "tel:911" in page.text) == (200, True)

    def test_a_worker_that_never_read_it_has_the_lines_alone(self, desk, ana):
        """There is no last good list, so there is none; the words are read for danger all the same."""
        token = ana.token
        lose_the_database(desk)
        data = {"form_token": token, "q": "she is not breathing"}
        answer = ana.client.post("/helpline/search", data=data, headers=IN_PLACE)
        assert answer.status_code == 503
        assert "Your shortlist stays here." in answer.text
        assert "Call 911" in answer.text

    def test_strangers_stay_outside(self, desk, at_work):
        lose_the_database(desk)
        assert desk.app.test_client().get("/helpline").status_code == 303

    def test_nothing_can_be_written(self, desk, ana, at_work):
        token = ana.token
        lose_the_database(desk)
        assert ana.client.post("/helpline/keys", data={"form_token": token}, headers=IN_PLACE).status_code == 503

    def test_a_login_says_that_it_cannot_be(self, desk, at_work):
        lose_the_database(desk)
        values = {"login": "ana", "password": PASSWORD}
        assert desk.app.test_client().post("/helpline/login", data=values, headers=IN_PLACE).status_code == 503


class TestWithoutTheIndex:
    def test_it_is_said_and_the_lines_are_there(self, desk, at_work, monkeypatch):
        """The page keeps what it shows; this stands above it."""
        lose_the_index(desk, monkeypatch)
        answer = at_work("she is not breathing")
        assert answer.status_code == 503
        assert "The directory cannot answer now. Your shortlist stays here." in answer.text
        assert "Call 911" in answer.text

    def test_the_whole_page_opens_without_scripts(self, desk, ana, monkeypatch):
        token = ana.token
        lose_the_index(desk, monkeypatch)
        page = ana.client.post("/helpline/search", data={"form_token": token, "q": "detox"})
        assert (page.status_code, "tel:988" in page.text) == (503, True)
        assert "The directory cannot answer now." in page.text

    def test_a_list_that_cannot_be_read_is_not_lost(self, desk, ana, monkeypatch):
        """Its ids stand for it, also on the page that an address opens."""
        token, aspen = ana.token, desk.directory.id_of("Aspen Detox")
        lose_the_index(desk, monkeypatch)
        for page in (
            ana.client.post("/helpline/search", data={"form_token": token, "q": "detox", "ids": aspen}),
            ana.client.get(f"/helpline?ids={aspen}"),
        ):
            assert f'<input type="checkbox" name="ids" value="{aspen}" checked> {aspen}</label>' in page.text


class TestRememberedSessions:
    session = Session(StaffMember(1, "ana", Role.HELPLINE, "", NOW, None), "token")

    def test_somebody_in_a_call_stays(self):
        """As long as a session may idle, counted from the loss: a call must not stop."""
        known = RememberedSessions()
        known.remember("cookie", self.session, NOW)
        assert known.recall("cookie", NOW + timedelta(minutes=9)) == self.session
        assert known.recall("cookie", NOW + timedelta(minutes=68)) == self.session

    def test_no_longer_than_a_session_may_idle(self):
        known = RememberedSessions()
        known.remember("cookie", self.session, NOW)
        known.recall("cookie", NOW)
        assert known.recall("cookie", NOW + SESSION_IDLES) is None

    def test_who_was_not_at_work_stays_outside(self):
        """An account that was disabled after its last request is not let in for the rest of an hour."""
        known = RememberedSessions()
        known.remember("cookie", self.session, NOW)
        assert known.recall("cookie", NOW + AT_WORK) is None

    def test_another_loss_is_counted_anew(self):
        """The database was back in between, for somebody else at least."""
        known = RememberedSessions()
        known.remember("cookie", self.session, NOW)
        assert known.recall("cookie", NOW + timedelta(minutes=1)) == self.session
        known.remember("another", self.session, NOW + timedelta(hours=2))
        assert known.recall("cookie", NOW + timedelta(hours=2)) is None

    def test_not_after_logging_out(self):
        known = RememberedSessions()
        known.remember("cookie", self.session, NOW)
        known.forget("cookie")
        assert known.recall("cookie", NOW) is None

    def test_an_ended_session_is_forgotten_at_once(self, desk, ana, at_work):
        """A disabled account cannot wait for the database to fail."""
        assert "data-token" in ana.client.get("/helpline").text
        desk.at(NOW + timedelta(hours=2))
        assert "data-token" not in ana.client.get("/helpline").text
        desk.at(NOW + timedelta(minutes=10))
        lose_the_database(desk)
        assert "data-token" not in ana.client.get("/helpline").text
