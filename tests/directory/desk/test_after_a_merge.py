"""What was known of a listing counts for the one that answers for it after a merge, and goes back when the merge is undone."""

from __future__ import annotations

import pytest
from paying_places import NOW

from directory.desk.answers import publish_answer, standing_answers, take_answer
from directory.desk.calls import Called, calls_of, record_call, said_of
from directory.desk.intake import add_intake, intake_of
from directory.desk.openings import fresh_openings, link_of, make_link, tell_through_link
from directory.feeds.merging import merge, undo

OLD_NUMBER = "+17195550102"


@pytest.fixture
def merged(places, aspen) -> tuple[str, str, str]:
    """Birch House, of which everything is known, became one with Aspen House: (old id, new id, private link)."""
    birch, store = places.id_of("Birch House"), places.store
    record_call(store, Called(birch, OLD_NUMBER, "full"), by="ana", now=NOW)
    record_call(store, Called(birch, OLD_NUMBER, "reached"), by="ben", now=NOW)
    take_answer(store, birch, "Two beds are free.", told_by="ana", now=NOW)
    publish_answer(store, 1, by="eda", now=NOW)
    add_intake(store, birch, "note", "Ring twice", "30", by="ana", now=NOW)
    token = make_link(store, birch, by="eda", now=NOW)
    tell_through_link(store, token, "4", now=NOW)
    merge(store, birch, aspen, by="eda", now=NOW)
    return birch, aspen, token


def test_it_counts_for_the_one_that_stays(places, merged):
    _, kept, token = merged
    assert len(calls_of(places.store, [kept], NOW)[kept]) == 2
    assert len(said_of(places.store, kept, NOW)) == 1
    assert [fact.text for fact in intake_of(places.store, [kept], NOW)[kept]] == ["Ring twice"]
    assert fresh_openings(places.store, NOW, [kept])[kept].places == 4
    assert (link_of(places.store, token).listing_id, standing_answers(places.store)[0].listing_id) == (kept, kept)


def test_its_number_bears_words_and_check_there(places, merged):
    _, kept, _ = merged
    listing = places.store.public_listings_by_id([kept])[kept]
    checked = {program.source.key: program.source.checked_on for program in listing.programs}
    assert checked == {"Aspen House": None, "Birch House": NOW.date()}
    assert places.store.disclosure_records(NOW.date()).calls[kept].answers[0].statement == "Two beds are free."


def test_undoing_the_merge_gives_it_back(places, merged):
    old, kept, _ = merged
    undo(places.store, old, by="eda", now=NOW)
    assert kept not in calls_of(places.store, [kept], NOW)
    assert len(calls_of(places.store, [old], NOW)[old]) == 2
