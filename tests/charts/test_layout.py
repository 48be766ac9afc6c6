"""Every chart gives its picture at least half of its area, and says what it finds and measures in two lines each."""

import re
from functools import cache
from itertools import product
from math import isqrt

import numpy as np
import pytest

from simulation import run_comparison
from simulation.charts import CHARTS, OF_COMPARISONS, OF_STUDIES, Chart, reason_unavailable
from simulation.charts.catalogue import MOST_CELLS, MOST_IN_GRID, MOST_LABELS, MOST_LEVELS
from simulation.charts.drawing.chart import WIDTH
from simulation.charts.drawing.fitting import fit_texts
from simulation.charts.drawing.lettering import wrap
from simulation.charts.drawing.theme import HEADLINE_SIZE
from simulation.charts.scenario_table import _WIDTHS as WIDTHS_OF_HEADS
from simulation.charts.scenario_table import HEADS
from simulation.levers import Lever
from simulation.results.comparison import Comparison
from simulation.results.lever_combinations import LeverCombinations
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from tests.charts.conftest import add_indices, vary_at_many_points, vary_at_many_sets
from tests.charts.test_every_chart import boxes_of
from tests.made_up_cases import made_up_case
from tests.places import place

pytestmark = pytest.mark.unit

REFERENCE = "scenarios/mid-south-essex.yaml"
LEVERS = tuple(lever.value for lever in Lever if lever is not Lever.TOP_DOWN_INSTRUCTION)


def large() -> Scenario:
    """Return a place with as many organisations and programmes as charts can name, and long names."""
    names = [f"o{number:03}" for number in range(MOST_LABELS)]
    roles = ["commissioner", *["provider"] * (MOST_LABELS - 1)]
    care = {"value": 1.0, "shares": dict.fromkeys(names, 1 / MOST_LABELS)}
    written = place(
        title="Greater Manchester, Lancashire and South Cumbria together",
        months=24,
        organisations={
            name: {"role": role, "income": 100.0, "name": f"University Hospitals of Somewhere Number {name}"}
            for name, role in zip(names, roles, strict=True)
        },
        contracts={},
        programmes={
            f"p{number:03}": care | {"title": f"Care nearer home, part {number}"} for number in range(MOST_LABELS)
        },
    )
    return Scenario.model_validate(written)


@cache
def comparison_of(which: str) -> Comparison:
    """Return three scenarios of the reference place or of a large one, with an attribution between two of them."""
    plain = load_scenario(REFERENCE) if which == "reference" else large()
    observed = {f"{int(plain.start[:4]) + 1}-{month:02d}": 18.0 + month % 3 for month in range(1, 10)}
    seen = {"gap": observed, "trust": [{"by_month": dict.fromkeys(observed, 0.4)}]}
    plain = plain.model_copy(update={"observed": Scenario.model_validate(place(observed=seen)).observed})
    full = {lever: {"strength": 1.0, "cost": 0.5} for lever in LEVERS}
    instruction = {Lever.TOP_DOWN_INSTRUCTION: {"strength": 1.0}}
    scenarios = {
        name: Scenario.model_validate(plain.model_dump(by_alias=True, exclude_unset=True) | {"levers": levers})
        for name, levers in {
            "no joint action": {},
            "instruction": instruction,
            "partnership at half strength": full,
        }.items()
    }
    run = run_comparison(scenarios, replicates=4, seed=1, supporting_runs=True, made="2026-01-01")
    gaps = run.cases[0].gaps
    worth = np.zeros((len(gaps), *(2,) * len(LEVERS)))
    for axis in range(1, worth.ndim):
        worth = worth - np.indices(worth.shape)[axis] * (1.0 + axis)
    combinations = LeverCombinations(
        first="no joint action", second="partnership at half strength", levers=LEVERS, gaps=gaps.mean() + worth
    )
    return Comparison(**{**vars(run), "attribution": combinations})


@cache
def varied_of(which: str, design: str) -> Comparison:
    """Return the same place with starts varied, or a Sobol sample."""
    whole = comparison_of(which)
    gaps = whole.cases[0].gaps
    if design == "grid":
        factors: tuple[str, ...] = ("levers.*.from",)
        start = whole.scenario.start
        values = [{}, *({factors[0]: f"{int(start[:4]) + year}{start[4:]}"} for year in range(2))]
    else:
        factors = ("parameters.opening_trust", "levers.regulator_acknowledgement.strength")
        values = [dict.fromkeys(factors, 0.5)] * 32
    cases = tuple(
        made_up_case(
            label=f"case {n}", variant="the package" if each else "without", values=each, gaps=gaps + np.sin(n)
        )
        for n, each in enumerate(values)
    )
    return Comparison(
        **{**vars(whole), "cases": cases, "attribution": None, "factors": factors, "design": design, "title": "Starts"}
    )


