"""Charts of a scenario and its baseline in one picture, tested as every chart is."""

from functools import cache

import pytest
from matplotlib.colors import to_hex

from simulation import run_comparison
from simulation.charts.against_baseline import AGAINST_BASELINE, gap, question_mix
from simulation.charts.against_baseline import plan_against_delivery as delivery
from simulation.charts.against_baseline import trust_map as trust
from simulation.charts.against_baseline import who_wins as wins
from simulation.charts.against_baseline.pair import reason_no_pair
from simulation.charts.drawing.palette import contrast
from simulation.charts.drawing.publish import csv_text, svg_text
from simulation.charts.drawing.theme import NHS
from simulation.scenario.changes import with_levers
from simulation.scenario.schema import Scenario
from tests.charts.conftest import PARTNERSHIP, PLACES
from tests.charts.test_every_chart import boxes_of, texts_of
from tests.places import place

pytestmark = pytest.mark.unit

every_chart = pytest.mark.parametrize("name", AGAINST_BASELINE)
NAMES = ("as it stands", "with your changes")


@cache
def pair_of(where, replicates=8):
    """A place without levers and with every lever of partnership."""
    scenario = Scenario.model_validate(PLACES[where])
    changed = with_levers(scenario, **dict.fromkeys(map(str, PARTNERSHIP), 1.0))
    return run_comparison(
        dict(zip(NAMES, (scenario, changed), strict=True)),
        replicates=replicates,
        seed=1,
        supporting_runs=where == "no joint action",
        engine="mesa",
    )


@cache
def chart_of(name, where="no joint action", replicates=8):
    return AGAINST_BASELINE[name](pair_of(where, replicates))


@every_chart
@pytest.mark.parametrize(
    "where", ["no joint action", "gap grows", "nowhere", "one month", "no programmes", "not yet open", "hard names"]
)
@pytest.mark.filterwarnings("error")
def test_any_pair_can_be_drawn_with_its_texts_on_the_page_and_off_each_other(name, where):
    chart = chart_of(name, where)
    assert chart.headline
    assert chart.alt
    assert len(chart.data)
    boxes = boxes_of(chart)
    width, height = chart.canvas.get_width_height()
    for index, (text, box) in enumerate(boxes):
        assert -1 <= box.x0 <= box.x1 <= width + 1, text.get_text()
        assert -1 <= box.y0 <= box.y1 <= height + 1, text.get_text()
        for other, earlier in boxes[:index]:
            across = min(box.x1, earlier.x1) - max(box.x0, earlier.x0)
            along = min(box.y1, earlier.y1) - max(box.y0, earlier.y0)
            assert across <= 1 or along <= 3, (text.get_text(), other.get_text())


@every_chart
@pytest.mark.parametrize("theme", [None, NHS], ids=["analysis function", "nhs"])
def test_texts_and_lines_stand_out_and_none_is_small(name, theme):
    chart = AGAINST_BASELINE[name](pair_of("no joint action"), **({} if theme is None else {"theme": theme}))
    ground = to_hex(chart.get_facecolor())
    for text in texts_of(chart):
        assert contrast(to_hex(text.get_color()), ground) >= 4.5, text.get_text()
        assert text.get_size() >= 9, text.get_text()
    drawn = [line.get_color() for panel in chart.axes for line in panel.get_lines()]
    drawn += [
        each.get_edgecolor()[0] for panel in chart.axes for each in panel.collections if len(each.get_edgecolor())
    ]
    for colour in map(to_hex, drawn):
        is_quiet = colour.upper() in {ground.upper(), chart.theme.palette.grid.upper()}
        assert is_quiet or contrast(colour, ground) >= 3, colour


@every_chart
def test_one_replicate_is_called_one_and_has_no_bands(name):
    chart = chart_of(name, replicates=1)
    assert "ne simulated run" in chart.subtitle
    assert "9 in 10" not in chart.subtitle


@every_chart
def test_the_data_names_both_scenarios_and_the_picture_repeats(name):
    chart = chart_of(name)
    text = csv_text(chart.data)
    assert all(each in text for each in NAMES)
    assert svg_text(chart) == svg_text(AGAINST_BASELINE[name](pair_of("no joint action")))


