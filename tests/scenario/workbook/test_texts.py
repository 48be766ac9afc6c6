"""Text in cells is read back exactly as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.workbook.texts import read_text, row_names, write_text

ODD = st.text(st.sampled_from("_x0041F \t\n\r\x07\xa0\ufffe£é😀"), max_size=12) | st.text(st.characters(codec="utf-8"))


@pytest.mark.property
@given(ODD)
def test_any_text_comes_back_as_it_was(text):
    assert read_text(write_text(text)) == text


@pytest.mark.unit
@pytest.mark.parametrize("typed", ["hospital", " hospital", "hospital\xa0", "\n hospital "])
def test_spaces_at_the_ends_are_no_part_of_a_text(typed):
    assert read_text(typed) == "hospital"


@pytest.mark.unit
def test_rows_with_one_key_are_numbered_and_every_name_differs():
    assert row_names(["a", "b", "a", "a 2", "a"]) == ["a", "b", "a 2", "a 2 2", "a 3"]
