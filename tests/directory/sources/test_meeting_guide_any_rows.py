"""Whatever a stranger's feed holds: no row stops the others, and every row is accounted for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.sources.federal.locator.json_answers import LocatorJsonReader
from directory.sources.federal.samhsa import source_info
from directory.sources.hsds.reader import HsdsReader
from directory.sources.meetings.bmlt import BmltReader
from directory.sources.meetings.meeting_guide import MeetingGuideReader
from directory.sources.reading import GazetteerLocalities, Reject, SourceReader, VocabularyCodes
from directory.sources.records import ListingRecord
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary

PLAIN = (
    st.none() | st.booleans() | st.integers(-200, 99999) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12)
)
LIKELY = st.sampled_from(
    ["", "19:30", "7:30 pm", "Monday", "1", "CO", "Monument", "80132", "719-555-0123", "https://zoom.us/j/1?pwd=2", "39.09",
     "-104.87", "US", "O", "[open]", "hybrid", "online", "SA", "London, UK", "12 Elm St, Monument, CO 80132, USA", "id", "name"]
)  # fmt: skip
VALUE = st.recursive(
    PLAIN | LIKELY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
MEETING = ["slug", "name", "day", "time", "end_time", "types", "address", "city", "state", "postal_code", "country", "latitude",
           "longitude", "formatted_address", "approximate", "conference_url", "conference_phone", "attendance_option", "updated",
           "entity", "notes", "timezone", "coordinates", "inactive"]  # fmt: skip
BMLT = ["id_bigint", "meeting_name", "weekday_tinyint", "start_time", "duration_time", "formats", "location_street",
        "location_municipality", "location_province", "location_postal_code_1", "location_nation", "latitude", "longitude",
        "published", "venue_type", "virtual_meeting_link", "phone_meeting_number", "time_zone"]  # fmt: skip
LOCATOR = [
    "name1",
    "name2",
    "street1",
    "city",
    "state",
    "zip",
    "phone",
    "website",
    "latitude",
    "longitude",
    "typeFacility",
    "services",
]
HSDS = ["id", "name", "status", "description", "organization", "phones", "attributes", "service_at_locations", "schedules",
        "languages", "assured_date", "email", "url"]  # fmt: skip


def rows(fields: list[str]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.dictionaries(st.sampled_from(fields), VALUE, max_size=len(fields)) | VALUE, max_size=5)


def meeting_guide(found: list[Any]) -> SourceReader:
    content, vocabulary, gazetteer = json.dumps(found).encode(), Vocabulary.load(), Gazetteer.load()
    return MeetingGuideReader(content, file_name="aa.json", vocabulary=vocabulary, gazetteer=gazetteer)


def bmlt(found: list[Any]) -> SourceReader:
    content, vocabulary, gazetteer = json.dumps(found).encode(), Vocabulary.load(), Gazetteer.load()
    return BmltReader(content, file_name="na.json", vocabulary=vocabulary, gazetteer=gazetteer)


def hsds(found: list[Any]) -> SourceReader:
    content, vocabulary, gazetteer = json.dumps(found).encode(), Vocabulary.load(), Gazetteer.load()
    return HsdsReader(content, file_name="list.json", vocabulary=vocabulary, gazetteer=gazetteer)


def locator(found: list[Any]) -> SourceReader:
    content = json.dumps({"page": 1, "totalPages": 1, "rows": found}).encode()
    codes, localities = VocabularyCodes(Vocabulary.load()), GazetteerLocalities(Gazetteer.load())
    return LocatorJsonReader([content], source=source_info("2026"), codes=codes, localities=localities)


@pytest.mark.parametrize(
    ("read", "fields"),
    [
        pytest.param(meeting_guide, MEETING, id="meeting guide"),
        pytest.param(bmlt, BMLT, id="bmlt"),
        pytest.param(locator, LOCATOR, id="locator"),
        pytest.param(hsds, HSDS, id="hsds"),
    ],
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_any_rows_are_read_or_rejected(read: Callable[[list[Any]], SourceReader], fields: list[str], data: st.DataObject) -> None:
    """Imported, rejected and merged rows add up to those read, every record is sound, and every key its own."""
    reader = read(data.draw(rows(fields)))
    items = list(reader)
    records = [item for item in items if not isinstance(item, Reject)]

    assert reader.rows_read == len(items) + reader.rows_merged
    keys = [program.key for record in records for program in record.programs]
    assert len(keys) == len(set(keys))
    for record in records:
        assert msgspec.json.decode(msgspec.json.encode(record), type=ListingRecord) == record
        assert (record.lat is None) == (record.precision == "none")
