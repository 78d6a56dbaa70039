"""What our calls found is part of the statement of the number, so it stands wherever the number does."""

from __future__ import annotations

import pytest
from paying_places import NOW

from directory.desk.calls import Called, record_call

SAID = "When we called on November 21, 2026, we were told that it was full."
DICHO = "Cuando llamamos el 21 de noviembre de 2026, nos dijeron que estaba lleno."

CHANNELS = (
    "/listing/{id}",
    "/search?offers=care.outpatient&near=80132",
    "/list?ids={id}",
    "/api/v1/listings/{id}",
    "/api/v1/search?q=outpatient+near+80132",
    "/api/v1/search.csv?q=outpatient+near+80132",
    "/api/v1/search.geojson?q=outpatient+near+80132",
    "/listing/{id}/schema.json",
    "/locator/exportsAsJson/v2?sAddr=39.0917,-104.8728&limitType=2&limitValue=40000",
)


@pytest.fixture
def full(places, aspen) -> str:
    """Aspen House told our staff that it was full."""
    record_call(places.store, Called(aspen, "+17195550101", "full"), by="ana", now=NOW)
    return aspen


@pytest.mark.parametrize("address", CHANNELS)
class TestEveryChannel:
    def test_it_says_it(self, places, full, address):
        assert SAID in places.client().get(address.format(id=full)).text

    def test_it_does_not_say_it_of_a_place_that_was_not_called(self, places, aspen, address):
        assert "we were told" not in places.client().get(address.format(id=aspen)).text


@pytest.mark.parametrize("address", CHANNELS[:-1])
def test_it_says_it_in_spanish(places, full, address):
    said = address.format(id=full)
    assert DICHO in places.client().get(f"{said}{'&' if '?' in said else '?'}lang=es").text


def test_human_services_data_says_it_at_the_phone(places, full):
    client = places.client()
    ids = [service["id"] for service in client.get("/hsds/services").json["contents"]]
    phones = [phone for one in ids for phone in client.get(f"/hsds/services/{one}").json.get("phones", ())]
    assert [SAID in phone["description"] for phone in phones].count(True) == 1


def test_the_script_says_it_before_the_number(full, ana):
    spoken = ana.send("/helpline/list", ids=full, speak="en").text
    assert spoken.index(SAID) < spoken.index("five five five")
