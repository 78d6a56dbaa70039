"""The parameters of a search: what is taken, what is refused and with which words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_directory import VOCABULARY
from werkzeug.datastructures import MultiDict

from directory.asking.query import MAX_NAME, MAX_TEXT, PARAMETERS, SearchQuery, TextTooLong, parse_query
from index.errors import InvalidRequest
from index.geo.distance import Coordinates
from index.listing import ConceptId, Kind
from index.request import Sort


def parsed(*pairs: tuple[str, str], strict: bool = True) -> SearchQuery:
    return parse_query(MultiDict(pairs), VOCABULARY, strict=strict)


class TestTaking:
    def test_everything_at_once(self):
        query = parsed(
            *(("q", " detox "), ("near", "80132"), ("radius", "40"), ("kind", "facility"), ("kind", "meeting")),
            *(
                ("offers", "care.detox,pay.medicaid"),
                ("offers", "pop.women"),
                ("not", "tx.twelve_step"),
                ("prefer", "sub.alcohol"),
            ),
            *(("unpaid_only", "1"), ("checked_within_days", "90"), ("sort", "distance"), ("page", "2"), ("per_page", "50")),
            *(("only", "place-42,place-43"), ("states", "co"), ("states", "UT,CO")),
            *(("fields", "id,name"), ("lang", "es"), ("understand", "0"), ("name", "cedar")),
        )
        assert query == SearchQuery(
            text="detox",
            near="80132",
            radius_miles=40.0,
            kinds=(Kind.FACILITY, Kind.MEETING),
            offers=("care.detox", "pay.medicaid", "pop.women"),
            leave_out=("tx.twelve_step",),
            prefer=("sub.alcohol",),
            name="cedar",
            unpaid_only=True,
            checked_within_days=90,
            only=("place-42", "place-43"),
            states=("CO", "UT"),
            sort=Sort.DISTANCE,
            page=2,
            per_page=50,
            fields=("id", "name"),
            lang="es",
            understand=False,
        )

    def test_kinds_may_stand_in_one_value(self):
        """As concepts do."""
        assert parsed(("kind", "facility,meeting")).kinds == (Kind.FACILITY, Kind.MEETING)

    def test_blank_form_fields_ask_nothing(self):
        """A form sends every field, also those left empty."""
        assert parsed(*((name, " ") for name in PARAMETERS)) == SearchQuery()

    def test_pages_ignore_what_they_do_not_know(self):
        """Shared links carry words of trackers."""
        assert parsed(("q", "detox"), ("utm_source", "x"), strict=False) == SearchQuery(text="detox")


class TestRefusing:
    @pytest.mark.parametrize("pairs", [(("near", "80132"), ("near", "Denver")), (("page", "2"), ("page", "3"))])
    def test_the_api_drops_no_second_value(self, pairs):
        """Where only one can count, two are an error."""
        with pytest.raises(InvalidRequest, match="more than once"):
            parsed(*pairs)

    def test_the_api_is_told_one_place(self):
        """A point beside a place in words would win in silence."""
        with pytest.raises(InvalidRequest) as refused:
            parsed(("near", "80132"), ("lat", "39"), ("lon", "-104"))
        assert refused.value.field == "near"

    @pytest.mark.parametrize(
        ("name", "value", "reason"),
        [
            ("neer", "80132", "is not a parameter of search"),
            ("offers", "care.detx", "names no concept"),
            ("not", "METH", "names no concept"),
            ("radius", "0", "must be between 1 and 500"),
            ("radius", "501", "must be between 1 and 500"),
            ("radius", "nan", "must be a number"),
            ("radius", "1_0", "must be a number"),
            ("radius", "٣", "must be a number"),
            ("lat", "39.1", "lat and lon go together"),
            ("kind", "hospital", "must be one of facility, meeting, helpline"),
            ("sort", "price", "must be one of best, distance, name, checked"),
            ("page", "0", "must be a whole number between 1"),
            ("page", "9" * 40, "must be a whole number between 1"),
            pytest.param("page", f"{'0' * 11}1{'0' * 5000}", "must be a whole number", id="zeros-before-a-huge-number-were-500"),
            pytest.param(
                "checked_within_days", f"{'0' * 11}19999999", "must be a whole number", id="years-past-the-calendar-were-500"
            ),
            ("per_page", "101", "must be a whole number between 1 and 100"),
            ("per_page", "²", "must be a whole number"),
            ("checked_within_days", "-1", "must be a whole number"),
            ("unpaid_only", "maybe", "must be 1 or 0"),
            ("states", "Colorado", "must be two letters of a state"),
            ("states", "CO,ZZ", "must be two letters of a state"),
            ("only", "place 42", "must be ids of listings"),
            ("only", "<b>", "must be ids of listings"),
            pytest.param("only", ",".join(f"place-{n}" for n in range(101)), "at most 100 listings", id="too many listings"),
            ("lang", "fr", "must be en or es"),
            ("name", "x" * (MAX_NAME + 1), "may have at most"),
        ],
    )
    def test_a_bad_value_names_its_parameter(self, name: str, value: str, reason: str):
        """Nothing is clamped or dropped."""
        with pytest.raises(InvalidRequest, match=reason) as caught:
            parsed((name, value))
        assert caught.value.field == {"lat": "lon"}.get(name, name)

    def test_near_misses_are_offered(self):
        with pytest.raises(InvalidRequest) as unknown_name:
            parsed(("offer", "care.detox"))
        with pytest.raises(InvalidRequest) as unknown_concept:
            parsed(("offers", "care.detx"))
        assert "offers" in unknown_name.value.suggestions
        assert "care.detox" in unknown_concept.value.suggestions

    def test_too_much_text_is_kept_for_its_crisis_words(self):
        with pytest.raises(TextTooLong) as caught:
            parsed(("q", "x" * (MAX_TEXT + 1)))
        assert len(caught.value.text) == MAX_TEXT + 1


CONCEPTS = st.lists(st.sampled_from([ConceptId(concept.id) for concept in VOCABULARY.concepts]), max_size=3, unique=True).map(
    tuple
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)


@given(
    query=st.builds(
        SearchQuery,
        text=WORDS,
        near=WORDS,
        not_near=WORDS,
        position=st.none() | st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180)),
        radius_miles=st.none() | st.floats(1, 500),
        kinds=st.lists(st.sampled_from(Kind), max_size=2, unique=True).map(tuple),
        offers=CONCEPTS,
        leave_out=CONCEPTS,
        prefer=CONCEPTS,
        name=WORDS,
        unpaid_only=st.booleans(),
        checked_within_days=st.none() | st.integers(1, 36500),
        only=st.lists(st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True), max_size=3, unique=True).map(tuple),
        states=st.lists(st.sampled_from(["CO", "UT", "PR"]), max_size=3, unique=True).map(tuple),
        sort=st.none() | st.sampled_from(Sort),
        page=st.integers(1, 99),
        per_page=st.integers(1, 100),
        lang=st.sampled_from(["en", "es"]),
        understand=st.booleans(),
    )
)
def test_an_address_reads_back_as_the_same_query(query: SearchQuery):
    """Whatever is asked can be shared, to the last digit; one place, in words or as a point."""
    query = replace(query, near="") if query.position else query
    assert parsed(*query.params(page=query.page)) == query


def test_a_changed_query_starts_at_its_first_page():
    query = SearchQuery(offers=(ConceptId("care.detox"),), page=3)
    assert query.without(ConceptId("care.detox")) == SearchQuery()
    assert query.with_offer(ConceptId("pop.women")).page == 1
