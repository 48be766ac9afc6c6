"""The chart of what to find out first, and its section of a paper."""

import pytest

from simulation.analysis.discounting import discounted
from simulation.charts import CHARTS, reason_unavailable
from simulation.charts.information import information_chart
from simulation.report.content import build_paper
from tests.charts.conftest import chart_of, comparison_of, with_many_sets

pytestmark = pytest.mark.unit


def test_it_shows_groups_and_the_assumptions_worth_most_beside_shuffled_numbers():
    """No lever is pulled, so what levers do is not among them."""
    chart = chart_of("information", "no joint action")
    drawn = {text.get_text() for panel in chart.axes for text in panel.texts}
    assert {
        "All assumptions",
        "Opening trust",
        "What moves trust, and how fast",
        "not clear",
        "A survey of trust now",
    } <= drawn
    assert "What levers do" not in drawn
    assert chart.headline.startswith(
        "Knowing how much these organisations trust each other now would change the choice"
    )
    assert "“Not clear”: not distinguishable from 0." in chart.note
    assert set(chart.data["kind"]) == {"all", "group", "parameter", "survey"}


def test_it_has_a_section_of_the_paper_where_two_choices_were_run_at_enough_points():
    enough, few = with_many_sets("no joint action", 8), comparison_of("no joint action")
    heads = [chapter.head for chapter in build_paper(enough).chapters]
    assert "What to find out first" in heads
    assert "it takes 60" in reason_unavailable("information", few)
    assert "What to find out first" not in [chapter.head for chapter in build_paper(few).chapters]
    with pytest.raises(ValueError, match="this chart needs the value of information: positions are known at"):
        CHARTS["information"](few)


def test_it_says_at_what_rate_positions_are_discounted():
    results = with_many_sets("partnership", 8)
    at_rate = discounted(results, 3.5)
    words = "discounted at 3.5% a year"
    for found, said in ((results, False), (at_rate, True)):
        chart = information_chart(found)
        assert (words in chart.subtitle, words in chart.note) == (said, said)
        table, *_ = build_paper(found, with_charts=False).decision
        assert (words in dict(table.rows)["Should we find something out first?"]) == said
