"""Small Meeting Guide feeds, and short ways to read them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from directory.sources.feed_options import FeedOptions
from directory.sources.meetings.meeting_guide import MeetingGuideReader
from directory.sources.reading import Reject
from directory.sources.records import ListingRecord
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary

Read = Callable[..., MeetingGuideReader]


def read(*rows: Any, options: FeedOptions | None = None, file_name: str = "aa_example.json", **head: Any) -> MeetingGuideReader:
    content = json.dumps({**head, "meetings": rows} if head else list(rows)).encode()
    vocabulary, gazetteer = Vocabulary.load(), Gazetteer.load()
    return MeetingGuideReader(content, file_name=file_name, vocabulary=vocabulary, gazetteer=gazetteer, options=options)


def meeting(**stated: Any) -> dict[str, Any]:
    """Return a complete row of a weekly meeting in Monument, Colorado; a field given as None is left out."""
    row = {
        "slug": "sunrise",
        "name": "Sunrise Group",
        "day": 1,
        "time": "19:30",
        "end_time": "20:30",
        "types": ["O", "W"],
        "location": "Cedar Hall",
        "address": "12 Elm Street",
        "city": "Monument",
        "state": "CO",
        "postal_code": "80132",
        "country": "US",
        "latitude": 39.09,
        "longitude": -104.87,
    }
    return {name: value for name, value in (row | stated).items() if value is not None}


def record(**stated: Any) -> ListingRecord:
    (found,) = read(meeting(**stated))
    assert isinstance(found, ListingRecord), found
    return found


def reject(**stated: Any) -> Reject:
    (found,) = read(meeting(**stated))
    assert isinstance(found, Reject), found
    return found


def accounted(reader: MeetingGuideReader) -> tuple[int, int, int, int]:
    """Return rows read, imported, rejected and merged."""
    items = list(reader)
    rejected = sum(isinstance(item, Reject) for item in items)
    return reader.rows_read, len(items) - rejected, rejected, reader.rows_merged
