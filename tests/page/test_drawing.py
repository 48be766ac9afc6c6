"""The drawing tools of the page: ticks, text, labels and colours."""

from itertools import pairwise
from math import floor, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.charts.drawing.labels import spread
from simulation.charts.drawing.palette import tint
from simulation.formatting import pounds
from tests.page import make_widths
from tests.page.node import call, needs_node
from tests.page.svg_layout import text_width

pytestmark = needs_node

AMOUNTS = st.floats(-1e5, 1e5).filter(lambda amount: amount == 0 or abs(amount) > 1e-4)
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc"]), max_size=60)
HEX = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)


@pytest.mark.property
@given(st.lists(st.tuples(st.lists(AMOUNTS, min_size=1, max_size=5), st.integers(2, 6)), min_size=40, max_size=40))
def test_an_axis_of_money_has_round_ticks_that_are_written_differently(cases):
    for (numbers, _), scale in zip(
        cases, call("drawing_axes.js", [["moneyScale", *case] for case in cases]), strict=True
    ):
        ticks = scale["ticks"]
        steps = [later - earlier for earlier, later in pairwise(ticks)]
        assert scale["low"] <= min(0, *numbers) <= max(0, *numbers) <= scale["high"]
        assert 0 in ticks
        assert len({pounds(tick) for tick in ticks}) == len(ticks) > 0
        assert all(scale["low"] - 1e-9 <= tick <= scale["high"] + 1e-9 for tick in ticks)
        for step in steps:
            assert step == pytest.approx(steps[0])
            first_digit = step / 10 ** floor(log10(step) + 1e-9)
            assert min(abs(first_digit - each) for each in (1, 2, 5)) < 1e-6


@pytest.mark.property
@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.integers(2, 8)), min_size=40, max_size=40))
def test_there_are_never_more_ticks_than_asked_for_and_one(cases):
    found = call("drawing_axes.js", [["roundTicks", low, low + span, most] for low, span, most in cases])
    assert all(len(ticks) <= most + 1 for ticks, (_, _, most) in zip(found, cases, strict=True))


@pytest.mark.property
@given(st.lists(st.tuples(LATIN, st.booleans()), min_size=60, max_size=60))
def test_a_text_is_never_wider_than_it_was_measured(cases):
    measured = call("drawing_lettering.js", [["measure", text, bold] for text, bold in cases])
    for (text, bold), width in zip(cases, measured, strict=True):
        assert text_width(text, 15, bold=bold) <= width + 1e-9


@pytest.mark.property
@given(st.lists(st.tuples(st.text(max_size=80), st.integers(40, 400)), min_size=40, max_size=40))
def test_lines_fit_and_no_letter_is_lost(cases):
    wrapped = call("drawing_lettering.js", [["wrap", text, width, {}] for text, width in cases])
    drawn = call("drawing_lettering.js", [["drawable", text] for text, _ in cases])
    widths = call("drawing_lettering.js", [["measure", line] for lines in wrapped for line in lines])
    limits = [width for (_, width), lines in zip(cases, wrapped, strict=True) for _ in lines]
    assert all(width <= limit for width, limit in zip(widths, limits, strict=True))
    for lines, text in zip(wrapped, drawn, strict=True):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.property
@given(st.lists(st.tuples(st.floats(-50, 450), st.floats(5, 60)), min_size=1, max_size=9))
def test_labels_are_moved_apart_as_those_of_the_charts(labels):
    wanted, sizes = ([each[part] for each in labels] for part in (0, 1))
    (found,) = call("drawing_labels.js", [["spread", wanted, sizes, 0.0, 400.0]])
    assert found == pytest.approx(spread(wanted, sizes, 0.0, 400.0))


@pytest.mark.property
@given(st.lists(st.tuples(HEX, st.floats(0, 1), HEX), min_size=40, max_size=40))
def test_tints_are_those_of_the_charts(cases):
    for (colour, strength, ground), found in zip(
        cases, call("drawing.js", [["tint", *each] for each in cases]), strict=True
    ):
        mixed = tint(colour, strength, ground)
        parts = [abs(int(found[at : at + 2], 16) - int(mixed[at : at + 2], 16)) for at in (1, 3, 5)]
        assert max(parts) <= 1, (found, mixed)


@pytest.mark.unit
def test_the_widths_of_letters_are_those_of_the_typeface():
    assert make_widths.FILE.read_text() == make_widths.script()


@pytest.mark.unit
def test_long_names_end_in_an_ellipsis():
    (lines,) = call("drawing_lettering.js", [["wrap", "word " * 40, 100, {"most": 2}]])
    assert len(lines) == 2
    assert lines[1].endswith("…")
