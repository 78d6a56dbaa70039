"""What a caller said is answered and gone: not in memory, not on disk, not in a log, not in an address, in no table."""

from __future__ import annotations

import gc
import logging
from types import CodeType, FrameType

import pytest
from desk_copy import IN_PLACE
from sqlalchemy import event

from directory.store.tables import metadata
from directory.web import kept_answers, ratelimit
from index.errors import EngineUnavailable

# A word that stands nowhere else. In two parts, so that this file itself does not hold it.
SURNAME = "quuxingham" + "zarb"
WORDS = f"jane {SURNAME} klonopin detox 80132"


def holders_of(word: str) -> list[str]:
    """Return the kinds of objects of this process that hold a text with the word."""
    gc.collect()
    objects = gc.get_objects()
    return [
        type(held).__name__
        for held in objects
        if not isinstance(held, FrameType | CodeType) and held is not objects
        for text in gc.get_referents(held)
        if isinstance(text, str) and word in text and text is not WORDS and text is not SURNAME
    ]


class TestMemory:
    def test_no_word_of_a_search_is_left_in_it(self, ana):
        """Neither in the answers kept for readers, nor among the readings, nor in a table of words."""
        status = ana.client.post("/helpline/search", data={"form_token": ana.token, "q": WORDS}, headers=IN_PLACE).status_code
        ana.ask(WORDS, switch="map")
        ana.ask("detox")

        assert status == 200
        assert holders_of(SURNAME) == []

    def test_the_test_itself_would_find_one(self, desk, ana):
        """Readers' own searches are remembered for a while, in memory alone: that is what is looked for above."""
        desk.directory.search(WORDS)
        assert holders_of(SURNAME)

    def test_kept_answers_hold_nothing_of_the_desk(self, desk, ana):
        ana.ask(WORDS)
        assert not desk.app.extensions[kept_answers.EXTENSION]._by_tag

    def test_the_rate_limit_counts_addresses_alone(self, desk, ana, monkeypatch):
        """What it is asked to hash is the network address, never the body."""
        hashed: list[str] = []
        monkeypatch.setattr(ratelimit.AddressKeys, "key", lambda _self, address: hashed.append(address) or "key")
        ana.ask(WORDS)
        assert set(hashed) == {"127.0.0.1"}


class TestDisk:
    def test_nothing_below_the_home_changes(self, desk, ana):
        """Not a byte of database or index after a call: search, shortlist, handing over."""
        ana.ask("detox 80132")
        before = {path: path.read_bytes() for path in sorted(desk.directory.root.rglob("*")) if path.is_file()}
        ana.ask(WORDS)
        ana.send("/helpline/list", ids=desk.directory.id_of("Aspen Detox"), speak="es")

        assert {path: path.read_bytes() for path in sorted(desk.directory.root.rglob("*")) if path.is_file()} == before

    def test_no_statement_carries_what_was_asked(self, desk, ana):
        """A database may log its queries: they hold a session, and no word of a caller."""
        seen: list[str] = []
        event.listen(desk.directory.store.engine, "before_cursor_execute", lambda *given: seen.append(f"{given[2]} {given[3]}"))
        ana.ask(WORDS)

        assert seen
        assert not [statement for statement in seen if SURNAME in statement or "klonopin" in statement.lower()]


class TestLogs:
    @pytest.mark.parametrize("broken", [None, EngineUnavailable("gone"), RuntimeError(WORDS)])
    def test_no_log_names_it_whatever_goes_wrong(self, desk, ana, monkeypatch, caplog, broken):
        """Answered, unavailable, or broken by a fault that nobody expected."""
        token = ana.token

        def fail(*_given: object) -> None:
            raise broken

        if broken:
            monkeypatch.setattr(type(desk.directory.lookup.engine), "search", fail)
        with caplog.at_level(logging.DEBUG):
            desk.app.config["PROPAGATE_EXCEPTIONS"] = False
            ana.client.post("/helpline/search", data={"form_token": token, "q": WORDS}, headers=IN_PLACE)

        assert SURNAME not in caplog.text


class TestAddresses:
    def test_no_answer_puts_words_or_place_into_one(self, ana):
        """Switches, offers and notices are buttons; what they send stands in the body."""
        page = ana.client.post("/helpline/search", data={"form_token": ana.token, "q": "klonopin detox denver medicaid"})
        assert page.status_code == 200
        addresses = [part.partition('"')[0] for part in page.text.split('href="')[1:] + page.text.split('action="')[1:]]
        assert not [address for address in addresses if "enver" in address or "medicaid" in address or "klonopin" in address]

    def test_words_in_an_address_are_not_read(self, ana):
        """Whoever tries finds that the desk takes no search by GET."""
        assert ana.client.get("/helpline/search?q=detox").status_code == 405
        assert "Aspen Detox" not in ana.client.get("/helpline?q=detox").text

    def test_the_page_gives_the_browser_nothing_to_fill_in_later(self, ana):
        page = ana.client.get("/helpline").text
        assert 'id="ask" action="/helpline/search" method="post" role="search" autocomplete="off"' in page


class TestSchema:
    def test_no_table_has_a_place_for_a_caller(self):
        """No column is named after a person who calls, their words, their place or their health."""
        forbidden = {
            "caller",
            "client",
            "patient",
            "query",
            "words",
            "search",
            "zip",
            "lat",
            "lon",
            "diagnosis",
            "birth",
            "gender",
        }
        allowed = {"city_points.lat", "city_points.lon", "street_points.lat", "street_points.lon"}
        columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
        assert not {name for name in columns - allowed if forbidden & set(name.partition(".")[2].split("_"))}

    def test_the_desk_itself_writes_one_table_and_it_holds_keys(self):
        """Whatever staff change of their shortcuts: short names of commands and keys, and whose they are."""
        keys = metadata.tables["staff_keys"]
        assert {column.name: str(column.type) for column in keys.columns} == {
            "staff_id": "INTEGER",
            "command": "VARCHAR(12)",
            "keys": "VARCHAR(24)",
        }

    def test_a_call_writes_no_row(self, desk, ana):
        """Every table is as long after it as before."""

        def lengths() -> dict[str, int]:
            with desk.directory.store.reading() as connection:
                return {name: len(connection.execute(table.select()).all()) for name, table in metadata.tables.items()}

        ana.ask("detox 80132")
        before = lengths()
        ana.ask(WORDS, switch="+pay.medicaid")
        ana.send("/helpline/list", ids=desk.directory.id_of("Aspen Detox"))
        assert lengths() == before
