"""A sentence that names the scenario that leaves least also says how often it does; no point is named best."""

import re
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analysis.compare import compare
from simulation.charts import CHARTS, OF_COMPARISONS, chance, paired_difference, scenario_table
from simulation.charts.chance import headline as chance_headline
from simulation.charts.paired_difference import headline as paired_headline
from simulation.charts.scenario_table import headline as table_headline
from simulation.formatting import MINUS
from simulation.report.answer import answer_of
from simulation.report.content import build_paper
from simulation.results.comparison import Case, Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand

NAMES = ("no joint action", "by order", "in partnership", "by both")
SINGLES_OUT = re.compile(
    r"least|best|nearest|most often meets|closes .*more|clearly (less|more)|leaves .*(less|more) than"
)
NOT_VARIED = "assumptions were not varied"


def case(number, gap, varied=None):
    """Return a scenario that leaves a gap in every replicate, and one at each point if assumptions are varied."""
    assumed = None
    if varied is not None:
        points = np.array(varied, float)
        assumed = Replicates(columns={"gap": points[:, None]}, parameters={"exposure": np.arange(len(points)) / 100})
    study = Study(ensemble=by_hand(3, system={"gap": gap}), assumptions=assumed)
    name = NAMES[number]
    return Case(label=name, variant=name, gaps=np.full(3, gap), study=study, baseline=0 if number else None)


def comparison(*cases):
    scenario = cases[0].study.ensemble.scenario
    return Comparison(name="c", title="C", seed=1, replicates=3, cases=cases, scenario=scenario)


def sentences_of(found):
    """Return every headline, and every sentence of the answer."""
    differences = compare(found)
    said = [table_headline(found), chance_headline(found), *answer_of(found)]
    return said + ([paired_headline(found, differences)] if differences else [])


def is_fair(sentence, labels):
    """True if it says of the scenario that it names how often it leaves less than each of the others."""
    said = [
        label for label in labels if re.search(rf"less than {label} in [^,]+, no different in [^,]+, more in", sentence)
    ]
    alone = len(labels) == 2 and re.search(r"it leaves less in [^,]+, no different in [^,]+, more in", sentence)
    return bool(alone) or len(said) == len(labels) - 1


gaps = st.floats(0, 200).map(lambda amount: round(amount, 1))


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(st.lists(gaps, min_size=2, max_size=4), st.booleans(), st.data())
def test_a_scenario_that_is_singled_out_has_its_counts(ends, varied, data):
    points = [data.draw(st.lists(gaps, min_size=5, max_size=5)) if varied else None for _ in ends]
    found = comparison(*(case(number, end, at) for number, (end, at) in enumerate(zip(ends, points, strict=True))))
    labels = [each.label for each in found.cases]
    for sentence in sentences_of(found):
        if SINGLES_OUT.search(sentence) and "against its own plan" not in sentence:
            counts_all = is_fair(sentence, labels) if varied else NOT_VARIED in sentence
            is_of_the_baseline = sentence.startswith("Of 5 cases with uncertain assumptions, ")
            assert counts_all or is_of_the_baseline, sentence
        assert varied or NOT_VARIED in sentence or not re.search("leaves least|closes", sentence), sentence


@pytest.mark.unit
@pytest.mark.parametrize(
    ("ends", "varied", "words"),
    [
        ((40, 30), None, "By order leaves least: £30m, no joint action £40m; assumptions were not varied"),
        ((30, 40), None, "No scenario leaves clearly less than no joint action, £30m; assumptions were not varied"),
        ((40, 39.5), None, "No scenario leaves clearly less than no joint action, £40m; assumptions were not varied"),
        (
            (40, 30),
            ((50, 50, 50, 50), (60, 50.5, 40, 40)),
            "By order leaves least: £30m, no joint action £40m; of 4 cases with uncertain assumptions it leaves less "
            "than no joint action in 2, no different in 1, more in 1",
        ),
        (
            (30, 40),
            ((50, 50, 50, 50), (60, 50.5, 40, 40)),
            "No scenario leaves clearly less than no joint action, £30m; of 4 cases with uncertain assumptions it "
            "leaves less than by order in 1, no different in 1, more in 2",
        ),
        (
            (40, 30, 29.5),
            None,
            "In partnership leaves least, as does one other within £1m: £30m, no joint action £40m; assumptions were "
            "not varied",
        ),
        (
            (40, 30, 20),
            ((50, 50), (40, 60), (30, 30)),
            "The 3 scenarios leave £20m to £40m at the default assumptions; under others their order changes",
        ),
        (
            (40, 30, 20),
            ((50, 50), (40, 40), (30, 39.5)),
            "The 3 scenarios leave £20m to £40m at the default assumptions; under others their order stays the same",
        ),
    ],
)
def test_which_scenario_leaves_least(ends, varied, words):
    points = varied or (None,) * len(ends)
    found = comparison(*(case(number, end, at) for number, (end, at) in enumerate(zip(ends, points, strict=True))))
    assert table_headline(found) == words


