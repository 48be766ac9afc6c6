"""Tests of every chart, whatever the results: it can be read, it says what it shows, and it repeats."""

import csv
import re
from io import StringIO

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from simulation.charts import CHARTS, publish
from simulation.charts.drawing.fitting import MOST_LINES, TEXT_WIDTH
from simulation.charts.drawing.lettering import wrap
from simulation.charts.drawing.palette import contrast
from simulation.charts.drawing.publish import csv_text, svg_text
from simulation.charts.drawing.theme import HEADLINE_SIZE, NHS
from tests.charts.conftest import HARD_NAME, can_be_drawn, chart_of, results_of

pytestmark = pytest.mark.unit

every_chart = pytest.mark.parametrize("name", CHARTS)

of_chance = pytest.mark.parametrize(
    "name", [name for name in CHARTS if name not in {"tornado", "actuals", "sensitivity"}]
)
"""Not the charts of observed numbers and of assumptions, which a single replicate does not vary."""


HEAT_MAPS = ("trust_matrix", "gap_by_point", "best_by_point")
"""Charts with text on fills, whose contrast is tested with the fills."""


def usual(name, place="no joint action"):
    """Return the place to try a chart on: one that has what it shows."""
    return "observed" if name in {"actuals", "observed_trust", "reported"} else place


def texts_of(chart):
    """Every text that is drawn; matplotlib also keeps tick labels beyond the ends of an axis, which are not."""
    texts = [*chart.texts, *(text for panel in chart.axes for text in panel.texts)]
    for panel in (panel for panel in chart.axes if panel.axison):
        for axis, (low, high) in ((panel.xaxis, panel.get_xlim()), (panel.yaxis, panel.get_ylim())):
            labels = zip(axis.get_ticklabels(), axis.get_ticklocs(), strict=True)
            texts += [label for label, at in labels if low <= at <= high]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def boxes_of(chart):
    """Return every visible text with its box in pixels."""
    FigureCanvasAgg(chart)
    chart.draw_without_rendering()
    renderer = chart.canvas.get_renderer()
    return [(text, text.get_window_extent(renderer)) for text in texts_of(chart)]


@every_chart
def test_what_a_chart_is_tried_on_has_what_it_shows(name):
    """So that no test below passes by being skipped."""
    assert can_be_drawn(name, usual(name))
    assert can_be_drawn(name, usual(name, "partnership"))
    assert can_be_drawn(name, "hard names")


@every_chart
def test_any_result_can_be_drawn_with_a_headline_and_a_subtitle_of_two_lines_at_most(name, place_name):
    chart = chart_of(name, place_name)
    assert chart.headline
    assert chart.alt
    assert len(chart.data)
    assert len(wrap(chart.headline, TEXT_WIDTH, HEADLINE_SIZE, bold=True)) <= MOST_LINES
    assert len(wrap(chart.subtitle, TEXT_WIDTH)) <= MOST_LINES


@of_chance
def test_one_replicate_is_called_one_and_has_no_bands(name):
    chart = chart_of(name, usual(name), 1)
    assert "one simulated run" in chart.source
    assert "ne simulated run" in chart.subtitle + chart.note
    assert "9 in 10" not in chart.subtitle + chart.note


@every_chart
@pytest.mark.filterwarnings("error")
def test_texts_stay_on_the_page_and_off_each_other(name, place_name):
    chart = chart_of(name, place_name)
    boxes = boxes_of(chart)
    width, height = chart.canvas.get_width_height()
    for text, box in boxes:
        assert box.x0 >= -1, text.get_text()
        assert box.x1 <= width + 1, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.y1 <= height + 1, text.get_text()
    for index, (text, box) in enumerate(boxes):
        for other, earlier in boxes[:index]:
            across = min(box.x1, earlier.x1) - max(box.x0, earlier.x0)
            along = min(box.y1, earlier.y1) - max(box.y0, earlier.y0)
            assert across <= 1 or along <= 3, (text.get_text(), other.get_text())


@every_chart
@pytest.mark.parametrize("theme", [None, NHS], ids=["analysis function", "nhs"])
def test_texts_and_lines_stand_out(name, theme):
    chart = CHARTS[name](results_of(name, usual(name, "partnership")), **({} if theme is None else {"theme": theme}))
    ground = to_hex(chart.get_facecolor())
    for text in texts_of(chart):
        if name not in HEAT_MAPS:
            assert contrast(to_hex(text.get_color()), ground) >= 4.5, text.get_text()
    for panel in chart.axes:
        for line in panel.get_lines():
            colour = to_hex(line.get_color())
            is_rim, is_grid = colour == ground, colour.upper() == chart.theme.palette.grid.upper()
            assert is_rim or is_grid or contrast(colour, ground) >= 3, colour
        for bar in panel.patches:
            if bar.get_fill() and name not in HEAT_MAPS:
                assert contrast(to_hex(bar.get_facecolor()), ground) >= 3, to_hex(bar.get_facecolor())


@every_chart
def test_no_text_is_small_or_turned(name):
    for text in texts_of(chart_of(name, usual(name))):
        assert text.get_size() >= 9, text.get_text()
        assert text.get_rotation() == 0, text.get_text()


@every_chart
def test_no_more_than_four_categories_by_colour(name):
    chart = chart_of(name, usual(name, "partnership"))
    used = {to_hex(line.get_color()).upper() for panel in chart.axes for line in panel.get_lines()}
    assert len(used & set(chart.theme.palette.categorical)) <= 4


@every_chart
def test_the_source_says_how_to_reproduce_it(name):
    chart = chart_of(name, usual(name))
    if name == "actuals":
        assert chart.source == "Source: observed figures of scenario “A made-up place”, no source given."
        return
    for part in ("A made-up place", "seed 1", "8 simulated runs", "version 0.0.0", "2026-01-01"):
        assert part in chart.source


@every_chart
def test_files_repeat_byte_for_byte(name, tmp_path):
    once = publish(CHARTS[name](results_of(name, usual(name))), tmp_path / "once")
    again = publish(CHARTS[name](results_of(name, usual(name))), tmp_path / "again")
    assert [path.suffix for path in once] == [".png", ".svg", ".csv", ".txt"]
    for one, other in zip(once, again, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


@every_chart
def test_names_are_data_and_never_run(name):
    chart = chart_of(name, "hard names")
    assert "<script>" not in svg_text(chart)
    assert HARD_NAME in chart.headline + chart.subtitle + chart.note + chart.alt + chart.source
    for row in csv.reader(StringIO(csv_text(chart.data), newline="")):
        for cell in row:
            is_number = re.fullmatch(r"-?[0-9.]+(e[+-]?[0-9]+)?", cell)
            assert is_number or not cell.startswith(("=", "+", "-", "@")), cell


@every_chart
def test_a_picture_has_a_title_and_a_description(name):
    chart = chart_of(name, usual(name))
    svg = svg_text(chart)
    assert 'role="img"' in svg
    assert f'<title id="{chart.name}-title">' in svg
    assert f'<desc id="{chart.name}-description">' in svg


def test_letters_can_stay_letters_which_makes_a_picture_shorter():
    chart = chart_of("trajectory", "no joint action")
    shapes, letters = (svg_text(chart, picture_only=True, letters=each) for each in ("shapes", "text"))
    assert ("<text" in shapes, "<text" in letters) == (False, True)
    assert len(letters) < len(shapes)
