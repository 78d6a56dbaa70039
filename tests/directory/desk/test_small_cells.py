"""No number under 11 is ever written, and none follows from those that are."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.desk.small_cells import LEAST, Column, publishable

COUNTS = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 40), min_size=1)


class TestAColumn:
    def test_small_cells_stand_together(self):
        assert publishable({"a": 40, "b": 7, "c": 6}) == Column((("a", 40),), 13, 53)

    def test_one_small_cell_takes_the_next_smallest_with_it(self):
        """Else the sum minus the others would be the small cell."""
        assert publishable({"a": 40, "b": 15, "c": 3}) == Column((("a", 40),), 18, 58)

    def test_several_that_are_small_together_take_another_with_them(self):
        assert publishable({"a": 40, "b": 15, "c": 3, "d": 2}) == Column((("a", 40),), 20, 60)

    def test_a_column_without_small_cells_is_written_whole(self):
        assert publishable({"a": 40, "b": 11}) == Column((("a", 40), ("b", 11)), None, 51)

    def test_a_small_sum_is_not_written(self):
        assert publishable({"a": 4, "b": 6}) == Column((), None, None)

    def test_a_key_that_nobody_counted_is_a_small_cell(self):
        """Where all keys are known, a missing one would be a nought, which is under 11 too."""
        assert publishable({"a": 40, "b": 15, "c": 0}) == Column((("a", 40),), 15, 55)


class TestWhateverWasCounted:
    @given(COUNTS)
    def test_no_number_is_small(self, counts):
        assert all(number >= LEAST for number in publishable(counts).numbers().values())

    @given(COUNTS)
    def test_no_small_cell_follows_from_what_is_written(self, counts):
        """What is left out is never one cell alone, and never a small sum: neither by itself nor as a difference."""
        written = publishable(counts)
        left_out = [number for key, number in counts.items() if key not in dict(written.cells)]
        if written.total is not None and left_out:
            assert len(left_out) >= 2
            assert written.total - sum(number for _, number in written.cells) == sum(left_out) >= LEAST

    @given(COUNTS)
    def test_what_is_written_is_true(self, counts):
        written = publishable(counts)
        assert all(counts[key] == number for key, number in written.cells)
        assert written.total in (None, sum(counts.values()))


@pytest.mark.parametrize("size", [1, 2])
def test_no_sum_of_few_written_cells_isolates_one_left_out(size):
    """A worked example: whatever a reader takes from the sum, more than one small cell is in the rest."""
    written = publishable({"a": 50, "b": 30, "c": 20, "d": 5, "e": 1})
    assert written.total is not None
    for taken in combinations([number for _, number in written.cells], size):
        assert written.total - sum(taken) > 5 + 1
