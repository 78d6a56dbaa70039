"""What a source lets nobody hand on is read on our own pages alone: no other program can find out where it is.

Elm House in Colorado Springs comes from a list that may not be handed on.
"""

from __future__ import annotations

import pytest
from small_directory import SPRINGS

HERE = f"lat={SPRINGS.lat}&lon={SPRINGS.lon}"


@pytest.fixture
def found(client):
    def found(query: str):
        response = client.get(f"/api/v1/search?{query}")
        assert response.status_code == 200, response.text
        return response.get_json()

    return found


class TestSearch:
    @pytest.mark.parametrize(
        "query", [f"{HERE}&radius=1", f"{HERE}&radius=100&sort=distance", "near=CO&sort=name", "kind=facility"]
    )
    def test_no_answer_holds_it_or_counts_it(self, found, directory, query):
        """A row without a name would still be located by its place in the order, and by smaller and smaller circles."""
        hidden, page = directory.id_of("Elm House"), found(query)
        shown = [row["id"] for row in page["results"]]
        assert hidden not in shown
        assert page["total"] == len(shown)

    def test_neither_a_circle_nor_a_facet_tells_that_it_is_there(self, found):
        """Birch Clinic and Dogwood House stand at the same point."""
        (kinds,) = [facet for facet in found(f"{HERE}&radius=1")["facets"] if facet["group"] == "kind"]
        assert {one["id"]: one["count"] for one in kinds["counts"]}["facility"] == 2

    def test_the_whole_state_is_counted_and_nothing_smaller(self, found):
        said = "1 listing of CO stands on our own pages alone: its source does not let us hand it on."
        for query in ("near=CO", "near=80132&radius=1", "near=80903&radius=100"):
            assert said in found(query)["meta"]["remarks"]
        assert found("near=UT")["meta"]["remarks"] == []

    @pytest.mark.parametrize("path", ["/api/v1/search.csv", "/api/v1/search.geojson"])
    def test_tables_and_maps_leave_it_out(self, client, directory, path):
        assert directory.id_of("Elm House") not in client.get(f"{path}?{HERE}").text

    def test_our_own_page_shows_it(self, client):
        assert "Elm House" in client.get(f"/search?{HERE}&kind=facility").text


class TestOneListing:
    def test_search_engines_get_nothing_of_it(self, client, directory):
        """Its page stays a page."""
        assert client.get(f"/listing/{directory.id_of('Elm House')}/schema.json").status_code == 404
        assert client.get(f"/listing/{directory.id_of('Aspen Center')}/schema.json").status_code == 200

    def test_by_its_id_it_says_neither_where_it_is_nor_what_is_near(self, client, directory):
        answer = client.get(f"/api/v1/listings/{directory.id_of('Elm House')}").get_json()
        assert (answer["name"], answer["lat"], answer["address"]["city"], answer["next_steps"]) == ("", None, "", [])

    def test_it_is_not_among_the_neighbours_of_another(self, client, directory):
        answer = client.get(f"/api/v1/listings/{directory.id_of('Aspen Center')}").get_json()
        near = [row["id"] for group in answer["next_steps"] for row in group["results"]]
        assert near
        assert directory.id_of("Elm House") not in near
