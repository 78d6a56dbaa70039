"""Staff, too, read who pays before they read a name, and every listing has a paid status."""

from __future__ import annotations

import re

import pytest
from paying_places import NOW, PayingPlaces

from directory.desk.openings import make_link
from directory.duties.answering import StatedAnswer, establish_answer
from directory.duties.caring import report_problem
from directory.duties.disputing import dispute
from directory.store.corrections.cases import CaseKind, NewCase

LABEL = "Paid advertisement"


@pytest.fixture
def aspen(places: PayingPlaces) -> str:
    """A paying listing that has a report, a disputed fact and a private link."""
    places.sponsor("Aspen House")
    listing_id = places.id_of("Aspen House")
    report_problem(places.store, NewCase(listing_id, CaseKind.CLOSED, "It is closed.", "", from_provider=False), NOW)
    dispute(places.store, listing_id, "hours", "open at noon", by="editor", now=NOW)
    make_link(places.store, listing_id, by="editor", now=NOW)
    return listing_id


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/cases", "/admin/cases/1", "/admin/openings", "/admin/sponsorships", "/admin/listings?q=aspen"]
)
def test_the_label_stands_before_the_name(aspen, log_in, address):
    """On every page that lists places."""
    page = re.sub(r"<[^>]+>", "", log_in("admin").get(address).text)
    main = page[page.index("Log out") :]
    assert re.search(rf"{LABEL}[:\s]+Aspen House", main)
    assert main.index(LABEL) < main.index("Aspen House")


def test_the_page_of_a_listing_says_it_in_its_heading(aspen, log_in):
    page = log_in("helpline").get(f"/admin/listings/{aspen}").text
    [heading] = re.findall(r"<h1>(.*?)</h1>", page)
    assert re.sub(r"<[^>]+>", "", heading) == f"{LABEL}:  Aspen House"
    assert "Payer: Example Payer Inc." in page


@pytest.mark.parametrize(("name", "status"), [("Birch House", "Not an ad."), ("Dogwood House", "Payment status not confirmed.")])
def test_every_listing_has_a_status(places, log_in, name, status):
    """Also one of which nobody confirmed it (disclosure row 1)."""
    helper = log_in("helpline")
    assert status in helper.get(f"/admin/listings/{places.id_of(name)}").text
    row = helper.get("/admin/listings", query_string={"q": name}).text
    assert f'<td data-heading="Money">{status.removesuffix(".")}</td>' in row


def test_a_payer_whose_number_others_answer_is_pointed_out(aspen, places, log_in):
    """Found out after the sponsorship was recorded: an admin ends it, or finds out better."""
    assert "not by the facility: end it" not in log_in("admin").get("/admin/sponsorships").text
    stated = StatedAnswer("719-555-0101", "call_center", operator_name="Example Desk")
    establish_answer(places.store, stated, by="editor", now=NOW)
    assert (
        "Its number is answered by Example Desk, not by the facility: end it" in log_in("editor").get("/admin/sponsorships").text
    )
