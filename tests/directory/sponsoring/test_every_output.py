"""Every output of a copy says of every row whether somebody pays, who answers, and where it comes from: one test, many doors.

Three places stand for the three statuses: Aspen House pays, Birch House does not, nobody confirmed it of Dogwood House.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Callable

import pytest
from paying_places import NOW, RECORDS, PayingPlaces

from directory.channels.script import Speaker, SpokenPlace, read_aloud_script
from directory.upkeep.exporting import export_csv, export_json

NAMES = {"paid": "Aspen House", "not_paid": "Birch House", "unknown": "Dogwood House"}
LABELS = {"paid": "Paid advertisement", "not_paid": "Not an ad", "unknown": "Payment status not confirmed"}
SEARCH = "near=80132&offers=care.outpatient"


@pytest.fixture
def paying(places: PayingPlaces) -> PayingPlaces:
    places.sponsor("Aspen House")
    return places


def get(paying: PayingPlaces, address: str) -> str:
    return paying.client().get(address).text


def ids(paying: PayingPlaces) -> str:
    return ",".join(map(paying.id_of, NAMES.values()))


def exported(paying: PayingPlaces, write: Callable[..., int]) -> str:
    stream = io.StringIO()
    write(paying.store, stream, today=NOW.date())
    return stream.getvalue()


def printed(paying: PayingPlaces) -> str:
    """The text of the PDF, whose pages are compressed."""
    pdf = paying.client().get(f"/list.pdf?ids={ids(paying)}").data
    pages = (zlib.decompress(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL))
    return " ".join(b" ".join(re.findall(rb"\((.*?)\) Tj", page)).decode("latin-1") for page in pages).replace("\\", "")


def spoken(paying: PayingPlaces) -> str:
    pages = [paying.lookup.listing(paying.id_of(name), "en", today=NOW.date()) for name in NAMES.values()]
    lines = read_aloud_script([SpokenPlace(page.card) for page in pages], "en", NOW.date(), Speaker(paying.settings.operator))
    return "\n".join(line.text for line in lines)


def mailed(paying: PayingPlaces) -> str:
    return re.findall(r'<textarea id="as-text"[^>]*>(.*?)</textarea>', get(paying, f"/list?ids={ids(paying)}"), re.DOTALL)[0]


IN_WORDS = {
    "results": lambda paying: get(paying, f"/search?{SEARCH}"),
    "list": lambda paying: get(paying, f"/list?ids={ids(paying)}"),
    "listing pages": lambda paying: "".join(get(paying, f"/listing/{one}") for one in ids(paying).split(",")),
    "pdf": printed,
    "e-mail": mailed,
    "script": spoken,
    "schema.org": lambda paying: "".join(get(paying, f"/listing/{one}/schema.json") for one in ids(paying).split(",")),
    "csv": lambda paying: get(paying, f"/api/v1/search.csv?{SEARCH}"),
    "feed csv": lambda paying: get(paying, "/feeds/listings.csv"),
    "export csv": lambda paying: exported(paying, export_csv),
}


class TestStatus:
    """Disclosure row 1."""

    @pytest.mark.parametrize("output", IN_WORDS)
    def test_each_status_is_said_in_words(self, paying, output):
        """Also "Payment status not confirmed", which is never left out."""
        said = IN_WORDS[output](paying).casefold()
        assert {status: label.casefold() in said for status, label in LABELS.items()} == dict.fromkeys(LABELS, True)

    @pytest.mark.parametrize(
        "address",
        [
            "/api/v1/search?{search}",
            "/api/v1/search.geojson?{search}",
            "/feeds/listings.geojson",
            "/locator/listing",
            "/hsds/services",
        ],
    )
    def test_each_row_of_each_document_has_its_disclosure(self, paying, address):
        """No row of JSON comes without one, whatever else is selected."""
        document = json.loads(get(paying, address.format(search=SEARCH)))
        rows = list(disclosures(document))
        assert {"paid", "not_paid", "unknown"} <= {row["paid_status"] for row in rows}
        assert all(row["label"] == LABELS[row["paid_status"]] and row["explanation_url"] for row in rows)

    def test_each_row_of_an_export_has_its_disclosure(self, paying):
        listings = json.loads(exported(paying, export_json))["listings"]
        assert {row["disclosure"]["paid_status"] for row in listings} == set(LABELS)
        assert all(row["disclosure"]["label"] for row in listings)


def disclosures(value):
    """Every `disclosure` of a document; rows are what has a name."""
    if isinstance(value, dict):
        if "disclosure" in value:
            yield value["disclosure"]
        for inner in value.values():
            yield from disclosures(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from disclosures(inner)


class TestLabelInTheName:
    """Disclosure rows 20 and 24: where a client may show the name alone, the label is part of it."""

    @pytest.mark.parametrize(
        "address",
        [
            f"/api/v1/search.csv?{SEARCH}",
            f"/api/v1/search.geojson?{SEARCH}",
            "/feeds/listings.csv",
            "/feeds/listings.geojson",
            "/feeds/hsds.json",
            "/locator/listing",
            "/hsds/services",
        ],
    )
    def test_a_paying_places_name_begins_with_it(self, paying, address):
        """Every one of its names: of the place, its organization and its program. What other copies of this program read back
        (`treatment_directory`) no other client knows, and it stands beside the disclosure.
        """
        said = re.sub(r'"treatment_directory":\{"listing":\{"kind":"facility","name":"[^"]*"', "", get(paying, address))
        named = set(
            re.findall(r'"(?:name|name1|name2|title)":"([^"]*Aspen House)"', said) or re.findall(r"[^,\n]*Aspen House", said)
        )
        assert named == {"Paid advertisement: Aspen House"}

    def test_columns_of_csv(self, paying):
        """Status, payer, label, who answers, last checked, source: disclosure row 24."""
        [*rows] = csv.DictReader(io.StringIO(get(paying, f"/api/v1/search.csv?{SEARCH}")))
        assert {"paid_status", "payer", "label", "answered_by", "last_checked", "source"} <= set(rows[0])
        assert {row["payer"] for row in rows if row["paid_status"] == "paid"} == {"Example Payer Inc"}


class TestNumbers:
    """Disclosure rows 11 and 12."""

    @pytest.mark.parametrize("output", ["results", "list", "pdf", "e-mail", "csv", "feed csv", "export csv"])
    def test_every_number_shown_is_one_of_the_sources_digit_for_digit(self, paying, output):
        """Nobody's tracking or forwarding number: all ten-digit numbers are those of the imported file."""
        stated = {phone.number[2:] for record in RECORDS for program in record.programs for phone in program.phones}
        text = re.sub(r"<style.*?</style>|\d{4}-\d{2}-\d{2}", " ", IN_WORDS[output](paying), flags=re.DOTALL)
        shown = {re.sub(r"\D", "", found)[-10:] for found in re.findall(r"\(?\b\d{3}\)?[ -]\d{3}-\d{4}|\+1\d{10}", text)}
        lines = {"8002221222", "8006624357"}  # the crisis lines of every page
        assert shown & stated
        assert shown - stated <= lines

    def test_every_number_of_the_api_says_who_answers(self, paying):
        rows = json.loads(get(paying, f"/api/v1/search?{SEARCH}"))["results"]
        phones = [phone for row in rows for phone in row["phones"]]
        assert phones
        assert all(phone["answered_by"] and phone["statement"] for phone in phones)


