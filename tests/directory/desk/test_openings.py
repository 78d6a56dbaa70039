"""Openings: told by staff or through a place's own link, shown at the desk for a day, and moving nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from paying_places import NOW

from directory.desk.opening_words import opening_words
from directory.desk.openings import (
    MOST_AN_HOUR,
    OpeningRefused,
    TooOften,
    forget_old_openings,
    fresh_openings,
    link_of,
    make_link,
    open_links,
    revoke_link,
    tell_openings,
    tell_through_link,
)


@pytest.fixture
def token(places, aspen) -> str:
    """The private link of Aspen House."""
    return make_link(places.store, aspen, by="eda", now=NOW)


def told(places, listing_id: str, lang: str = "en", later: timedelta = timedelta()) -> str:
    opening = fresh_openings(places.store, NOW + later).get(listing_id)
    return opening_words(opening, lang, NOW + later) if opening else ""


class TestTelling:
    @pytest.mark.parametrize(
        ("free", "said"),
        [
            ("4", "4 places, told by ana at 12:00\u202fPM."),
            ("1", "1 place, told by ana at 12:00\u202fPM."),
            ("0", "Full, told by ana at 12:00\u202fPM."),
        ],
    )
    def test_it_says_how_many_who_and_when(self, places, aspen, free, said):
        tell_openings(places.store, aspen, free, by="ana", now=NOW)
        assert told(places, aspen) == said

    @pytest.mark.parametrize("free", ["", "-1", "501", "many", "٤"])
    def test_what_is_no_number_is_refused(self, places, aspen, free):
        with pytest.raises(OpeningRefused):
            tell_openings(places.store, aspen, free, by="ana", now=NOW)

    def test_it_fades_after_a_day(self, places, aspen):
        tell_openings(places.store, aspen, "4", by="ana", now=NOW)
        assert told(places, aspen, later=timedelta(hours=23, minutes=59)).startswith("4 places, told by ana at yesterday")
        assert told(places, aspen, later=timedelta(hours=24)) == ""

    def test_the_newest_word_counts(self, places, aspen, token):
        tell_openings(places.store, aspen, "4", by="ana", now=NOW)
        tell_through_link(places.store, token, "0", now=NOW + timedelta(minutes=1))
        assert told(places, aspen, "es", timedelta(minutes=2)).startswith("Lleno, según el lugar mismo a las")

    def test_what_is_old_is_deleted(self, places, aspen):
        tell_openings(places.store, aspen, "4", by="ana", now=NOW)
        assert forget_old_openings(places.store, NOW + timedelta(days=31)) == 1

    def test_it_moves_neither_the_disclosures_nor_the_index(self, places, aspen):
        """Openings are for the desk; no reader and no order hears of them."""
        version, waiting = places.store.disclosure_version(), places.store.outbox()
        tell_openings(places.store, aspen, "4", by="ana", now=NOW)
        assert (places.store.disclosure_version(), places.store.outbox()) == (version, waiting)


class TestAPrivateLink:
    def test_only_its_hash_is_kept(self, places, token):
        """Whoever reads the database cannot write in the name of a place."""
        with places.store.reading() as connection:
            kept = "".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM opening_links"))
        assert token not in kept

    def test_a_closed_link_works_no_more(self, places, token):
        revoke_link(places.store, open_links(places.store)[0].id, by="eda", now=NOW)
        assert link_of(places.store, token) is None
        with pytest.raises(OpeningRefused):
            tell_through_link(places.store, token, "4", now=NOW)

    def test_it_cannot_be_used_without_end(self, places, token):
        for _ in range(MOST_AN_HOUR):
            tell_through_link(places.store, token, "4", now=NOW)
        with pytest.raises(TooOften):
            tell_through_link(places.store, token, "4", now=NOW)

        tell_through_link(places.store, token, "4", now=NOW + timedelta(minutes=61))


class TestThePageOfThePlace:
    def test_it_tells_openings_without_an_account(self, places, aspen, token):
        client = places.client()
        answer = client.post(f"/openings/{token}?lang=es", data={"places": "4"})

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/openings/{token}?done=told&lang=es")
        assert "4 lugares, según el lugar mismo" in client.get(answer.headers["Location"]).text

    def test_it_names_nobody_on_staff(self, places, aspen, token):
        """What leaves the desk was told by the desk."""
        tell_openings(places.store, aspen, "4", by="ana", now=NOW)
        page = places.client().get(f"/openings/{token}").text
        assert "4 places, told by our helpline at" in page
        assert "ana" not in page.split("<main")[1]

    def test_nobody_keeps_it(self, places, token):
        headers = places.client().get(f"/openings/{token}").headers
        assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")

    @pytest.mark.parametrize("guess", ["x", "x" * 43, "x" * 500])
    def test_a_guess_is_answered_like_any_unknown_page(self, places, guess):
        assert places.client().get(f"/openings/{guess}").status_code == 404

    def test_another_site_cannot_send_its_form(self, places, token):
        answer = places.client().post(f"/openings/{token}", data={"places": "4"}, headers={"Origin": "https://example.org"})
        assert answer.status_code == 403

    def test_a_flood_is_refused_in_words(self, places, token):
        client = places.client()
        answers = [client.post(f"/openings/{token}", data={"places": "4"}).status_code for _ in range(MOST_AN_HOUR + 1)]
        assert answers == [303] * MOST_AN_HOUR + [429]

    def test_a_wrong_number_is_asked_again(self, places, token):
        answer = places.client().post(f"/openings/{token}", data={"places": "lots"})
        assert answer.status_code == 400
        assert "Write a number from 0 to 500." in answer.text


class TestTheBoard:
    def test_places_with_room_stand_first_with_their_number(self, places, aspen, ana):
        birch = places.id_of("Birch House")
        tell_openings(places.store, birch, "0", by="ben", now=NOW)
        tell_openings(places.store, aspen, "4", by="ben", now=NOW - timedelta(hours=1))
        page = ana.get("/helpline/openings").text

        assert page.index("Aspen House") < page.index("Birch House")
        assert "(719) 555-0101" in page

    def test_a_paying_place_bears_its_label_there_too(self, places, aspen, ana):
        places.sponsor("Aspen House")
        tell_openings(places.store, aspen, "4", by="ben", now=NOW)
        assert "Paid advertisement: Aspen House" in ana.get("/helpline/openings").text
