"""The content of a paper: the question, findings with the numbers, the request, and what is missing."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation import run_comparison, run_ensemble, with_levers
from simulation.analysis.discounting import discounted
from simulation.analysis.summary import summarise
from simulation.charts.question_mix import question_mix
from simulation.charts.text.study_words import as_study
from simulation.cli._headline import RunSummary, headline
from simulation.experiment.entries import PaperTexts
from simulation.formatting import MINUS
from simulation.report.content import build_paper
from simulation.report.paper import Finding
from simulation.report.register import register_table, register_to_pandas
from simulation.report.words import NOT_FOR
from simulation.results.comparison import as_comparison
from simulation.results.study import Study
from simulation.scenario.defaults import full_register, numbers_at_default
from simulation.scenario.register import assumptions_register
from simulation.scenario.schema import Scenario
from tests.charts.conftest import comparison_of, study_of, with_many_points
from tests.places import place, scenario
from tests.report.conftest import paper_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("kind", ["single", "compared", "grid", "sobol"])
def test_a_paper_begins_with_findings_that_have_numbers(kind):
    paper = paper_of(kind)
    assert 2 <= len(paper.answer) <= 4
    assert any("£" in sentence for sentence in paper.answer[:3])
    assert all(sentence.endswith(".") for sentence in (*paper.answer, *paper.money, *paper.risks))
    assert 3 <= len(paper.figures) <= 4
    assert paper.question.endswith("?")
    assert paper.ask
    assert paper.findings
    assert paper.scenarios.rows


def test_a_front_sheet_names_its_readers_and_its_day_and_leaves_the_sponsor_to_fill_in():
    paper = replace(paper_of("single"), audience="the Board", made="2026-11-05")
    assert paper.blanks == (
        ("For", "The Board"),
        ("Simulated period", "April 2020 to March 2022, in the past"),
        ("Results of", "5 November 2026"),
        ("Sponsor and author", "(to be filled in)"),
    )


def test_a_front_sheet_has_the_rows_that_nhs_boards_use():
    heads = [row.head for row in paper_of("compared").front]
    assert heads == [
        "Purpose", "Recommendation sought", "Key findings", "Must not be used for", "Finance", "Risks", "Equality",
        "Quality",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "lead"),
    [
        ("", "The committee is asked to:"),
        ("the board", "The board is asked to:"),
        ("Finance Committee", "The Finance Committee is asked to:"),
    ],
)
def test_several_requests_are_numbered_and_say_who_is_asked(audience, lead):
    asked = replace(paper_of("single"), audience=audience, ask=("note this", "choose one")).front[1]
    assert (asked.texts, asked.items, asked.is_numbered) == ((lead,), ("note this", "choose one"), True)
    alone = replace(paper_of("single"), ask=("To decide.",)).front[1]
    assert (alone.texts, alone.items) == (("To decide.",), ())


def test_without_requests_of_its_own_a_paper_asks_to_note_choose_and_agree():
    for kind in ("single", "compared", "grid", "sobol"):
        assert [request.partition(" ")[0] for request in paper_of(kind).ask] == ["note", "choose", "agree"]


@pytest.mark.parametrize("name", ["gap grows", "gap closes", "nowhere", "one month", "no programmes", "not yet open"])
def test_any_place_has_a_paper(name):
    paper = paper_of("single", name)
    for table in paper.tables:
        assert sum(table.widths) == pytest.approx(1.0)
        assert all(len(row) in {1, len(table.heads)} for row in table.rows)
        assert len(table.heads) == len(table.widths)


def test_what_each_scenario_leaves_is_said_with_both_bands_whether_it_is_more_or_less():
    comparison = comparison_of("no joint action")
    for more in (-5.0, 5.0):
        other = replace(comparison.cases[1], gaps=comparison.cases[0].gaps + more)
        paper = build_paper(replace(comparison, cases=(comparison.cases[0], other)))
        assert re.search(
            r"^At our central assumptions, .* leaves £\d+m a year in .* \(£\d+m to £\d+m in 9 of 10", paper.answer[1]
        )
        assert re.search(r"^Allowing for uncertain assumptions, they leave £\d+m \(", paper.answer[2])
        assert "Shares of cases rest on 8 sets of assumptions" in paper.answer[3]


def test_a_scenario_of_which_nothing_could_be_run_is_no_answer():
    comparison = comparison_of("no joint action")
    failed = replace(comparison.cases[1], gaps=np.full(8, np.nan), study=None)
    paper = build_paper(replace(comparison, cases=(comparison.cases[0], failed)))
    assert paper.answer[0] == "Which choice is better is not known: assumptions were not varied."
    assert paper.scenarios.rows[1][1:5] == ("not known", "not known", "–", "–")
    assert paper.scenarios.note.endswith("By chance alone no simulated run meets the target.")


def test_what_the_experiment_says_gives_way_to_what_is_asked_for_now():
    comparison = replace(
        comparison_of("no joint action"), paper=PaperTexts(title="T", audience="Board", ask="To agree.")
    )
    paper = build_paper(comparison)
    assert (paper.title, paper.audience, paper.ask) == ("T", "Board", ("To agree.",))
    other = build_paper(comparison, title="Other", audience="Committee", ask="To note.")
    assert (other.title, other.audience, other.ask) == ("Other", "Committee", ("To note.",))


def test_what_is_missing_is_on_the_first_page():
    bare = as_comparison(Study(ensemble=study_of("no joint action").ensemble))
    assert "Assumptions were not varied" in build_paper(bare).cautions[0]
    unfinished = replace(bare, missing=("attribution (not finished)",))
    assert build_paper(unfinished).cautions[0] == "Not all that was asked for is there: attribution (not finished)."
    assert "an anecdote" in paper_of("single", "no joint action", 1).cautions[0]
    one = build_paper(replace(as_comparison(with_many_points("no joint action", 1)), replicates=1)).cautions[0]
    assert "at its own assumptions, which says nothing of chance. The cases are" in one
    whole = build_paper(as_comparison(with_many_points("no joint action", 8)))
    assert [each.partition(":")[0] for each in whole.cautions] == ["There are only 8 simulated runs of each scenario"]


def test_each_gap_left_says_over_which_assumptions_it_is():
    """The first figure is over their ranges, and charts of one scenario are at the central ones."""
    paper = build_paper(as_comparison(with_many_points("no joint action", 8)))
    first = paper.figures[0].label
    assert "the middle allowing for uncertain assumptions (" in first
    assert first.endswith(" at our central assumptions")
    headlines = [each.chart.headline for each in paper.findings if each.chart.name in {"trajectory", "bridge"}]
    assert len(headlines) == 2
    assert all(" ".join(lines.split()).startswith("At our central assumptions, ") for lines in headlines)
    by_chance = build_paper(comparison_of("no joint action", varied=False))
    assert "by chance alone" in by_chance.figures[0].label
    assert not any("central" in each.chart.headline for each in by_chance.findings)


def test_it_says_how_to_reproduce_its_figures():
    comparison = replace(comparison_of("no joint action"), command="trustsim batch x.yaml --replicates 8 --seed 1")
    reproduce = dict(build_paper(comparison).reproduce)
    assert reproduce["Command"] == "trustsim batch x.yaml --replicates 8 --seed 1"
    assert reproduce["Seed"] == "1"
    less = dict(build_paper(replace(discounted(comparison, 2.5), folder="results/x"), with_charts=False).reproduce)
    assert less["Then this paper"] == "trustsim report results/x --discount 2.5"
    assert "0.0.0" in reproduce["Version"]


def parts_of(table):
    """Return the rows under each subheading of a register."""
    parts = {}
    for row in table.rows:
        if len(row) == 1:
            parts[row[0]] = found = []
        else:
            found.append(row)
    return parts


def test_the_register_lists_the_place_s_own_guesses_first_and_what_numbers_are_worth():
    study = with_many_points("no joint action", 8)
    scenario = study.ensemble.scenario
    table = register_table(scenario, study)
    own, rest = parts_of(table).items()
    assert own[0] == "The place’s own: assumed, or left at a default"
    assert {row[2].partition(":")[0] for row in own[1]} <= {"assumed", "default"}
    assert "Programmes: benefit to the population" in [row[0] for row in own[1]]
    statuses = [row[2].partition(":")[0] for row in rest[1]]
    assert statuses == sorted(
        statuses, key=["assumed", "default", "structural", "derived", "evidence", "sourced"].index
    )
    assert next(row for row in rest[1] if row[0] == "Risk of opening up first")[3].startswith("£")
    assert "What the place’s own numbers are worth was not computed: trustsim show --what-matters" in table.note
    frame = register_to_pandas(scenario, study)
    left_out = frame[frame["status"] == "default"].set_index("where")
    assert len(frame) - len(left_out) == len(assumptions_register(scenario))
    assert left_out["value"]["programmes.care.benefit"] == 1
    assert left_out["source"]["programmes.care.benefit"] == "left out of the file"
    assert f"and {len(numbers_at_default(scenario))} left at a default" in table.caption
    assert frame.set_index("where")["worth"]["parameters.opening_trust"] == pytest.approx(-9.0, abs=0.5)


def test_a_source_that_begins_with_its_status_says_it_once():
    given = {"value": 90_000, "source": "assumed: a made-up place", "status": "assumed"}
    table = register_table(scenario(place(population=given)), None)
    (source,) = [row[2] for row in table.rows if row[0] == "Population"]
    assert source == "assumed: a made-up place"


def test_a_line_of_the_register_says_how_many_numbers_it_holds():
    table = register_table(study_of("no joint action").ensemble.scenario, None)
    by_name = {row[0]: row[1] for row in table.rows if len(row) > 1}
    assert by_name["Organisations: income"] == "100 to 200 £m a year (2)"
    assert by_name["Programmes: milestones"] == "4 milestones"
    values = [row[1] for row in table.rows if len(row) > 1]
    assert sum(int(value.rpartition("(")[2][:-1]) if value.endswith(")") else 1 for value in values) == len(
        full_register(study_of("no joint action").ensemble.scenario)
    )


def test_a_page_of_the_register_shows_the_guesses_and_what_moves_the_gap_most():
    study = with_many_points("no joint action", 8)
    table = register_table(study.ensemble.scenario, study, most=6)
    own, rest = parts_of(table).items()
    assert (len(own[1]), len(rest[1])) == (3, 3)
    assert rest[0] == "Of all but the place’s guesses, those that move the gap most"
    assert {row[0] for row in rest[1]} == {"Opening trust", "How trust moves", "Risk of opening up first"}
    assert " more lines, and every number by itself" in table.note


def test_a_page_of_the_register_claims_no_worth_that_was_not_computed():
    scenario = study_of("no joint action").ensemble.scenario
    table = register_table(scenario, None, most=6)
    heads = [row[0] for row in table.rows if len(row) == 1]
    assert [row for row in table.rows if len(row) > 1 and row[3]] == []
    assert not any("move the gap" in head for head in heads)
    left_out = re.search(r"(\d+) more lines, and every number", table.note)[1]
    found = [re.fullmatch(r"(.*); (\d+) more lines not shown", head) for head in heads]
    assert [each[1] for each in found] == [
        "The place’s own: assumed, or left at a default", "All but the place’s guesses, the assumed ones first"
    ]  # fmt: skip
    assert sum(int(each[2]) for each in found) == int(left_out)
    assert heads[-1].partition(";")[0] in [row[0] for row in register_table(scenario, None).rows]


@pytest.mark.parametrize("most", range(2, 120, 13))
def test_lines_stand_among_those_that_move_the_gap_most_only_with_their_worth(most):
    study = with_many_points("no joint action", 8)
    rows = register_table(study.ensemble.scenario, study, most=most).rows
    last = max(number for number, row in enumerate(rows) if len(row) == 1)
    lines, head = rows[last + 1 :], rows[last][0]
    assert (head == "Of all but the place’s guesses, those that move the gap most") <= all(row[3] for row in lines)


def test_the_place_s_own_numbers_come_by_worth_where_they_were_varied():
    """At 40 points the benefit moves the gap by 25, which is more than any parameter does."""
    study = with_many_points("no joint action", 8)
    scenario, drawn = study.ensemble.scenario, np.random.default_rng(5).uniform(size=40)
    varied = study.assumptions
    columns = {name: values + 25 * drawn[:, None] for name, values in varied.columns.items()}
    own = replace(varied, columns=columns, own_numbers={"programmes.care.benefit": drawn})
    table = register_table(scenario, replace(study, assumptions=own), most=6)
    first = table.rows[1]
    assert (first[0], first[3].partition(" ")[0]) == ("Programmes: benefit to the population", "£25m")
    assert "was not computed" not in table.note


def test_a_page_of_the_register_says_that_guesses_of_the_place_are_left_out_of_those_worth_most():
    """Four kinds of guesses move the gap more than any parameter, and three are shown."""
    study = with_many_points("no joint action", 8)
    scenario, varied = study.ensemble.scenario, study.assumptions
    drawn = np.random.default_rng(5).uniform(size=(4, 40))
    ways = ("care.benefit", "care.value", "care.milestones", "care.set_up_cost")
    moved = 25 * drawn.sum(axis=0)[:, None]
    columns = {name: values + moved for name, values in varied.columns.items()}
    own = {f"programmes.{way}": each for way, each in zip(ways, drawn, strict=True)}
    table = register_table(
        scenario, replace(study, assumptions=replace(varied, columns=columns, own_numbers=own)), most=6
    )
    first, second = (row[0] for row in table.rows if len(row) == 1)
    assert re.search(r"; \d+ more lines not shown, worth less or not computed$", first)
    assert second.startswith("Of all but the place’s guesses, ")


def test_of_several_numbers_on_a_line_the_worth_furthest_from_0_is_given_with_its_sign():
    """Each £m a year of what own efficiency can save takes one off the gap: all are worth less than nothing."""
    study = with_many_points("no joint action", 8)
    scenario, varied = study.ensemble.scenario, study.assumptions
    drawn = np.random.default_rng(5).uniform(size=(2, 40))
    moved = (60 * drawn[0] + 25 * drawn[1])[:, None]
    columns = {name: values - moved for name, values in varied.columns.items()}
    own = {f"organisations.{name}.efficiency_pool": each for name, each in zip("ab", drawn, strict=True)}
    table = register_table(scenario, replace(study, assumptions=replace(varied, columns=columns, own_numbers=own)))
    worths = {row[0]: row[3] for row in table.rows if len(row) > 1}
    assert worths["Organisations: what own efficiency can save"].startswith(f"largest: {MINUS}£60m ±")
    assert "of several the one that moves it most, up or down" in table.note


def test_the_readme_forbids_the_same_uses():
    text = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())
    for words in (
        "forecast",
        "control total",
        "judge an organisation or a leader",
        "without its band",
        "causes delivery",
    ):
        assert words in text
        assert words in " ".join(NOT_FOR)


@pytest.mark.parametrize("count", [2, 3])
def test_a_paper_of_several_choices_shows_their_gap_and_trust_by_month(count):
    """Of three or more, they say what the trajectory of the one in detail does."""
    choices = {f"coaching at {n / 2:g}": with_levers(scenario(place()), coaching=n / 2) for n in range(count)}
    results = run_comparison(choices, replicates=4, seed=1, engine="mesa")
    paper = build_paper(results)
    chapters = {
        chapter.head: [each.chart.name for each in chapter.blocks if isinstance(each, Finding)]
        for chapter in paper.chapters
    }
    assert ("trajectory" in {finding.chart.name for finding in paper.findings}) == (count == 2)
    assert "gap_over_time" in chapters["The choices"]
    assert chapters["Trust"] == ["trust_over_time"]
    for finding in paper.findings:
        if finding.chart.name.endswith("_over_time"):
            assert len(finding.chart.alt) > 80
            assert {"series", "month"} <= set(finding.chart.data.columns)


ROW_OF = {1: "one", 2: "two", 3: "three or four", 5: "five to seven"}


@pytest.mark.parametrize("count", ROW_OF)
def test_the_page_on_papers_lists_the_charts_of_a_paper(count):
    text = (Path(__file__).parents[2] / "docs/how-to/papers.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| {ROW_OF[count]} \|.*$", text, re.MULTILINE)
    place_ = scenario(place())
    choices = {f"coaching at {n / 10:g}": with_levers(place_, coaching=n / 10) for n in range(count)}
    results = run_comparison(choices, replicates=4, seed=1, engine="mesa", supporting_runs=True)
    names = {each.chart.name for each in build_paper(results).findings}
    listed = set(re.findall(r"`(\w+)`", row))
    assert {"trust_map" if name == "trust_matrix" else name for name in names} <= listed
    assert {"gap_over_time", "verdict", "trust_over_time", "trajectory"} & listed <= names


@pytest.mark.parametrize("kind", ["single", "grid", "sobol"])
def test_a_paper_without_two_choices_shows_none_by_month(kind):
    assert not [each for each in paper_of(kind).findings if each.chart.name.endswith("_over_time")]


@pytest.mark.parametrize(
    ("months", "ends", "by"),
    [(12, "half-year", "eight weeks"), (8, "4 months", "eight weeks"), (1, "month", "a month")],
)
def test_the_spans_that_are_named_are_those_that_were_counted(months, ends, by):
    """A run of less than a year is halved, and one of a month has no second one."""
    ensemble = run_ensemble(Scenario.model_validate(place(months=months)), replicates=2, seed=1)
    said = "\n".join(build_paper(as_comparison(as_study(ensemble)), with_charts=False).answer)
    average = "" if ends == "month" else "an average month of "
    assert f"of decisions in {average}the first {ends} and in" in said
    assert f"agreed after {by}. " in said
    drawn = question_mix(ensemble)
    assert f"the first and the last {ends}." in drawn.note
    assert f"in {average}the first {ends} and in" in drawn.alt


def test_nothing_is_said_to_be_agreed_of_what_was_not_open():
    """A programme that opens in the fourth month, and a place without programmes."""
    given = place(months=6)
    later = {name: each | {"from": f"{given['start'][:5]}07"} for name, each in given["programmes"].items()}
    for programmes, delivered in ((later, "of the plan on paper is delivered"), ({}, "There are no programmes")):
        changed = Scenario.model_validate(given | {"programmes": programmes})
        ensemble = run_ensemble(changed, replicates=2, seed=1)
        said = "\n".join(build_paper(as_comparison(as_study(ensemble)), with_charts=False).answer)
        assert delivered in said
        assert "and nothing was open after eight weeks. " in said
        assert not re.search(r"(^|\. )not known", said, re.MULTILINE)


@pytest.mark.parametrize(("sets", "said"), [(2, True), (19, True), (20, False)])
def test_a_band_over_few_sets_of_assumptions_is_said_to_be_interpolated(sets, said):
    study = with_many_points("no joint action", 20)
    varied = study.assumptions
    parameters, columns = (
        {name: every[:sets] for name, every in kept.items()} for kept in (varied.parameters, varied.columns)
    )
    study = replace(study, assumptions=replace(varied, parameters=parameters, columns=columns))
    cautions = build_paper(as_comparison(study), with_charts=False).cautions
    assert any(f"only {sets} sets of assumptions" in each for each in cautions) == said


@pytest.mark.parametrize(("replicates", "said"), [(1, False), (3, True), (19, True), (20, False)])
def test_a_band_of_few_runs_is_said_to_be_interpolated(replicates, said):
    ensemble = run_ensemble(Scenario.model_validate(place()), replicates=replicates, seed=1)
    cautions = build_paper(as_comparison(as_study(ensemble)), with_charts=False).cautions
    assert any(f"only {replicates} simulated runs" in each for each in cautions) == said
    finished = RunSummary(summary=summarise(ensemble), record=None, folder=Path("here"))
    assert (f"90% of replicates, interpolated between {replicates}: " in headline(finished)) == said
    under_gap = next(line for line in headline(finished).splitlines() if "  gap " in line)
    following = headline(finished).splitlines()[headline(finished).splitlines().index(under_gap) + 1]
    assert ("90% of replicates: " in following) == (replicates == 20)


def test_how_often_the_target_is_met_is_said_over_assumptions_first():
    """One of 40 gaps with uncertain assumptions is under the target, and none by chance alone."""
    study = with_many_points("no joint action", 8)
    gaps = study.assumptions["gap"][:, -1]
    goal = float(np.sort(gaps)[0])
    comparison = as_comparison(study)
    case = replace(comparison.cases[0], target=goal)
    paper = build_paper(replace(comparison, cases=(case,)), with_charts=False)
    figure = next(each for each in paper.figures if "meet" in each.label)
    by_chance = int((case.gaps <= goal).sum())
    assert figure.value == "1 of 40"
    assert figure.label.endswith(f"; {by_chance} of 8 by chance alone")