@cache
def over_grid(which: str, assumptions: int) -> Comparison:
    """Return four scenarios over a grid of 9 by 2, or as many scenarios and values with long names as charts take."""
    whole = comparison_of(which)
    gaps = whole.cases[0].gaps
    if which == "reference":
        labels = ["no joint action", "instruction", "partnership at half strength", "partnership in full"]
        levels = [tuple(round(0.1 * n, 1) for n in range(1, 10)), ("linear", "confirmatory")]
    else:
        labels = [f"the package, University Hospitals Number {n} never move" for n in range(MOST_IN_GRID)]
        many = MOST_LEVELS if assumptions == 1 else isqrt(MOST_CELLS // MOST_IN_GRID)
        levels = [tuple(f"a rule of trust with a long name {n}" for n in range(many))] * 2
    factors = ("parameters.opening_trust", "parameters.trust_rule")[:assumptions]
    cases = tuple(
        made_up_case(
            label="", variant=label, values=dict(zip(factors, values, strict=True)), gaps=gaps + np.sin(at + 9 * n)
        )
        for n, label in enumerate(labels)
        for at, values in enumerate(product(*levels[:assumptions]))
    )
    return Comparison(**{**vars(whole), "cases": cases, "attribution": None, "factors": factors, "title": "Grid"})


def charts_of(name: str, which: str) -> Chart:
    if name in OF_STUDIES:
        results = comparison_of(which).studies["partnership at half strength"]
        results = vary_at_many_points(results) if name == "tornado" else results
    elif name in {"too_late", "drivers"}:
        results = varied_of(which, "grid" if name == "too_late" else "sobol")
    elif name in {"gap_by_point", "best_by_point", "gap_by_factor"}:
        results = over_grid(which, 1 if name == "gap_by_factor" else 2)
    else:
        results = comparison_of(which)
        results = vary_at_many_sets(results, 3) if name == "information" else results
        results = add_indices(results) if name == "sensitivity" else results
    reason = reason_unavailable(name, results)
    assert reason is None, reason
    return CHARTS[name](results)


@pytest.mark.parametrize("which", ["reference", "large"])
@pytest.mark.parametrize("name", CHARTS)
def test_the_picture_has_half_of_the_area_and_headline_and_subtitle_have_two_lines(name, which):
    chart = charts_of(name, which)
    assert len(wrap(chart.headline, WIDTH - 0.3, HEADLINE_SIZE, bold=True)) <= 2, chart.headline
    assert len(wrap(chart.subtitle, WIDTH - 0.3)) <= 2, chart.subtitle
    drawn = [panel.get_position() for panel in chart.axes]
    low, high = min(box.y0 for box in drawn), max(box.y1 for box in drawn)
    left, right = min(box.x0 for box in drawn), max(box.x1 for box in drawn)
    assert (high - low) * (right - left) > 0.5 - 1e-9


@pytest.mark.parametrize("which", ["reference", "large"])
@pytest.mark.parametrize("name", CHARTS)
def test_marks_have_two_fifths_of_the_width(name, which):
    assert charts_of(name, which).marks_width >= 0.4 * WIDTH


def test_a_headline_that_is_too_long_ends_before_a_clause_and_the_note_begins_with_the_rest():
    long = "Partnership at full strength leaves less than each of the others in at least 85 of 100 cases"
    second = "although instruction and partnership together leave least at our central assumptions"
    headline, subtitle, note = fit_texts(f"{long}, {second}", "Gap.", "Same: within £1m.")
    assert headline == long
    assert note == f"However, {second.removeprefix('although ')}. Same: within £1m."
    assert subtitle == "Gap."


def test_a_headline_with_one_long_clause_ends_in_an_ellipsis_and_the_note_begins_with_the_whole():
    long = " ".join(["University Hospitals of Somewhere"] * 6) + " leave least"
    headline, _, note = fit_texts(long, "Gap.", "")
    assert headline.endswith(" Hospitals …")
    assert note == f"{long}."


def test_a_subtitle_that_is_too_long_ends_before_a_sentence_and_the_note_begins_with_the_rest():
    what = "Gap between spending and income. " * 5
    _, subtitle, note = fit_texts(
        "A finding", f"{what}Medians of 1,000 simulated runs of each of the choices.", "Note."
    )
    assert subtitle == what.strip()
    assert note == "Medians of 1,000 simulated runs of each of the choices. Note."


def test_what_fits_stays_as_it_is():
    assert fit_texts("A finding; and more", "Gap. Medians.", "Note.") == (
        "A finding; and more",
        "Gap. Medians.",
        "Note.",
    )


@pytest.mark.parametrize("name", ["who_wins", "plan_against_delivery"])
def test_no_organisation_is_named_in_a_finding_against_a_plan(name):
    """A distance from a plan isn't a loss, and a stance isn't a fault: the model doesn't judge an organisation."""
    chart = charts_of(name, "reference")
    names = [organisation.name for organisation in load_scenario(REFERENCE).organisations.values()]
    assert not [each for each in names if each and each in chart.headline + chart.note]
    assert {"held_up_by", "share"} & set(chart.data.columns) == set()


@pytest.mark.parametrize("name", sorted(OF_COMPARISONS))
def test_marks_are_explained_at_the_marks_or_under_the_picture(name):
    chart = charts_of(name, "reference")
    assert re.findall(r"\b(thick|thin|diamonds?|dotted)\b", chart.subtitle) == []


def test_no_word_in_a_head_of_the_scenario_table_is_broken():
    for head, width in zip(HEADS, WIDTHS_OF_HEADS, strict=True):
        assert " ".join(wrap(head, width - 0.12, bold=True)) == head


def test_a_word_that_is_too_wide_breaks_after_a_hyphen():
    assert wrap("mid-south-essex-as-it-happened", 4.0) == ["mid-south-essex-as-it-", "happened"]


@pytest.mark.parametrize("name", ["trust_map", "trust_matrix", "who_wins"])
def test_names_of_many_organisations_stay_off_each_other(name):
    boxes = boxes_of(charts_of(name, "large"))
    for index, (text, box) in enumerate(boxes):
        for other, earlier in boxes[:index]:
            across = min(box.x1, earlier.x1) - max(box.x0, earlier.x0)
            along = min(box.y1, earlier.y1) - max(box.y0, earlier.y0)
            assert across <= 1 or along <= 3, (text.get_text(), other.get_text())
