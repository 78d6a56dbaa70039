"""Phone numbers reach the reader as the source printed them: no digit is changed, added or lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.sources.fields.phones import UnreadablePhone, read_phone

national = st.from_regex(r"[2-9][0-9]{9}", fullmatch=True)
extensions = st.from_regex(r"[0-9]{1,5}", fullmatch=True)


@given(national, extensions)
def test_no_digit_changes(digits, extension):
    """What a person would dial from the federal form is what is stored."""
    read = read_phone(f"{digits[:3]}-{digits[3:6]}-{digits[6:]} x{extension}")

    assert (read.number, read.extension) == (f"+1{digits}", extension)


@given(national, st.sampled_from(["({}) {}-{}", "{}.{}.{}", "1-{}-{}-{}", "+1 {} {} {}", "{}{}{}", " {}-{}-{} "]))
def test_punctuation_does_not_matter(digits, form):
    """All usual ways to write a number give the same one."""
    assert read_phone(form.format(digits[:3], digits[3:6], digits[6:])).number == f"+1{digits}"


@pytest.mark.parametrize(
    ("printed", "number", "extension"),
    [
        pytest.param("303-555-0123", "+13035550123", "", id="plain"),
        pytest.param("303-555-0123 ext. 45", "+13035550123", "45", id="extension in words"),
        pytest.param("303-555HELP", "+13035554357", "", id="letters for the last four"),
        pytest.param("303-5552DUI", "+13035552384", "", id="letters for the last three"),
        pytest.param("988", "988", "", id="short code"),
        pytest.param("+44 20 7946 0123", "+442079460123", "", id="another country"),
    ],
)
def test_forms_seen_in_sources(printed, number, extension):
    """Every form that the sources use is read."""
    read = read_phone(printed)

    assert (read.number, read.extension) == (number, extension)


NOT_NUMBERS = ["", "555-01", "303-555", "call us", "call us now", "103-555-0123", "303-555-01234", "٣٠٣٥٥٥٠١٢٣"]


@pytest.mark.parametrize("printed", NOT_NUMBERS)
def test_anything_else_is_refused(printed):
    """A text that is no number is never guessed into one."""
    with pytest.raises(UnreadablePhone, match="expected ten digits"):
        read_phone(printed)


def test_letters_are_reported():
    """A number spelt with letters says so, for the count of repairs."""
    assert read_phone("800-555HELP").spelt_with_letters
    assert not read_phone("800-555-0199 x3").spelt_with_letters
