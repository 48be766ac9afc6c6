"""No headline and no sentence calls a scenario better without its standing over uncertain assumptions."""

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
from simulation.report.answer import answer_of
from simulation.report.content import build_paper
from simulation.report.subject import subject_of
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.made_up_cases import made_up_case

NAMES = ("no joint action", "by order", "in partnership", "by both", "by neither")
SINGLES_OUT = re.compile(r"least|best|nearest|most often meets|closes .*more|clearly|leaves .*(less|more) than")
NOT_VARIED = "assumptions were not varied"


def case(number, gap, varied=None):
    """Return a scenario that leaves a gap in every replicate, and one at each point if assumptions are varied."""
    assumed = None
    if varied is not None:
        points = np.array(varied, float)
        columns = {"gap": points[:, None], "cumulative_position": np.zeros((len(points), 1))}
        assumed = Replicates(columns=columns, parameters={"exposure": np.arange(len(points)) / 100})
    study = Study(ensemble=by_hand(3, system={"gap": gap}), assumptions=assumed)
    name = NAMES[number]
    gaps, positions = np.full(3, gap), np.zeros(3)
    return made_up_case(
        label=name, variant=name, gaps=gaps, positions=positions, study=study, baseline=0 if number else None
    )


def hundred(gaps):
    """Repeat gaps until there are a hundred: fewer points than 59 show nothing nearly everywhere."""
    return tuple(gaps) * (100 // len(gaps))


def comparison(*cases):
    scenario = cases[0].study.ensemble.scenario
    return Comparison(name="c", title="C", seed=1, replicates=3, cases=cases, scenario=scenario)


def sentences_of(found):
    """Return every headline, and every sentence of the answer."""
    differences = compare(found)
    said = [table_headline(found), chance_headline(found), *answer_of(found, subject_of(found))]
    return said + ([paired_headline(found, differences)] if differences else [])


gaps = st.floats(0, 200).map(lambda amount: round(amount, 1))


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(st.lists(gaps, min_size=2, max_size=5), st.booleans(), st.data())
def test_no_scenario_is_called_better_without_its_standing_over_the_ranges(ends, varied, data):
    """A sentence that singles one out counts cases, or says that assumptions were not varied."""
    points = [data.draw(st.lists(gaps, min_size=5, max_size=5)) if varied else None for _ in ends]
    found = comparison(*(case(number, end, at) for number, (end, at) in enumerate(zip(ends, points, strict=True))))
    for sentence in sentences_of(found):
        if SINGLES_OUT.search(sentence):
            assert re.search(rf"{NOT_VARIED}|of 5 cases|all cases that were run|No one choice|established", sentence)


@pytest.mark.unit
def test_what_leads_at_the_central_assumptions_and_loses_over_their_ranges_has_the_second_half_of_the_sentence():
    """In partnership leads at the centre, and by order leaves less in 70 of 100 cases; every output says both."""
    found = comparison(case(0, 130, [120.0] * 100), case(1, 78, [80.0] * 100), case(2, 46, [132.0] * 70 + [20.0] * 30))
    words = (
        "By order leaves less than each of the others in at least 70 of 100 cases, "
        "although in partnership leaves least at our central assumptions"
    )
    assert table_headline(found) == words
    assert answer_of(found, subject_of(found))[0] == f"{words}."
    assert [chart.headline for chart in (scenario_table(found),)] == [words]
    for sentence in sentences_of(found):
        if "in partnership leaves least" in sentence.lower():
            assert "70 of 100 cases" in sentence


@pytest.mark.unit
@pytest.mark.parametrize(
    ("ends", "varied", "words"),
    [
        ((40, 30), None, "Gap left: no joint action £40m and by order £30m; assumptions were not varied"),
        (
            (40, 30),
            ((50, 50, 50, 50), (60, 50.5, 40, 40)),
            "Whether by order leaves less than no joint action is not established: less in 50 of 100 cases, more in "
            "25, although at our central assumptions it leaves less",
        ),
        (
            (40, 30, 29.5),
            None,
            "Gap left: no joint action £40m, by order £30m and in partnership £30m; assumptions were not varied",
        ),
        (
            (40, 30, 20),
            ((50, 50), (40, 40), (30, 39.5)),
            "In partnership leaves less than each of the others in at least 50 of 100 cases, and hardly ever leaves "
            "more",
        ),
        ((40, 30, 20, 10), None, "The 4 scenarios leave £10m to £40m; assumptions were not varied"),
        (
            (40, 30, 20, 10),
            ((50, 50), (40, 60), (30, 30), (0, 0)),
            "By both leaves less than each of the others in all cases that were run",
        ),
    ],
)
def test_the_table_says_what_each_leaves(ends, varied, words):
    points = (None,) * len(ends) if varied is None else map(hundred, varied)
    found = comparison(*(case(number, end, at) for number, (end, at) in enumerate(zip(ends, points, strict=True))))
    assert table_headline(found) == words


@pytest.mark.unit
@pytest.mark.parametrize(
    ("varied", "words"),
    [
        (
            ((50, 50), (40, 49.5)),
            "By order leaves less than no joint action in 50 of 100 cases, and hardly ever more",
        ),
        (
            ((50, 50), (40, 40), (60, 60)),
            "By order leaves less than no joint action nearly everywhere (100 of 100 cases). No joint action leaves "
            "less than in partnership nearly everywhere (100 of 100 cases), although at our central assumptions it "
            "leaves more",
        ),
        (
            ((50, 50), (40, 49.5), (60, 60), (20, 20)),
            "By both leaves less than each of the others in all cases that were run",
        ),
    ],
)
def test_what_closes_more_where_assumptions_were_varied(varied, words):
    ends = (40, 30, 20, 10)
    found = comparison(*(case(number, ends[number], hundred(at)) for number, at in enumerate(varied)))
    assert paired_headline(found, compare(found)) == words


@pytest.mark.unit
def test_the_paper_gives_the_verdict_and_what_each_leaves():
    each = (40, (50, 50)), (30, (40, 60)), (20, (45, 45))
    found = comparison(*(case(number, end, hundred(at)) for number, (end, at) in enumerate(each)))
    by_gap, left, against, also, by_position = answer_of(found, subject_of(found))
    assert by_gap == (
        "No one choice is best: by order and in partnership are beaten by no other, although in partnership leaves "
        "least at our central assumptions."
    )
    assert left == (
        "At our central assumptions, in partnership leaves £20m a year in March 2021 and no joint action £40m, of £0m "
        "before any savings and against a target of £0m."
    )
    assert against == (
        "Allowing for uncertain assumptions, they leave £45m and £50m: the first leaves less in 100 of 100 cases "
        "(97 to 100), more in 0; the rest are within £1m: better nearly everywhere."
    )
    assert also.startswith(
        "By order leaves £30m a year at our central assumptions, and £50m (£40m to £60m) allowing for uncertain "
        "assumptions: it leaves less than no joint action in 50 of 100 cases"
    )
    assert by_position == (
        "By position, that is income less spending over the run, there is no clear difference between any two of the "
        "choices. Shares of cases rest on 100 sets of assumptions, and are within ±10 in 100 at most (95% intervals)."
    )


@pytest.mark.unit
def test_the_paper_of_many_scenarios_says_between_what_they_leave():
    found = comparison(*(case(min(number, 3), 40 - number) for number in range(5)))
    assert answer_of(found, subject_of(found))[0] == "Which choice is better is not known: assumptions were not varied."
    assert answer_of(found, subject_of(found))[1].startswith(
        "At our central assumptions the 5 scenarios leave £36m to £40m a year in "
    )


@pytest.mark.unit
def test_the_paper_says_with_which_choices_the_one_in_detail_ties():
    """Each leaves £1m less than the one before, so that two lie within £1m of one another."""
    found = comparison(*(case(number, 40 - number) for number in range(4)))
    assert answer_of(found, subject_of(found))[2] == (
        "Details are of by both, which has the smallest median and ties with in partnership: means within £1m a year "
        "of its own, or no further than chance may make."
    )
    apart = comparison(*(case(number, 40 - 5 * number) for number in range(4)))
    assert len(answer_of(apart, subject_of(apart))) == 2
    varied = comparison(*(case(number, 40, [40] * 100) for number in range(4)))
    assert subject_of(varied).leading.named == NAMES[:4]
    (said,) = (each for each in answer_of(varied, subject_of(varied)) if each.startswith("Details"))
    assert said.startswith("Details are of no joint action; that it leaves less than any of by order, in")


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
    assert paper.books == ()
    for sentence in (
        *paper.answer,
        paper.scenarios.caption,
        *(chart.headline for chart in (*charts, scenario_table(found))),
    ):
        assert "exposure 0." not in sentence
        counted = re.search(r"at all \d values of|at \d of \d", sentence)
        assert counted or not re.search("least|best|nearest", sentence), sentence
    assert not any("exposure" in cell for row in paper.scenarios.rows for cell in row)


@pytest.mark.unit
def test_alternative_texts_name_nobody_best():
    each = (40, (50, 50)), (30, (40, 60)), (20, (45, 45))
    found = comparison(*(case(number, end, hundred(at)) for number, (end, at) in enumerate(each)))
    for chart in (scenario_table(found), chance(found), paired_difference(found)):
        assert not re.search("least|best|nearest", chart.alt)
