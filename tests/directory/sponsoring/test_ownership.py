"""A place in which the operator of this copy has a stake is marked like a paying one: before its name, on every channel."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from paying_places import NOW, PayingPlaces

from directory.channels.entries import entry_of
from directory.channels.script import Part, SpokenPlace, spoken_place
from directory.channels.text_message import text_message
from directory.disclosure import STAKE_LABEL
from directory.duties.changelog import paying_now
from directory.feeds.merging import merge
from directory.lookup import Lookup
from directory.upkeep.exporting import export_csv
from directory.upkeep.quality import check_quality

LABEL = STAKE_LABEL["en"]


@pytest.fixture
def owning(places: PayingPlaces) -> PayingPlaces:
    """A copy whose operator owns Aspen House."""
    operator = replace(places.settings.operator, facilities_owned=(places.id_of("Aspen House"),))
    settings = replace(places.settings, operator=operator)
    old = places.lookup
    return PayingPlaces(settings, places.store, Lookup(old.engine, places.store, old.vocabulary, old.places, settings))


def card_of(owning: PayingPlaces, name: str, lang: str = "en"):
    return owning.lookup.listing(owning.id_of(name), lang, today=NOW.date())


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("address", ["/search?near=80132&offers=care.outpatient", "/listing/{id}", "/list?ids={id}"])
def test_pages_say_it_before_the_name(owning, address, lang):
    """As text in the heading, with a border, like the label of an advertisement."""
    page = (
        owning.client().get(f"{address}{'&' if '?' in address else '?'}lang={lang}".format(id=owning.id_of("Aspen House"))).text
    )
    main = page[page.index("<main") :]
    label = re.search(rf'<span class="paid-label">{STAKE_LABEL[lang]}', main)
    assert label
    assert "Aspen House" in main[label.end() : label.end() + 200]


def test_the_api_says_it_on_every_row(owning):
    rows = owning.client().get("/api/v1/search?near=80132&offers=care.outpatient").get_json()["results"]
    assert {row["name"]: row["disclosure"]["operator_stake"] for row in rows}["Aspen House"] is True
    assert sum(row["disclosure"]["operator_stake"] for row in rows) == 1


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_formats_that_show_the_name_alone_have_it_there(owning, form):
    assert f"{LABEL}: Aspen House" in owning.client().get(f"/api/v1/search.{form}?near=80132&offers=care.outpatient").text


def test_an_export_has_it_in_the_name(owning):
    written = io.StringIO()
    export_csv(owning.store, written, operator=owning.settings.operator, today=NOW.date())
    assert f"{LABEL}: Aspen House" in written.getvalue()


def test_plain_channels_say_it_first(owning):
    """E-mail, PDF, text message and what staff read aloud."""
    page = card_of(owning, "Aspen House")
    assert entry_of(page).lines()[0] == f"{LABEL}: Aspen House"
    assert "[OURS] Aspen House" in text_message([page.card], "en").text
    first = spoken_place(SpokenPlace(page.card), "en", NOW.date())[0]
    assert (first.part, "has a stake in this place" in first.text) == (Part.MONEY, True)


def test_other_places_are_not_marked(owning):
    assert card_of(owning, "Birch House").card.disclosure.marks("en") == ()


def test_a_place_that_also_pays_bears_both(owning):
    owning.sponsor("Aspen House")
    assert card_of(owning, "Aspen House").card.disclosure.marks("en") == ("Paid advertisement", LABEL)


class TestAMerge:
    """Staff found that two listings are one place; the one that is left bears what the other one bore."""

    @pytest.fixture
    def merged(self, owning: PayingPlaces) -> PayingPlaces:
        """Aspen House, which the operator owns and for which somebody will pay from tomorrow, became Birch House."""
        aspen, birch = owning.id_of("Aspen House"), owning.id_of("Birch House")
        owning.sponsor("Aspen House", starts_on=NOW.date() + timedelta(days=1))
        merge(owning.store, aspen, birch, by="editor", now=NOW)
        return owning

    def test_the_stake_is_still_marked(self, merged):
        card = merged.lookup.listing(merged.id_of("Birch House"), "en", today=NOW.date()).card
        assert card.disclosure.marks("en") == (LABEL,)
        assert "We run Birch House; they are marked." in merged.lookup.funding("en", today=NOW.date())

    def test_who_pays_from_a_later_day_on_is_still_marked(self, merged):
        tomorrow = NOW.date() + timedelta(days=1)
        card = merged.lookup.listing(merged.id_of("Birch House"), "en", today=tomorrow).card
        assert card.disclosure.marks("en") == ("Paid advertisement", LABEL)
        [payer] = paying_now(merged.store, tomorrow, "en")
        assert payer.listing_id == merged.id_of("Birch House")


def test_a_stake_in_nothing_that_is_listed_is_a_problem_of_the_settings(places):
    """A slip in an id would leave a place of the operator's unmarked."""
    operator = replace(places.settings.operator, facilities_owned=(places.id_of("Aspen House"), "aspenhouse22"))
    report = check_quality(replace(places.settings, operator=operator), places.store, today=NOW.date())
    assert [problem for problem in report.settings_problems if "aspenhouse22" in problem]
    assert report.must_be_mended
    assert not [problem for problem in report.settings_problems if places.id_of("Aspen House") in problem]
