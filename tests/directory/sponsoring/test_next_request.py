"""A sponsorship that begins or ends shows in the very next answer of every worker, and moves nothing in the order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from paying_places import NOW, PayingPlaces

from directory.cli import main
from directory.duties.sponsoring import end_listing_sponsorships

SEARCH = "near=80132&offers=care.outpatient"


def statuses(client: FlaskClient, query: str = SEARCH) -> dict[str, str]:
    rows = client.get(f"/api/v1/search?{query}").get_json()["results"]
    return {row["name"]: row["disclosure"]["paid_status"] for row in rows}


def test_every_worker_shows_it_on_its_next_request(places: PayingPlaces):
    """Three workers, warm from an earlier request; no reindex, no restart."""
    workers = [places.client() for _ in range(3)]
    assert {statuses(worker)["Aspen House"] for worker in workers} == {"not_paid"}

    places.sponsor("Aspen House")
    assert {statuses(worker)["Aspen House"] for worker in workers} == {"paid"}

    end_listing_sponsorships(places.store, places.id_of("Aspen House"), by="admin", now=NOW)
    assert {statuses(worker)["Aspen House"] for worker in workers} == {"not_paid"}


@pytest.mark.parametrize("address", ["/search?near=80132&offers=care.outpatient", f"/api/v1/search?{SEARCH}"])
def test_a_kept_copy_is_asked_for_anew(places: PayingPlaces, address: str):
    """The tag of a page moves with the disclosures, so a browser never shows a former status."""
    client = places.client()
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304

    places.sponsor("Aspen House")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_status_that_nobody_confirmed_is_unknown(places: PayingPlaces):
    """Never null, never missing: disclosure row 1."""
    places.sponsor("Birch House")
    found = statuses(places.client())

    assert (found["Aspen House"], found["Birch House"], found["Dogwood House"]) == ("not_paid", "paid", "unknown")


def test_unreadable_records_are_an_error_with_the_lines(places: PayingPlaces):
    """Never "not paid" by default."""
    client = places.client()
    assert client.get(f"/api/v1/search?{SEARCH}").status_code == 200
    (places.settings.home / "directory.sqlite3").unlink()

    answer = client.get(f"/api/v1/search?{SEARCH}")
    assert (answer.status_code, bool(answer.get_json(force=True)["lines"])) == (503, True)


class TestCommand:
    @pytest.fixture
    def run(self, places: PayingPlaces) -> Any:
        environment = {"DIRECTORY_HOME": str(places.settings.home)}

        def run(*words: str) -> Any:
            return CliRunner().invoke(main, ["sponsors", *words], env=environment)

        return run

    def test_adds_lists_and_ends(self, places: PayingPlaces, run: Any):
        """The three commands, and what readers see meanwhile."""
        listing_id, client = places.id_of("Aspen House"), places.client()
        stated = ("--payer", "Example Payer Inc", "--compensation", "flat_fee", "--licence", "CO 1", "--answered-by", "facility")
        days = ("--from", "2026-11-01", "--until", "2099-12-31")  # it ends at the clock of whoever runs the test

        added = run("add", listing_id, *stated, *days)
        assert (added.exit_code, "ask counsel" in added.output) == (0, True)
        assert statuses(client)["Aspen House"] == "paid"
        assert "Example Payer Inc, flat fee, 2026-11-01 to 2099-12-31" in run("list").output

        assert run("end", listing_id).exit_code == 0
        assert statuses(client)["Aspen House"] == "not_paid"

    def test_says_why_it_refuses(self, places: PayingPlaces, run: Any):
        """One sentence with the law's name, exit status 1, nothing recorded."""
        refused = run("add", places.id_of("Aspen House"), "--payer", "X Inc", "--compensation", "per_call", "--licence", "CO 1")

        assert (refused.exit_code, "EKRA (18 USC 220)" in refused.output) == (1, True)
        assert "nobody ever has" in run("list").output


@pytest.mark.parametrize("address", ["/", "/about", "/paid-listings", "/search?near=80132", "/listing/{id}", "/list?ids={id}"])
def test_every_page_says_with_the_next_answer_that_a_place_pays(places, address):
    """Disclosure row 9: the footer is generated from the records too, not from the settings alone."""
    client, said = places.client(), "One place pays us a flat fee for an advertisement."
    address = address.format(id=places.id_of("Aspen House"))
    before = client.get(address).text
    places.sponsor("Birch House")
    assert [said in before, said in client.get(address).text] == [False, True]


@pytest.mark.parametrize(
    "address",
    ["/search?near=80132", "/listing/x", "/api/v1/search?near=80132", "/list?ids=x", "/list.pdf?ids=x", "/paid-listings"],
)
def test_unreadable_records_are_an_error_on_every_channel(places, address):
    """Never "not paid": 503, and whom to call."""
    client = places.client()
    Path(places.settings.database_url.removeprefix("sqlite:///")).unlink()
    answer = client.get(address)

    assert answer.status_code == 503
    assert "988" in answer.text
    assert "Not an ad" not in answer.text
    assert "pays us" not in answer.text.replace("whether a place pays us", "")
