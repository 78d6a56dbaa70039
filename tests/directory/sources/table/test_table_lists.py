"""Lists that someone keeps by hand, and their mappings."""

from __future__ import annotations

import io
import tomllib

import msgspec
import pytest
from openpyxl import Workbook

from directory.errors import ImportRefused
from directory.sources.feed_options import FeedOptions
from directory.sources.reading import Reject, SourceReader
from directory.sources.records import PaymentTerms
from directory.sources.table.mapping import read_mapping
from directory.sources.table.reader import first_mapping, table_reader
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Precision, Reach

LIST = """Agency,Address,Town,St,Zip,Telephone,Services,Takes Medicaid,Director
Cedar House,12 Elm Street,Monument,CO,80132,719-555-0123 x4,Withdrawal unit; Detox; Yoga,yes,Jane Doe
Birch House,9 Oak Street,Monument,CO,80132,,Outpatient,no,Jane Doe
"""
MAPPING = """
[columns]
name = "Agency"
street = "Address"
city = "Town"
state = "St"
zip = "Zip"
phone = "Telephone"
offers = ["Services"]
[words]
"Withdrawal unit" = "care.detox.residential"
[yes]
"Takes Medicaid" = "pay.medicaid"
[source]
name = "county"
title = "Example County list"
payment = "not_paid"
"""


def read(text: str | bytes = LIST, mapping: str = MAPPING) -> SourceReader:
    content = text if isinstance(text, bytes) else text.encode()
    vocabulary, gazetteer = Vocabulary.load(), Gazetteer.load()
    options = FeedOptions(mapping=mapping.encode())
    return table_reader(content, file_name="list.csv", vocabulary=vocabulary, gazetteer=gazetteer, options=options)


class TestReading:
    def test_columns_become_fields(self):
        """The mapping says which column is which; the gazetteer adds the point."""
        cedar, _ = read()

        assert (cedar.name, cedar.address.city, cedar.precision) == ("Cedar House", "Monument", Precision.ZIP)
        assert cedar.programs[0].phones[0].extension == "4"

    def test_words_become_concepts(self):
        """The mapping's words first, then the vocabulary's own names; others are kept and reported."""
        reader = read()
        cedar, _ = reader

        assert cedar.programs[0].offers[:2] == ("care.detox.residential", "care.detox")
        assert "pay.medicaid" in cedar.programs[0].offers

    def test_a_stated_no_is_an_answer(self):
        """A column that says no denies its concept; an empty one says nothing."""
        _, birch = read()

        assert birch.programs[0].denies == ("pay.medicaid",)

    def test_unmapped_columns_are_never_read(self):
        """What the mapping does not name, such as people, stays out."""
        assert b"Jane" not in msgspec.json.encode(list(read()))

    def test_the_mapping_states_the_source(self):
        """Its name and whether anybody pays to stand in it."""
        (source,) = read().sources

        assert (source.name, source.title, source.payment) == ("table:county", "Example County list", PaymentTerms.NOT_PAID)

    def test_a_workbook_is_read_alike(self):
        """The same list as XLSX."""
        book = Workbook()
        for line in LIST.splitlines():
            book.active.append(line.split(","))
        content = io.BytesIO()
        book.save(content)

        assert list(read(content.getvalue())) == list(read())

    def test_semicolons_and_tabs_separate_too(self):
        """Spreadsheets of other countries save CSV with semicolons."""
        text = (
            "Agency;Address;Town;St;Zip;Telephone;Services;Takes Medicaid\nCedar House;12 Elm Street;Monument;CO;80132;;Detox;\n"
        )

        assert [found.name for found in read(text)] == ["Cedar House"]

    def test_every_row_is_accounted_for(self):
        """A repeated row is merged, one without a name rejected, a second program of a place numbered."""
        again = "Birch House,9 Oak Street,Monument,CO,80132,,Outpatient,no,Someone Else\n"
        nameless = ",9 Oak Street,Monument,CO,80132,,Outpatient,no,\n"
        second = "Birch House,9 Oak Street,Monument,CO,80132,,Detox,no,\n"
        reader = read(LIST + again + nameless + second)
        items = list(reader)

        assert (reader.rows_read, reader.rows_merged) == (5, 1)
        assert [type(item) is Reject for item in items] == [False, False, True, False]
        assert items[-1].programs[0].key == "birch house|9 oak st|80132:2"

    @pytest.mark.parametrize(("old", "new", "field"), [("80132,719", "ABCDE,719", "zip")])
    def test_a_wrong_cell_rejects_its_row(self, old, new, field):
        """The reject names the field; the other row goes in."""
        first, second = read(LIST.replace(old, new))

        assert (first.field, second.name) == (field, "Birch House")

    def test_lines_serve_a_state(self):
        """A helpline has no point; it serves the state it names, else the nation."""
        (line,) = read("Line,State\nExample Line,Colorado\n", 'kind = "helpline"\n[columns]\nname = "Line"\nstate = "State"\n')

        assert (line.reach, line.states_served, line.lat) == (Reach.STATE, ("CO",), None)

    def test_a_list_of_meetings_keeps_their_rules(self):
        """Day and time become a session; what is private in a name or link is left out."""
        text = "Group,Day,Start,Street,Town,State,Zip,Link\n"
        text += "Sunrise pw 4711,Monday,7:30 pm,12 Elm Street,Monument,CO,80132,https://zoom.us/j/1?pwd=4711\n"
        mapping = 'kind = "meeting"\n[columns]\nname = "Group"\nday = "Day"\ntime = "Start"\nstreet = "Street"\ncity = "Town"\n'
        mapping += 'state = "State"\nzip = "Zip"\nconference_url = "Link"\n[source]\nfellowship = "NA"\n'
        (found,) = read(text, mapping)

        assert (found.name, found.conference_url) == ("Sunrise", "https://zoom.us/j/1")
        assert found.programs[0].schedule[0].start_minute == 1170
        assert found.programs[0].offers[0] == "group.na"


