"""Mid and South Essex as it happened: the reported figures beside the simulated ones, with both bands."""

from functools import cache

import numpy as np
import pytest

from simulation.analysis.bands import Interval, interval_of
from simulation.analysis.reported import WHOLE_PLACE, compare_with_reported
from simulation.charts.reported import headline
from simulation.charts.text.words import band_words
from simulation.execution.assumptions import sample_assumptions
from simulation.formatting import in_hundred, month_words, pounds, without_joiners
from simulation.model.run import run_designs, run_ensemble
from simulation.results.financial_year import FinancialYear, financial_years
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.paths import undisturbed_gap
from simulation.scenario.schema import Scenario
from tests.verification.documents import WRITE, check_or_write, in_markdown
from tests.verification.variants import AT_EACH_POINT, SEED, plain

pytestmark = pytest.mark.verification

NAME = "mid-south-essex-as-it-happened"
TRUSTS = ("meht", "btuh", "suhft")
REPLICATES = 400
POINTS = 256
LIGHT = 0.2
"""Regulators' pressure on the three trusts in 2016/17 in place of the file's 1, in units of the everyday pressure."""


@cache
def study_of(size: float) -> Study:
    """Return the scenario with regulators pressing that hard, by chance and over the ranges."""
    written = plain(NAME)
    (shock,) = [event for event in written["events"] if event["event"] == "grip_shock"]
    shock["size"] = size
    scenario = Scenario.model_validate(written)
    rows = sample_assumptions(POINTS, SEED)
    designs = list(
        run_designs(rows, replicates=AT_EACH_POINT, seed=SEED, points=range(POINTS), place=scenario, engine="compiled")
    )
    return Study(
        ensemble=run_ensemble(scenario, replicates=REPLICATES, seed=SEED, engine="compiled"),
        assumptions=Replicates(
            columns={"gap": np.concatenate([each["gap"] for each in designs])},
            outturns=np.concatenate([each.outturns for each in designs]),
        ),
    )


def figures_of(study: Study) -> list[tuple[str, str, Interval, Interval, str]]:
    """Return what is compared, the reported figure, both bands and how often more; and the gap of the last month."""
    found = []
    for each in compare_with_reported(study):
        is_gap = each.measure == "gap"
        what = f"gap in {month_words(each.period)}, £m a year" if is_gap else f"deficit of {each.period}, £m"
        bands = [each.shortfall_band(band) for band in (each.band, each.varied)]
        more = in_hundred(each.above if is_gap else each.below, each.replicates).partition(" of ")[0]
        found.append((f"{each.who}: {what}", pounds(each.shortfall), *bands, more))
    chance, varied = (interval_of(each["gap"][:, -1]) for each in (study.ensemble, study.assumptions))
    what = f"{WHOLE_PLACE}: gap in {month_words(study.ensemble.axes.months[-1])}, £m a year"
    return [*found, (what, "no balance; figure not found", chance, varied, "")]


def year_of(study: Study, label: str) -> tuple[int, FinancialYear]:
    """Return a financial year and its index."""
    years = financial_years(study.ensemble.axes.months)
    return next((index, year) for index, year in enumerate(years) if year.label == label)


def before_any_savings(study: Study) -> float:
    """Return the three trusts' share of the gap before any savings in 2017/18, £m."""
    scenario, (_, year) = study.ensemble.scenario, year_of(study, "2017/18")
    gap = float(undisturbed_gap(scenario)[year.first : year.until].mean())
    return gap * sum(scenario.deficit_shares()[each] for each in TRUSTS)


def deficit_of_all(study: Study) -> float:
    """Return the median deficit of all organisations together in 2016/17, costs included, £m."""
    index, _ = year_of(study, "2016/17")
    return -float(np.median(study.ensemble.outturns[:, index].sum(axis=1)))


def test_what_the_document_says_of_all_runs_over_the_ranges():
    """The trusts lose less than reported in each, the gap never closes, and it rises above £99m in most."""
    study = study_of(1.0)
    assumed, axes = study.assumptions, study.ensemble.axes
    index, _ = year_of(study, "2017/18")
    trusts = assumed.outturns[:, index, [axes.organisations.index(each) for each in TRUSTS]].sum(axis=1)
    assert (trusts > -100).all()
    assert (assumed["gap"][:, -1] > 0).all()
    assert (assumed["gap"][:, axes.months.index("2016-10")] > 99).mean() > 0.5


def test_what_was_reported(request):
    """The table with both bands, and the sentences below it whose figures a run decides."""
    study, light = study_of(1.0), figures_of(study_of(LIGHT))
    figures = figures_of(study)
    rows = [
        (what, was, pounds(chance.median), band_words(chance), band_words(varied), more, pounds(other[2].median))
        for (what, was, chance, varied, more), other in zip(figures, light, strict=True)
    ]
    heads = (
        "What", "Reported", "Simulated, median", "9 in 10 by chance alone", "9 in 10 over the ranges",
        "Simulated is more, of 100", "Median with a fifth more pressure, not double",
    )  # fmt: skip
    moved = max(abs(one[2].median - other[2].median) for one, other in zip(figures, light, strict=True))
    said = (
        f"{headline(compare_with_reported(study))}. With the costs of levers and of setting programmes up, the "
        f"simulated deficit of all organisations in 2016/17 is {pounds(deficit_of_all(study))}. Before any savings the "
        f"three trusts’ share of the gap of 2017/18 would be {pounds(before_any_savings(study))}. Had regulators "
        "pressed the three trusts a fifth harder in 2016/17 and not twice as hard, no median would differ by more than "
        f"{pounds(moved)}."
    )
    text = without_joiners(f"{in_markdown(heads, rows)}\n\n{said}")
    print(f"\n\n{REPLICATES} replicates; {POINTS} points × {AT_EACH_POINT}; seed {SEED}.\n\n{text}\n", flush=True)
    check_or_write("docs/patterns.md", "reported", text, write=request.config.getoption(WRITE, default=False))
