"""No address that another program reads, and no frame on another site, says anything of a list that may not be handed on.

Every name of that list has a word that nothing else here has, so that one look at a body tells.
"""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import msgspec
import pytest
from federal_places import FEDERAL, SOURCES, meeting, place, program
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_directory import DENVER, NOW, SPRINGS, directory_over, publisher_of, settings_of

from directory import create_app
from directory.feeds.importing import run_import
from directory.sources.records import PROVIDERS_SCHEMA, ListingRecord, ProgramRecord, ProvidersFile
from directory.store import open_store
from directory.web import current
from index.engine.whoosh_engine import WhooshEngine
from index.listing import Kind, Phone, Reach

GROUP = meeting("Zephyrine Group", "group.aa", "fmt.in_person", key="z")
KEPT = (
    place("Quillwort House", SPRINGS, program("q", "SA", "DT", number=151, source="closed"), number=151),
    place("Quillwort Clinic", DENVER, program("r", "SA", "OP", number=152, source="closed"), number=152),
    msgspec.structs.replace(GROUP, programs=(msgspec.structs.replace(GROUP.programs[0], source="closed"),)),
    ListingRecord(
        kind=Kind.HELPLINE,
        name="Yarrowdale Line",
        match_key="yarrow",
        programs=(ProgramRecord(source="closed", key="yarrow", phones=(Phone(number="+17195550153"),)),),
        reach=Reach.STATE,
        states_served=("CO",),
    ),
)
TELLING = ("quillwort", "zephyrine", "yarrowdale", "5550151", "555-0151", "555-0152", "555-0153")
# Pages for people, and what one reader takes along for themselves.
OWN = {"channels.print_list", "channels.listing_calendar", "saving.save"}
ROOMS = ("/admin", "/helpline", "/static", "/problems", "/openings", "/styleguide")
WORDS = (
    *("quillwort", "quilwort", "quillwort house", "Quillwort Clinic denver", "zephyrine", "zephyrin group", "group zephyrin"),
    *("yarrowdale", "yarowdale line", "detox", "aa meetings monument co", "lines in colorado", "719-555-0151"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A copy that knows its own address, so that it writes all that search engines read, and somebody pays for a kept place."""
    home = tmp_path_factory.mktemp("kept")
    store = open_store(settings_of(home))
    store.migrate()
    held = tuple(msgspec.Raw(msgspec.json.encode(record)) for record in (*FEDERAL, *KEPT))
    whole = ProvidersFile(schema=PROVIDERS_SCHEMA, sources=SOURCES, answered_by=(), listings=held)
    (home / "list.json").write_bytes(msgspec.json.encode(whole))
    run_import(store, "providers", str(home / "list.json"), now=NOW)
    publisher_of(store, home).publish()
    directory = directory_over(WhooshEngine(home / "index"), store, home)
    directory.lookup.settings = settings_of(home, public_url="https://help.example.org", requests_per_second=100_000)
    directory.sponsor("Quillwort House")
    return directory


@pytest.fixture(scope="module")
def client(site):
    application = create_app(lookup=site.lookup)
    application.config[current.CLOCK] = lambda: NOW
    return application.test_client()


@pytest.fixture(scope="module")
def kept_ids(site):
    return [site.id_of(record.name) for record in KEPT]


def told(body: str) -> list[str]:
    return [word for word in TELLING if word in body.casefold()]


def read_by_programs(response) -> str:
    """What a program takes of an answer: all of it, or of a page its data blocks and what a shared link shows."""
    if response.mimetype == "application/zip":
        with ZipFile(BytesIO(response.data)) as package:
            return "".join(package.read(name).decode() for name in package.namelist())
    if response.mimetype != "text/html":
        return str(response.text)
    return " ".join(re.findall(r'<script type="application/ld\+json">.*?</script>|<meta [^>]*>', response.text))


def addresses(client, kept_ids) -> list[tuple[str, str]]:
    """Every public address that can be read, filled with the ids of what is kept here."""
    filled = []
    for rule in client.application.url_map.iter_rules():
        if "GET" not in rule.methods or rule.rule.startswith(ROOMS):
            continue
        for one in kept_ids:
            path = re.sub(r"<(?:[^:<>]*:)?listing_id>", one, rule.rule)
            path = path.replace("<code>", "CO").replace("<slug>", "colorado-springs" if "town" in path else "detox")
            filled.append((rule.endpoint, re.sub(r"<[^>]*>", one, path)))
    return sorted(set(filled))


def test_the_pages_themselves_show_them(client, kept_ids):
    """So that the tests below could fail."""
    assert told(client.get(f"/listing/{kept_ids[0]}").text)
    assert told(client.get("/search?near=CO&kind=facility").text)
    assert told(client.get("/state/CO/care/detox").text)
    assert told(client.get("/paid-listings").text)


def test_no_address_tells_a_program_of_them(client, kept_ids):
    """Whatever routes there are or will be."""
    walked = [(name, path, client.get(path)) for name, path in addresses(client, kept_ids) if name not in OWN]
    assert len({name for name, _, _ in walked}) > 40
    assert {path: told(read_by_programs(answer)) for _, path, answer in walked if told(read_by_programs(answer))} == {}


MACHINE = (
    *("/api/v1/search", "/api/v1/search.csv", "/api/v1/search.geojson", "/feeds/listings.csv", "/feeds/listings.geojson"),
    *("/feeds/meetings.json", "/feeds/hsds.json", "/embed"),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(MACHINE),
    words=st.sampled_from(WORDS),
    place_box=st.sampled_from(["", "CO", "80903", "Denver, CO"]),
    kind=st.sampled_from(["", "facility", "meeting", "helpline"]),
    name=st.sampled_from(["", "Quillwort", "Zephyrine Group", "Yarrowdale Line"]),
)
@example(path="/api/v1/search", words="quilwort house", place_box="", kind="", name="")
def test_no_search_of_another_program_tells_of_them(client, path, words, place_box, kind, name):
    """What was typed comes back; nothing else of them does."""
    asked = {"q": words, "near": place_box, "kind": kind, "name": name}
    answer = client.get(f"{path}?{urlencode({key: value for key, value in asked.items() if value})}")
    body, typed = answer.text.casefold(), f"{words} {name}".casefold()
    assert answer.status_code == 200
    assert [word for word in TELLING if word in body and word not in typed] == []
    assert [record.name for record in KEPT if record.name.casefold() in body and record.name.casefold() not in typed] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_beginning_is_completed_to_them(client, data):
    """Neither by completions nor by the reading of words."""
    name = data.draw(st.sampled_from([record.name for record in KEPT]))
    typed = name[: data.draw(st.integers(2, len(name) - 1))]
    for path in ("/api/v1/suggest", "/api/v1/understand"):
        answer = client.get(f"{path}?{urlencode({'q': typed})}")
        assert answer.status_code == 200
        assert name not in answer.text


def test_a_name_that_others_bear_too_is_nobodys_secret(client):
    assert "Aspen Center" in client.get("/api/v1/suggest?q=aspen").text


def test_search_engines_are_asked_to_leave_their_pages_alone(client, kept_ids):
    assert '<meta name="robots" content="noindex">' in client.get(f"/listing/{kept_ids[0]}").text
    assert kept_ids[0] not in client.get("/sitemap.xml").text


def test_who_pays_for_one_is_told_by_its_id_in_the_feed(client, kept_ids):
    """The page says the name; the feed is read by other programs."""
    assert f"pays a flat fee for {kept_ids[0]}" in client.get("/paid-listings.atom").text