class TestMapping:
    @pytest.mark.parametrize(
        ("mapping", "said"),
        [
            pytest.param("columns = 1", "columns", id="wrong type"),
            pytest.param('[columns]\nname = "A"\nshoe_size = "B"', "shoe_size", id="unknown field"),
            pytest.param('[columns]\ncity = "A"', "name", id="no name"),
            pytest.param('[columns]\nname = "A"\n[words]\nx = "care.nothing"', "care.nothing", id="unknown concept"),
            pytest.param("[columns", "cannot be read", id="no TOML"),
        ],
    )
    def test_a_wrong_mapping_is_refused_with_its_reason(self, mapping, said):
        """Before any row is read, and naming what is wrong."""
        with pytest.raises(ImportRefused, match=said):
            read_mapping(mapping.encode(), Vocabulary.load())

    def test_a_missing_column_is_refused(self):
        """The list has changed, or the mapping is another list's."""
        with pytest.raises(ImportRefused, match="agency"):
            read("Name,Address\nCedar House,\n")

    def test_json_serves_as_well(self):
        """Whoever prefers it writes JSON."""
        assert read_mapping(b'{"columns": {"name": "Agency"}}', Vocabulary.load()).columns_of("name") == ("agency",)


class TestGuess:
    def test_a_first_mapping_can_be_read_and_used(self):
        """Headings give the fields, cells the words; it works as it is and asks to be edited."""
        guessed = first_mapping(LIST.encode(), "list.csv", Vocabulary.load())
        cedar, _ = read(mapping=guessed)

        assert (cedar.name, cedar.address.zip, "care.detox" in cedar.programs[0].offers) == ("Cedar House", "80132", True)

    def test_what_it_does_not_know_it_leaves_open(self):
        """Words without a concept stand there with nothing; columns that are neither known nor yes-or-no are left out."""
        guessed = tomllib.loads(first_mapping(LIST.encode(), "list.csv", Vocabulary.load()))

        assert guessed["words"]["Withdrawal unit"] == ""
        assert guessed["yes"] == {"Takes Medicaid": "pay.medicaid"}
        assert "Director" not in str(guessed)

    def test_days_and_times_are_meetings(self):
        """A list with both is taken for one of meetings."""
        assert 'kind = "meeting"' in first_mapping(b"Group,Day,Time\nSunrise,Monday,19:30\n", "x.csv", Vocabulary.load())

    def test_an_empty_file_is_refused(self):
        """There is nothing to guess from."""
        with pytest.raises(ImportRefused, match="empty"):
            first_mapping(b"", "x.csv", Vocabulary.load())
