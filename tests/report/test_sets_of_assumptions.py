"""Papers and charts over several sets of assumptions never say that assumptions were not varied."""

import re
import shutil

import pytest

from simulation import charts, load_comparison, load_experiment
from simulation.analysis.verdict import verdict
from simulation.charts.catalogue import OF_COMPARISONS
from simulation.execution.batch import run_batch
from simulation.execution.plan import plan_batch
from simulation.report.content import build_paper
from simulation.report.workbook.book import build_sheets
from tests.cli.test_run import TWO_TRUSTS

pytestmark = pytest.mark.unit

LATE = "compare:\n  as it is: {}\n  coached: {levers: {coaching: {strength: 1, from: 2024-04}}}\n"
STARTS = "vary: {levers.*.from: {values: [2024-05, 2024-09, 2025-01]%s}}\n"
ALONE = "design: one-at-a-time\nvary: {parameters.opening_trust: [0.2, 0.6]}\n"
ASKED = {
    "months in which levers start": LATE + STARTS % "",
    "of a single run": LATE.replace("compare", "replicates: 1\ncompare") + STARTS % "",
    "one at a time": ALONE,
    "one at a time, of a single run": f"replicates: 1\n{ALONE}",
}


def results_of(folder, rest):
    shutil.copy(TWO_TRUSTS, folder / "place.yaml")
    replicates = "" if "replicates" in rest else "replicates: 8\n"
    (folder / "e.yaml").write_text(f"title: A\nscenario: place.yaml\n{replicates}{rest}")
    run_batch(plan_batch(load_experiment(folder / "e.yaml")), folder / "out")
    return load_comparison(folder / "out")


def said_of(results):
    paper = build_paper(results)
    drawn = [name for name in OF_COMPARISONS if charts.reason_unavailable(name, results) is None]
    found = [charts.CHARTS[name](results) for name in drawn]
    texts = " ".join(f"{each.headline} {each.subtitle} {each.note} {each.alt}" for each in found)
    return drawn, f"{paper} {texts} {build_sheets(results, paper)}"


@pytest.mark.parametrize("rest", ASKED.values(), ids=ASKED)
def test_over_sets_of_assumptions_nothing_says_that_they_were_not_varied(rest, tmp_path):
    results = results_of(tmp_path, rest)
    drawn, said = said_of(results)
    assert not re.findall(r"[^.;]*ssumptions (?:were|are) not varied", said)
    assert ("too_late" in drawn) == ("levers" in rest)
    if "too_late" in drawn:
        assert "no other assumptions were varied" in said


def test_where_the_months_are_a_choice_assumptions_were_not_varied(tmp_path):
    drawn, said = said_of(results_of(tmp_path, LATE + STARTS % ", choice: true"))
    assert "too_late" in drawn
    assert "assumptions were not varied" in said
    assert "no other assumptions" not in said


def test_no_verdict_over_sets_of_assumptions_is_for_want_of_choices(tmp_path):
    results = results_of(tmp_path, ASKED["one at a time"])
    with pytest.raises(ValueError, match="no two choices were run at the same set of assumptions"):
        verdict(results)


def test_of_one_run_at_each_set_a_paper_says_what_was_varied(tmp_path):
    results = results_of(tmp_path, f"replicates: 1\n{ALONE}")
    cautions = build_paper(results).cautions
    assert cautions[0] == (
        "There is a single simulated run at each set of assumptions, so chance and assumptions show together."
    )
    assert cautions[1].startswith("Of the assumptions only these were varied: opening trust.")


def test_what_explains_the_gap_is_only_said_not_to_be_known_of_its_variance(tmp_path):
    answers = " ".join(build_paper(results_of(tmp_path, ALONE)).answer)
    assert "How much of the gap’s variance each assumption explains is not known" in answers


def test_the_words_of_a_workbook_are_those_of_its_sheets(tmp_path):
    """The bands of the sheet Choices are of means at the sets, and not of simulated runs with the same assumptions."""
    results = results_of(tmp_path, ALONE)
    sheets = build_sheets(results, build_paper(results))
    said = dict(sheets[0].rows)
    assert "Choices" in {sheet.name for sheet in sheets}
    assert said["By chance alone"].startswith("The sheet Sets of assumptions, and columns elsewhere that say so")
    assert "nine in ten of the means at the sets of assumptions lie between" in said["9 in 10; middle half"]
    (tmp_path / "plain").mkdir()
    plain = results_of(tmp_path / "plain", LATE)
    assert dict(build_sheets(plain, build_paper(plain))[0].rows)["By chance alone"].startswith("Columns without")
