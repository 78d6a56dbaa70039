"""The block of paid advertisements: allowed by the operator, labelled, after the results, and never beside anything urgent."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from paying_places import NOW, PayingPlaces

from directory.answers.advertising import whose_turn
from directory.asking.query import SearchQuery
from index.geo.distance import Coordinates
from index.listing import ConceptId, Kind
from index.request import Sort
from index.results import Hit

ORDINARY = "near=80132&offers=care.outpatient"


def block(places: PayingPlaces, query: str = ORDINARY, **settings: Any) -> list[str]:
    """The names in the advertisements of an API answer."""
    answer = places.client(**settings).get(f"/api/v1/search?{query}").get_json()
    return [row["name"] for row in answer["advertisements"]]


@pytest.fixture
def paying(places: PayingPlaces) -> PayingPlaces:
    """Three near places and one far away pay."""
    for name in ("Aspen House", "Birch House", "Cedar House", "Far House"):
        places.sponsor(name)
    return places


class TestWhatStandsInIt:
    def test_nothing_unless_the_operator_allows_it(self, paying):
        """Advertising is off by default."""
        assert block(paying, advertising=False) == []
        assert len(block(paying)) == 2

    def test_only_places_that_match_every_filter(self, paying):
        """Cedar House does not state Medicaid."""
        assert set(block(paying, "near=80132&offers=pay.medicaid")) == {"Aspen House", "Birch House"}

    def test_only_places_inside_the_radius(self, paying):
        """Far House pays too, 138 miles away."""
        assert block(paying, f"{ORDINARY}&radius=1") == ["Aspen House"]
        assert "Far House" not in block(paying)

    def test_each_is_labelled(self, paying):
        """Disclosure row 6: the rows of the block carry their own label, and no note that it was not money."""
        answer = paying.client().get(f"/api/v1/search?{ORDINARY}").get_json()
        assert {row["disclosure"]["label"] for row in answer["advertisements"]} == {"Paid advertisement"}

    def test_nobody_who_does_not_pay(self, places):
        assert block(places) == []


class TestWhereItMayNotStand:
    @pytest.mark.parametrize(
        "query",
        [
            pytest.param("q=i+want+to+die+outpatient&near=80132", id="crisis"),
            pytest.param("q=stop+klonopin+outpatient&near=80132", id="medical"),
            pytest.param("near=80132&offers=care.outpatient&prefer=sub.heroin", id="opioid"),
            pytest.param("q=fentanyl+outpatient&near=80132", id="opioid words"),
            pytest.param("q=withdrawal+outpatient&near=80132", id="withdrawal"),
            pytest.param("near=80132&offers=care.outpatient&prefer=pop.pregnant", id="pregnancy"),
            pytest.param("q=pregnant+outpatient&near=80132", id="pregnancy words"),
            pytest.param("near=80132&offers=care.outpatient&prefer=pop.adolescents", id="under 18"),
            pytest.param("q=outpatient+for+my+teenage+son&near=80132", id="under 18 words"),
            pytest.param("q=outpatient+for+my+15+year+old&near=80132", id="an age under 18"),
            pytest.param("near=80132&kind=meeting", id="meetings"),
            pytest.param("near=80132&kind=helpline", id="helplines"),
            pytest.param("q=aspen+house", id="a name"),
            pytest.param("q=719-555-0101", id="a number"),
            pytest.param("offers=care.outpatient", id="no place"),
            pytest.param(f"{ORDINARY}&unpaid_only=1", id="unpaid only"),
        ],
    )
    def test_none(self, paying, query):
        """Each signal, and each page that is not about places near somewhere, keeps the block away."""
        assert block(paying, query) == []

    def test_none_on_errors_home_and_listings(self, paying):
        """Only pages of results have the block."""
        client, listing_id = paying.client(), paying.id_of("Elm House")
        for address in ("/", "/search?near=nowhereatall", "/about", f"/listing/{listing_id}", "/nothing"):
            assert 'id="advertisements"' not in client.get(address).text


class Texts(HTMLParser):
    """The texts of a page in reading order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())