class TestPlaces:
    """Disclosure row 18: where a place stands, and whom it serves, are two things."""

    def test_nothing_out_of_state_is_near_unless_the_miles_say_so(self, paying):
        """Far House, in another state's latitude, shows only in a wide circle, with its miles."""
        near, wide = (json.loads(get(paying, f"/api/v1/search?{SEARCH}&radius={miles}"))["results"] for miles in (25, 300))
        assert "Far House" not in {row["name"] for row in near}
        [far] = [row for row in wide if row["name"] == "Far House"]
        assert far["distance_miles"] > 100

    def test_a_line_that_serves_the_place_has_no_miles(self, paying):
        [line] = json.loads(get(paying, "/api/v1/search?near=80132&kind=helpline"))["results"]
        assert (line["distance_miles"], line["lat"]) == (None, None)


class TestWords:
    """Disclosure rows 2 and 8."""

    def test_no_other_word_stands_for_the_label_anywhere(self):
        """Featured, Promoted, Sponsored or Partner in no template, script, message or table of words for readers."""
        from pathlib import Path

        import directory

        root = Path(directory.__file__).parent
        files = [path for end in ("html", "js", "po") for path in root.rglob(f"*.{end}") if "admin" not in path.parts]
        files += [root / "disclosure" / "statements.py", *root.glob("*/words.py"), *root.glob("*/page_words.py")]
        wrong = re.compile(r"\b(featured|promoted|sponsored|partners?)\b(?! violence)", re.IGNORECASE)
        found = {
            path.name: found.group() for path in files if (found := wrong.search(_without_comments(path.read_text("utf-8"))))
        }
        assert found == {}

    def test_each_page_of_results_says_how_it_is_ordered_and_each_row_why_it_is_there(self, paying):
        page = get(paying, f"/search?{SEARCH}")
        assert "best match first, then nearest" in page.casefold()
        assert page.count("in a straight line from Monument, CO") >= 5


def _without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}|^#.*$|//.*$", "", text, flags=re.DOTALL | re.MULTILINE)


class TestNamesSaidAlone:
    """Where a name stands without its card, the label stands before it: completions, links as they are heard, a map's title."""

    def texts(self, paying: PayingPlaces, typed: str, lang: str = "en") -> dict[str, str]:
        found = paying.client().get(f"/api/v1/suggest?q={typed}&lang={lang}").get_json()["suggestions"]
        return {one["id"]: one["text"] for one in found if one["kind"] == "name"}

    def test_a_completion_says_who_pays_before_the_name(self, paying):
        """What it asks for is the name alone."""
        assert self.texts(paying, "aspen") == {"Aspen House": "Paid advertisement: Aspen House"}
        assert self.texts(paying, "aspen", "es") == {"Aspen House": "Anuncio pagado: Aspen House"}
        assert self.texts(paying, "birch") == {"Birch House": "Birch House"}

    def test_it_is_said_from_the_next_answer_on(self, places):
        assert self.texts(places, "aspen") == {"Aspen House": "Aspen House"}
        places.sponsor("Aspen House")
        assert self.texts(places, "aspen") == {"Aspen House": "Paid advertisement: Aspen House"}

    @pytest.mark.parametrize("address", [f"/search?{SEARCH}", "/listing/{aspen}", "/list?ids={aspen}"])
    def test_whoever_hears_a_link_hears_the_label(self, paying, address):
        """Lists of links and headings, as screen readers make them, leave the card out."""
        shown = get(paying, address.format(aspen=paying.id_of("Aspen House")))
        heard = re.findall(r'(?:<span class="unseen">[:,]|<title id="map-title">Map around) ([^<]*Aspen House)', shown)
        assert set(heard) == {"Paid advertisement: Aspen House"}
