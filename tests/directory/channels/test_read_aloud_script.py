"""What helpline staff read aloud: the disclosure before each name, phones digit by digit, and nothing asked of the caller."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from paying_places import NOW, PayingPlaces

from directory.channels.script import DIGITS, SPOKEN, Part, Speaker, SpokenPlace, read_aloud_script, spoken_digits, spoken_number
from directory.disclosure import LANGUAGES
from directory.page import Card, PhoneLine
from directory.settings import Operator
from directory.store import tables
from index.listing import Kind, Session

NAMED = Operator(owner="St. Mary County", funders=("Example Fund",))


def said(places: PayingPlaces, *names: str, lang: str = "en", operator: Operator = NAMED, **stated):
    """The script about these places."""
    pages = [places.lookup.listing(places.id_of(name), lang, today=NOW.date()) for name in names]
    spoken = [SpokenPlace(page.card, "2.1 mi") for page in pages]
    return read_aloud_script(spoken, lang, NOW.date(), Speaker(operator, ("Cedar House",)), **stated)


def text_of(lines, part: Part) -> str:
    return next(line.text for line in lines if line.part is part)


class TestBeforeAnyPlace:
    def test_who_we_are_and_who_pays_us_is_said_first(self, places):
        """Disclosure row 28."""
        assert said(places)[0].text == (
            "You have reached St. Mary County. We are an information line, not a treatment center. We are paid by Example Fund. "
            "We do not get money when you call or enter a program."
        )

    def test_an_owner_of_facilities_does_not_say_that_it_has_none(self, places):
        opening = said(places, operator=replace(NAMED, facilities_owned=("x",)))[0].text
        assert "not a treatment center" not in opening
        assert "We run Cedar House; they are marked." in opening

    def test_an_unnamed_operator_is_said(self, places):
        opening = said(places, operator=Operator())[0].text
        assert opening == "This is an information line. The operator of this copy has not said who runs it."

    def test_danger_comes_before_everything_else(self, places):
        """911 and 988 are said before the first place, and before the promise."""
        parts = [line.part for line in said(places, "Aspen House")]
        assert parts[:4] == [Part.OPENING, Part.DANGER, Part.PROMISE, Part.ORDER]
        assert "nine one one" in said(places)[1].text

    def test_the_order_really_used_is_said(self, places):
        """Disclosure row 8: the sentence of the results page, or that it is the caller's own list."""
        assert "I will read places nearest first." in text_of(said(places, order="nearest first"), Part.ORDER)
        assert "in the order of your list" in text_of(said(places), Part.ORDER)


class TestEachPlace:
    @pytest.mark.parametrize(
        ("lang", "words"),
        [
            ("en", "This one is a paid advertisement. Example Payer Inc pays us a flat fee. You can ask for unpaid options."),
            ("es", "Este es un anuncio pagado. Example Payer Inc nos paga una tarifa fija. Puede pedir opciones que no pagan."),
        ],
    )
    def test_a_paid_place_is_said_to_be_one_before_its_name(self, places, lang, words):
        """Disclosure row 27."""
        lines = said(places, "Aspen House", lang=lang)
        texts = [line.text for line in lines]
        assert texts.index(words) < next(at for at, text in enumerate(texts) if "Aspen House" in text)

    @pytest.mark.parametrize(
        ("name", "label"), [("Birch House", "Not an ad."), ("Dogwood House", "Payment status not confirmed.")]
    )
    def test_every_other_place_has_its_status_first_too(self, places, name, label):
        lines = [line for line in said(places, name) if line.listing_id]
        assert (lines[0].part, lines[0].text.startswith(label)) == (Part.MONEY, True)

    def test_who_answers_is_said_before_the_number(self, places):
        """Disclosure row 13."""
        parts = [line.part for line in said(places, "Elm House")]
        assert parts.index(Part.ANSWERER) == parts.index(Part.NUMBER) - 1

    def test_the_number_is_said_digit_by_digit_and_shown(self, places):
        [number] = [line for line in said(places, "Aspen House") if line.part is Part.NUMBER]
        assert number.text == "The number is: seven one nine, five five five, zero one zero one."
        assert number.shown == "(719) 555-0101"

    def test_what_is_not_stated_is_said_and_is_no_no(self, places):
        unstated = text_of(said(places, "Elm House"), Part.UNSTATED)
        assert unstated == "Not stated: ways to pay, hours, who owns it. That is not a no: ask them."

    def test_town_and_miles_are_said_with_the_name(self, places):
        assert text_of(said(places, "Elm House"), Part.PLACE) == "Elm House. Monument, CO. 2.1 miles."

    def test_an_old_check_is_said_to_be_old(self, places):
        page = places.lookup.listing(places.id_of("Elm House"), "en", today=NOW.date())
        card = replace(page.card, checked_on=date(2024, 11, 1))
        lines = read_aloud_script([SpokenPlace(card)], "en", NOW.date(), Speaker(NAMED))
        assert text_of(lines, Part.CHECKED).endswith("checked on November 1, 2024. That is more than a year ago.")