@pytest.mark.unit
@pytest.mark.parametrize(
    ("varied", "words"),
    [
        (
            ((50, 50), (40, 49.5)),
            "By order closes £10m a year more than no joint action; of 2 cases with uncertain assumptions it leaves "
            "less in 1, no different in 1, more in 0",
        ),
        (
            ((50, 50), (40, 49.5), (60, 60)),
            "Of 2 cases with uncertain assumptions, by order leaves less than no joint action in 1, no different in 1, "
            "more in 0; in partnership in 0, 0, 2",
        ),
        (
            ((50, 50), (40, 49.5), (60, 60), (20, 20)),
            f"Mean differences from the baseline are {MINUS}£30m to {MINUS}£10m over the 4 scenarios",
        ),
    ],
)
def test_what_closes_more_where_assumptions_were_varied(varied, words):
    ends = (40, 30, 20, 10)
    found = comparison(*(case(number, ends[number], at) for number, at in enumerate(varied)))
    assert paired_headline(found, compare(found)) == words


@pytest.mark.unit
def test_the_paper_compares_the_scenario_that_leaves_least_with_every_other():
    found = comparison(case(0, 40, (50, 50)), case(1, 30, (40, 60)), case(2, 20, (45, 45)))
    assert answer_of(found)[1] == (
        "In partnership leaves least, £20m (£45m allowing for uncertain assumptions): with the same random "
        "events £20m less than no joint action, and less in 3 of 3 simulated runs by chance alone; of 2 cases with "
        "uncertain assumptions it leaves less than no joint action in 2, no different in 0, more in 0; less than by "
        "order in 1, no different in 0, more in 1."
    )


def points(*ends, variants=2):
    """Return sets of assumptions as cases: each variant at each of them."""
    cases = []
    for number, end in enumerate(ends):
        for which in range(variants):
            made = case(which, end - 10.0 * which)
            label, base = f"{made.label}, exposure 0.{number}", number * variants if which else None
            cases.append(replace(made, label=label, values={"parameters.exposure": number / 10}, baseline=base))
    return replace(comparison(*cases), factors=("parameters.exposure",))


@pytest.mark.unit
@pytest.mark.parametrize("ends", list(permutations((30.0, 60.0, 90.0))))
@pytest.mark.parametrize("variants", [1, 2])
def test_where_assumptions_are_varied_no_point_is_named(ends, variants):
    found = points(*ends, variants=variants)
    paper = build_paper(found)
    charts = [CHARTS[name](found) for name in OF_COMPARISONS if name in {each.chart.name for each in paper.findings}]
    assert paper.losers is None
    for sentence in (
        *paper.answer,
        paper.scenarios.caption,
        *(chart.headline for chart in (*charts, scenario_table(found))),
    ):
        assert "exposure 0." not in sentence
        assert not re.search("least|best|nearest", sentence), sentence
    shown = [row[0].lower() for row in paper.scenarios.rows]
    assert shown == [each.label for each in found.cases][: len(shown)]


@pytest.mark.unit
def test_alternative_texts_name_nobody_best():
    found = comparison(case(0, 40, (50, 50)), case(1, 30, (40, 60)), case(2, 20, (45, 45)))
    for chart in (scenario_table(found), chance(found), paired_difference(found)):
        assert not re.search("least|best|nearest", chart.alt)
