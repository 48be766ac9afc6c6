"""The verdict on more pairs of choices than a page has room for."""

import numpy as np
import pytest

from simulation.analysis.verdict import find_verdict
from simulation.charts.verdict import verdict_chart
from simulation.results.comparison import Case, Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.made_up_cases import made_up_case

pytestmark = pytest.mark.unit

POINTS = np.arange(100) / 100


def case(label: str, gap: float) -> Case:
    """A choice that leaves the same at all sets of assumptions."""
    columns = {"gap": np.full((100, 1), gap), "cumulative_position": np.full((100, 1), -gap)}
    study = Study(ensemble=by_hand(4), assumptions=Replicates(columns=columns, parameters={"exposure": POINTS}))
    return made_up_case(label=label, variant=label, gaps=np.full(4, gap), study=study)


def choices(number: int, best: int) -> Comparison:
    """So many choices, of which the last few leave £20m and the others more, each £5m less than the one before."""
    cases = [case(f"choice {each}", 20.0 + 5 * max(0, number - best - each)) for each in range(number)]
    scenario = cases[0].study.ensemble.scenario
    return Comparison(name="c", title="C", seed=1, replicates=4, cases=tuple(cases), scenario=scenario)


def test_six_choices_have_all_their_pairs():
    chart = verdict_chart(choices(6, 3))
    assert "pairs" not in chart.note
    assert len(rows_of(chart)) == 15


def test_of_more_choices_those_are_shown_that_no_other_beats_and_those_with_the_first():
    """Of seven choices three are best: their three pairs, and the six with the first."""
    compared = choices(7, 3)
    chart, found = verdict_chart(compared), find_verdict(compared)
    assert len(found.unbeaten) == 3
    shown = rows_of(chart)
    assert len(shown) == 3 + 6
    assert "Of 21 pairs 9 are shown, first those of choices that no other beats, then those with " in chart.note
    assert len(chart.data) == len(found.pairs)
    assert "between 21 pairs of choices" in chart.alt


def test_a_chart_of_many_choices_is_no_taller_than_one_of_six():
    assert verdict_chart(choices(12, 12)).picture_height <= 1.2 * verdict_chart(choices(6, 6)).picture_height


def rows_of(chart) -> list[str]:
    """The grades that are written, one for each pair."""
    texts = [text.get_text() for axes in chart.axes for text in axes.texts]
    return [each for each in texts if each.startswith(("no clear", "not established", "better", "robustly", "worse"))]