class TestAfterwards:
    def test_the_national_line_and_the_states_list_are_offered(self, places):
        """Disclosure row 28; the number is that of the file of crisis lines."""
        last = said(places)[-1].text
        assert "one, eight zero zero, six six two, four three five seven" in last
        assert "your state's list" in last

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_nobody_speaks_of_admissions_and_nobody_asks_for_a_name(self, places, lang):
        """Disclosure rows 28 and 29."""
        whole = " ".join(line.text for line in said(places, "Aspen House", lang=lang)).casefold()
        assert not re.search(r"admission|admisi|your name\?|what is your|cómo se llama|su nombre\?", whole)
        assert {"en": "you do not need to give your name", "es": "no tiene que dar su nombre"}[lang] in whole

    def test_no_table_has_room_for_a_caller(self):
        """Disclosure row 29: there is nowhere to keep who called."""
        columns = {f"{table.name}.{column.name}" for table in tables.metadata.tables.values() for column in table.columns}
        assert not {column for column in columns if re.search(r"caller|contact_name|first_name|patient", column)}


class TestDigits:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_ten_words_of_one_digit_each(self, lang):
        assert len(set(DIGITS[lang])) == 10

    @pytest.mark.parametrize(
        ("number", "words"),
        [("988", "nine eight eight"), ("+17195550142", "seven one nine, five five five, zero one four two"), ("", "")],
    )
    def test_short_codes_are_one_group(self, number, words):
        assert spoken_number(phone(number), "en") == words

    def test_an_extension_follows(self):
        assert spoken_number(phone("+17195550142", "7"), "es").endswith("cero uno cuatro dos, extensión siete")

    def test_anything_between_digits_is_a_pause(self):
        assert spoken_digits("1-800", "en") == "one, eight zero zero"


def phone(number: str, extension: str = "") -> PhoneLine:
    return PhoneLine(number, extension, "", number, "", "unknown", "", None, "", 1, "")


def test_the_script_says_the_same_things_in_both_languages():
    """Disclosure row 31."""
    assert SPOKEN["en"].keys() == SPOKEN["es"].keys()
    assert all(SPOKEN["en"][name] != SPOKEN["es"][name] for name in SPOKEN["en"])


def test_of_a_meeting_it_is_said_that_its_list_has_no_date(places):
    """Nobody is sent out by a list of any age without being told."""
    card = places.lookup.listing(places.id_of("Aspen House"), "en", today=NOW.date()).card
    undated = replace(group_of(card), age_note="This list has no date. It may be years old.")
    lines = read_aloud_script([SpokenPlace(undated, "")], "en", NOW.date(), Speaker(NAMED, ()))
    assert "This list has no date. It may be years old" in text_of(lines, Part.CHECKED)


def group_of(card: Card) -> Card:
    """The card of a place as if it were a group that meets on every day."""
    daily = tuple(Session(weekday=day, start_minute=19 * 60, end_minute=20 * 60) for day in range(7))
    program = msgspec.structs.replace(card.program, schedule=daily)
    listing = msgspec.structs.replace(card.listing, kind=Kind.MEETING, programs=(program,), time_zone="America/Denver", phones=())
    return replace(card, checked_on=None, listing=listing, program=program, phones=())


@pytest.mark.parametrize(
    ("lang", "times"), [("en", "It meets: Every day, 7:00 PM–8:00 PM"), ("es", "Se reúne: Todos los días, 7:00 p.m.–8:00 p.m.")]
)
def test_of_a_meeting_it_is_said_when_and_where(places, lang, times):
    """A caller has no page; a group has no number, no owner and no way to pay that it could leave unstated."""
    card = group_of(places.lookup.listing(places.id_of("Aspen House"), lang, today=NOW.date()).card)
    lines = read_aloud_script([SpokenPlace(card, "")], lang, NOW.date(), Speaker(NAMED, ()))
    said = re.sub(r"[\u202f\xa0]", " ", text_of(lines, Part.CARE))
    assert times in said
    assert card.listing.address.street in said
    assert {line.part for line in lines}.isdisjoint({Part.UNSTATED, Part.NUMBER})
