"""Slides can be read across a room: few, in large letters, with nothing over another or off the slide."""

from io import BytesIO

import pytest
from pptx import Presentation

from simulation.report.arial import LINE, height_of, lines_of, width_of
from simulation.report.pptx import MOST_SLIDES, write_pptx
from simulation.report.slide import FONT, NOTE_SIZE
from tests.report.conftest import paper_of

pytestmark = pytest.mark.unit

KINDS = [("single", "no joint action"), ("compared", "no joint action"), ("compared", "hard names"),
         ("grid", "no joint action"), ("sobol", "no joint action")]  # fmt: skip
ROUNDING = 0.02


def slides_of(kind, name):
    return Presentation(BytesIO(write_pptx(paper_of(kind, name))))


def box_of(shape):
    """Left, top, right and foot, cm; of text as far as its lines reach."""
    left, top, wide, tall = (each.cm for each in (shape.left, shape.top, shape.width, shape.height))
    if shape.has_text_frame:
        paragraphs = [each for each in shape.text_frame.paragraphs if each.text]
        tall = sum(
            height_of(each.text, each.font.size.pt, wide, bold=bool(each.font.bold))
            + (each.space_after.cm if each is not paragraphs[-1] else 0)
            for each in paragraphs
        )
    return left, top, left + wide, top + tall


def letters_of(shape):
    """Size and family of every paragraph with text."""
    frames = [shape.text_frame] if shape.has_text_frame else []
    if shape.has_table:
        frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return [(each.font.size.pt, each.font.name) for frame in frames for each in frame.paragraphs if each.text]


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_nothing_leaves_a_slide_or_lies_over_another(kind, name):
    deck = slides_of(kind, name)
    for number, slide in enumerate(deck.slides, 1):
        boxes = [box_of(shape) for shape in slide.shapes if not (shape.has_text_frame and not shape.text_frame.text)]
        for left, top, right, foot in boxes:
            assert left >= 0, (number, slide.shapes.title.text)
            assert right <= deck.slide_width.cm + ROUNDING
            assert top >= 0
            assert foot <= deck.slide_height.cm + ROUNDING, (number, slide.shapes.title.text)
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert min(across, down) <= ROUNDING, (number, slide.shapes.title.text, one, other)


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_letters_are_large_and_of_a_family_that_every_machine_has(kind, name):
    deck = slides_of(kind, name)
    assert len(deck.slides) <= MOST_SLIDES
    for slide in deck.slides:
        for shape in slide.shapes:
            for size, family in letters_of(shape):
                assert family == FONT
                assert size >= (12 if shape.has_table else NOTE_SIZE)


def test_a_table_of_several_slides_is_split_evenly():
    """Eleven rows are not split into nine and two."""
    from dataclasses import replace

    from simulation.report.slide_pages import table_pages

    table = paper_of("compared").scenarios
    many = replace(table, rows=table.rows[:1] * 40)
    pages = [page.draw.keywords["table"] for page in table_pages(many)]
    counts = [len(page.rows) for page in pages]
    assert sum(counts) == 40
    assert len(counts) > 1
    assert max(counts) - min(counts) <= 2


def test_a_slide_that_goes_on_with_a_scenario_says_which_and_none_ends_with_a_name_alone():
    """Five scenarios of 11 lines each, on slides that begin within one and between two."""
    from dataclasses import replace

    from simulation.report.slide_pages import table_pages

    (table, *_) = paper_of("compared").finance
    line = next(row for row in table.rows if len(row) > 1)
    lines = [(f"Line {number}", *line[1:]) for number in range(11)]
    names = [f"Scenario {number}" for number in range(5)]
    pages = list(table_pages(replace(table, rows=tuple(row for name in names for row in ((name,), *lines)))))
    shown = [page.draw.keywords["table"].rows for page in pages]
    assert len(shown) > 1
    under, name = [], ""
    for rows in shown:
        assert len(rows[0]) == 1
        assert len(rows[-1]) > 1
        for row in rows:
            name = row[0].removesuffix(" (continued)") if len(row) == 1 else name
            under += [(name, row[0])] if len(row) > 1 else []
    assert under == [(name, row[0]) for name in names for row in lines]
    assert any(rows[0][0].endswith(" (continued)") for rows in shown)


def test_words_are_as_wide_as_in_the_tables_of_the_typeface():
    """By Helvetica's metrics, which Arial has: H 722, e 556, a 556, l 222, t 278, h 556."""
    assert width_of("Health", 1000) * 28.35 == pytest.approx(722 + 556 + 556 + 222 + 278 + 556)
    assert width_of("Health", 10, bold=True) > width_of("Health", 10)
    assert lines_of("one two three", 10, width_of("one two", 10)) == 2
    assert lines_of("unbreakable" * 3, 10, width_of("unbreakable", 10) + 0.01) == 3
    assert height_of("one", 10, 9) == pytest.approx(10 * LINE / 28.35)
