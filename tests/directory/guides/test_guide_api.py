"""Guides in the API: what a client needs to offer the right one beside its own results."""

from __future__ import annotations


class TestGuides:
    def test_all_of_them_in_order(self, client):
        """Each says where its facts come from, and that no clinician has read it."""
        found = client.get("/api/v1/guides").get_json()["guides"]

        assert [guide["slug"] for guide in found][:2] == ["benzodiazepines-and-clonazepam", "stopping-benzodiazepines"]
        assert all(guide["sources"] and not guide["reviewed_by"] for guide in found)
        assert found[0]["sources"][0]["publisher"] == "U.S. Food and Drug Administration"

    def test_those_that_fit_lead_to_their_page(self, client):
        """In the language asked for."""
        found = client.get("/api/v1/guides?offers=sub.alcohol&lang=es").get_json()["guides"]

        assert [guide["title"] for guide in found] == ["El alcohol"]
        assert client.get(found[0]["url"]).status_code == 200

    def test_an_unknown_concept_is_refused(self, client):
        assert client.get("/api/v1/guides?offers=sub.kidneys").status_code == 400

    def test_other_parameters_are_refused(self, client):
        assert client.get("/api/v1/guides?near=Denver").status_code == 400