@every_chart
def test_letters_can_stay_letters(name):
    drawn = svg_text(chart_of(name), picture_only=True, letters="text")
    assert "<text" in drawn
    assert len(drawn) < len(svg_text(chart_of(name), picture_only=True))
    assert "<text" not in svg_text(chart_of(name), picture_only=True)


def test_trust_is_shown_of_the_month_that_is_asked_for():
    whole = pair_of("no joint action")
    first, last = (AGAINST_BASELINE["trust_map_against_baseline"](whole, month=month) for month in (0, 23))
    assert "April 2020" in first.headline
    assert "March 2022" in last.headline
    assert set(first.data["month"]) == {"2020-04"}


def test_what_cannot_be_shown_in_one_picture_is_said():
    one = Scenario.model_validate(place(months=3))
    other = Scenario.model_validate(place(months=4))
    assert "not of the same organisations in the same months" in reason_no_pair(
        run_comparison({"a": one, "b": other}, replicates=1, seed=1, engine="mesa")
    )
    alone = run_comparison({"a": one}, replicates=1, seed=1, engine="mesa")
    assert "two scenarios" in reason_no_pair(alone)
    with pytest.raises(ValueError, match="two scenarios"):
        AGAINST_BASELINE["gap_against_baseline"](alone)


@pytest.mark.parametrize(
    ("baseline", "changed", "words"),
    [
        (135, 46, "With your changes £46m is left in March 2019: £89m less than as it stands"),
        (46, 135, "With your changes £135m is left in March 2019: £89m more than as it stands"),
        (135, 134, "With your changes the gap hardly changes: £134m is left in March 2019, as it stands £135m"),
    ],
)
def test_the_gaps_headline_goes_down_up_and_nowhere(baseline, changed, words):
    assert gap.headline(baseline, changed, 216, "March 2019", NAMES) == words


@pytest.mark.parametrize(
    ("baseline", "changed", "words"),
    [
        (0.25, 0.98, "The question turns: with your changes 98% ask"),
        (0.98, 0.25, "The question turns back: with your changes 25% ask"),
        (0.25, 0.4, "More ask for all"),
        (0.4, 0.25, "Fewer ask for all"),
        (0.25, 0.26, "The question hardly changes"),
        (float("nan"), float("nan"), "No questions are asked"),
    ],
)
def test_the_questions_headline_says_which_way_it_turns(baseline, changed, words):
    assert question_mix.headline(baseline, changed, "March 2019", NAMES).startswith(words)


@pytest.mark.parametrize(
    ("baseline", "changed", "words"),
    [
        (0.3, 0.7, "There is more trust in March 2019: 0.70 with your changes, 0.30 as it stands"),
        (0.7, 0.3, "There is less trust in March 2019: 0.30 with your changes, 0.70 as it stands"),
        (0.3, 0.31, "Trust is much the same in March 2019: 0.31 with your changes, 0.30 as it stands"),
        (float("nan"), float("nan"), "No two organisations have dealings with each other"),
    ],
)
def test_trusts_headline_says_more_less_or_the_same(baseline, changed, words):
    assert trust.headline(baseline, changed, "March 2019", NAMES) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((3.0, 1.0), "2 of 2 organisations are better off than as it stands, and nobody is worse off"),
        ((3.0, -1.0), "1 of 2 organisations are better off than as it stands, 1 worse off: B loses most, £1m"),
        ((0.0, 0.01), "Nobody’s books change with your changes"),
    ],
)
def test_the_books_headline_names_who_loses_most(changes, words):
    assert wins.headline(changes, ("A", "B"), NAMES) == words


def test_deliverys_headline_goes_by_what_is_delivered():
    charts = [
        chart_of("plan_against_delivery_against_baseline", where) for where in ("no joint action", "no programmes")
    ]
    assert charts[0].headline.split(":")[0] in {"More is delivered", "Less is delivered", "Delivery hardly changes"}
    assert charts[1].headline == "There is no plan: the place has no programmes"
    paper = delivery.compare_plan(pair_of("no joint action").cases[1].study.ensemble).place
    assert delivery.headline(paper, paper, NAMES).startswith("Delivery hardly changes")
