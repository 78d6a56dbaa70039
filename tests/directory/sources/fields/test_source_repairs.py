"""Known defects of source files are mended, each mending counted; nothing is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.sources.fields.repairs import Mender, Repair


@pytest.fixture
def mender() -> Mender:
    return Mender()


class TestZipCodes:
    @given(st.integers(min_value=100, max_value=99_999))
    def test_zeros_that_a_spreadsheet_dropped_come_back(self, number):
        """A ZIP code read as a number and written again is five digits, and the same number."""
        mended = Mender().zip_code(str(number))

        assert len(mended) == 5
        assert int(mended) == number

    def test_the_plus_four_goes(self, mender):
        """Only five digits are kept, also when the hyphen and a zero were lost."""
        assert mender.zip_code("80132-1234") == "80132"
        assert mender.zip_code("21391234") == "02139"
        assert mender.counts == {Repair.ZIP_PLUS_FOUR: 2, Repair.LOST_ZIP_ZEROS: 1}

    @pytest.mark.parametrize("text", ["12", "8013X", "801322", "٨٠١٣٢"])
    def test_what_is_no_zip_code_is_refused(self, mender, text):
        """A wrong ZIP code would move a place: it is an error, not a repair."""
        with pytest.raises(ValueError, match="five digits"):
            mender.zip_code(text)


class TestNames:
    def test_a_shouted_name_is_quietened(self, mender):
        """A whole name in capitals gets ordinary case; its acronyms and small words keep theirs."""
        assert mender.name("HILLSIDE RECOVERY CENTER OF BOSTON LLC") == "Hillside Recovery Center of Boston LLC"
        assert mender.counts[Repair.NAME_IN_CAPITALS] == 1

    @pytest.mark.parametrize("name", ["MCCA", "MIND 24/7", "BHG XXXVIII LLC", "SOAP MAT LLC", "Cedar House VA"])
    def test_acronyms_stay(self, mender, name):
        """Short names in capitals are acronyms: "Mcca" would be wrong."""
        assert mender.name(name) == name
        assert not mender.counts

    def test_stray_blanks_go(self, mender):
        """Blanks at the ends and doubled ones are counted once per value."""
        assert mender.name(" Cedar  House ") == "Cedar House"
        assert mender.counts == {Repair.STRAY_SPACES: 1}

    def test_a_lost_character_between_letters_was_an_apostrophe(self, mender):
        """The replacement character never reaches a reader."""
        assert mender.text("Women\N{REPLACEMENT CHARACTER}s Center") == "Women's Center"
        assert mender.text("Center \N{REPLACEMENT CHARACTER} North") == "Center North"

    def test_invisible_characters_go(self, mender):
        """A mark that turns the direction of writing could move a label behind the name."""
        assert mender.name("Cedar\u202e House\u200b\x00") == "Cedar House"
        assert mender.counts == {Repair.INVISIBLE_CHARACTER: 1}


class TestBytes:
    def test_windows_1252_among_utf_8(self, mender):
        """Each line is read in the encoding it is in; the byte order mark of the first is dropped."""
        lines = list(mender.lines([b"\xef\xbb\xbfname\n", "Clínica\n".encode(), "Clínica\n".encode("cp1252")]))

        assert lines == ["name\n", "Clínica\n", "Clínica\n"]
        assert mender.counts == {Repair.WINDOWS_1252: 1}


@pytest.mark.parametrize("printed", ["- - -", "---", "--", "-"])
def test_dashes_for_a_street_mean_that_it_is_withheld(mender, printed):
    """The federal list prints dashes where a shelter's street would stand."""
    assert mender.street(printed) == ("", True)


def test_an_empty_street_is_not_withheld(mender):
    """Nothing stated is not the same as held back."""
    assert mender.street("") == ("", False)