class TestOnThePage:
    @pytest.mark.parametrize(("lang", "label"), [("en", "Paid advertisement"), ("es", "Anuncio pagado")])
    def test_it_follows_the_results_with_the_label_first(self, paying, lang, label):
        """Disclosure rows 2, 3 and 6, in both languages."""
        page = paying.client().get(f"/search?{ORDINARY}&lang={lang}").text
        results, advertisements = page.split('id="advertisements"')

        assert all(f"{name} House" in results for name in ("Aspen", "Birch", "Cedar", "Dogwood", "Elm"))
        assert advertisements.count('<article class="card paid"') == 2
        for card in advertisements.split("<article")[1:3]:
            assert Texts(f"<article{card}").texts[0] == label

    def test_the_organic_row_of_a_payer_says_why_it_stands_there(self, paying):
        """The note stands on the organic rows of the three that pay, not in the block, where money is the reason."""
        page = paying.client().get(f"/search?{ORDINARY}").text
        results, advertisements = page.split('id="advertisements"')
        note = "It stands here because it matches, not because it paid."

        assert (results.count(note), advertisements.count(note)) == (3, 0)

    @pytest.mark.parametrize("word", ["Featured", "Promoted", "Sponsored", "Partner"])
    def test_no_other_word_stands_for_the_label(self, paying, word):
        assert word.casefold() not in paying.client().get(f"/search?{ORDINARY}").text.casefold()


def hits(count: int) -> list[Hit]:
    return [Hit(id=f"place-{number}", document=b"") for number in range(count)]  # type: ignore[arg-type]  # ids


class TestTurns:
    @pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 10])
    def test_everybody_has_as_many_turns(self, count):
        """Over as many days as there are payers, each has stood there as often as any other."""
        days = [date(2026, 11, 1) + timedelta(days=day) for day in range(count)]
        turns = Counter(hit.id for day in days for hit in whose_turn(hits(count), day, "salt"))

        assert len(turns) == count
        assert len(set(turns.values())) == 1

    def test_the_same_day_gives_the_same_places_to_everyone(self):
        """Reproducible: whoever asks, in whatever order the places were found."""
        day = date(2026, 11, 21)
        assert whose_turn(hits(5), day, "salt") == whose_turn(hits(5)[::-1], day, "salt")


class TestMoneyMovesNothing:
    """Disclosure row 7: flipping any listing's paid status leaves the organic order byte-identical."""

    def test_in_a_thousand_random_searches(self, places):
        """Ten random choices of payers, a hundred random searches each; the advertisements are on."""
        names = ["Aspen House", "Birch House", "Cedar House", "Dogwood House", "Far House"]
        chance = random.Random(397_55)
        for _ in range(10):
            queries = [_any_search(chance) for _ in range(100)]
            before = [_order(places, query) for query in queries]
            for name in chance.sample(names, chance.randint(1, len(names))):
                places.sponsor(name, ends_on=NOW.date())
            assert [_order(places, query) for query in queries] == before
            _end_all(places)


def _any_search(chance: random.Random) -> SearchQuery:
    concepts = ["care.outpatient", "pay.medicaid", "pay.private", "care.detox", "sub.alcohol"]
    position = chance.choice([None, Coordinates(39.0917, -104.8728), Coordinates(40.0, -104.9)])
    sorts = [None, Sort.NAME, Sort.CHECKED] + ([Sort.DISTANCE] if position else [])
    return SearchQuery(
        text=chance.choice(["", "house", "outpatient", "aspen house"]),
        near="" if position else chance.choice(["", "80132", "Colorado"]),
        position=position,
        radius_miles=chance.choice([None, 1.0, 5.0, 25.0, 300.0]),
        kinds=chance.choice([(), (Kind.FACILITY,), (Kind.HELPLINE,)]) if not position else (),
        offers=tuple(map(ConceptId, chance.sample(concepts, chance.randint(0, 2)))),
        prefer=tuple(map(ConceptId, chance.sample(concepts, chance.randint(0, 2)))),
        sort=chance.choice(sorts),
        per_page=chance.choice([1, 2, 20]),
    )


def _order(places: PayingPlaces, query: SearchQuery) -> bytes:
    page = places.lookup.search(query, now=NOW)
    beyond = [row.card.listing.id for group in page.beyond for row in group.rows]
    return "\n".join([str(page.total), *(row.card.listing.id for row in page.rows), *beyond]).encode()


def _end_all(places: PayingPlaces) -> None:
    from directory.duties.sponsoring import end_listing_sponsorships, sponsorships_of

    for listing_id in {one.listing_id for one in sponsorships_of(places.store) if one.ended_at is None}:
        end_listing_sponsorships(places.store, listing_id, by="admin", now=NOW)
