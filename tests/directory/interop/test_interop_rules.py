"""What every answer for other programs has in common."""

from __future__ import annotations

import pytest

from directory.errors import StoreUnavailable

WITH_LISTINGS = (
    "/locator/listing",
    "/feeds/meetings.json",
    "/feeds/listings.csv",
    "/feeds/listings.geojson",
    "/feeds/hsds.json",
    "/hsds/services",
    "/hsds/organizations",
    "/hsds/service_at_locations",
)


@pytest.mark.parametrize("path", WITH_LISTINGS)
def test_without_the_disclosures_nothing_is_answered(client, directory, monkeypatch, path):
    """An unreadable store is an error with the lines, never "not paid"."""

    def unreadable(day: object) -> None:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(directory.lookup.store, "disclosure_records", unreadable)
    response = client.get(path)
    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
    assert response.get_json(force=True)["lines"]


@pytest.mark.parametrize("path", WITH_LISTINGS)
def test_it_may_be_read_from_anywhere_and_keeps_nothing(client, path):
    response = client.get(path)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["ETag"].startswith('W/"')
    assert "Set-Cookie" not in response.headers


def test_a_browser_may_ask_before_it_posts(client):
    response = client.options("/locator/listing")
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_browsers_language_changes_nothing(client, directory):
    """One address has one answer, so that caches may share it."""
    directory.sponsor("Birch Clinic")
    spanish = client.get("/hsds/services?search=birch", headers={"Accept-Language": "es"}).get_json()
    asked = client.get("/hsds/services?search=birch&lang=es").get_json()
    assert spanish["contents"][0]["name"] == "Paid advertisement: Birch Clinic"
    assert asked["contents"][0]["name"] == "Anuncio pagado: Birch Clinic"
