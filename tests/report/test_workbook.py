"""The workbook of results: the same numbers as the tables, the charts and the paper, and no text that is a formula."""

import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest
from openpyxl import load_workbook

from simulation import run_comparison
from simulation.analysis.discounting import discounted
from simulation.charts import CHARTS
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION
from simulation.charts.publish_all import charts_of
from simulation.formatting import millions, without_joiners
from simulation.report.content import build_paper
from simulation.report.register import register_to_pandas
from simulation.report.register_others import register_source
from simulation.report.words import NOT_FOR
from simulation.report.workbook.book import build_sheets
from simulation.report.workbook.chart_data import sheet_name
from simulation.report.workbook.sheet import HEADING_ROW, Column, Format, Sheet
from simulation.report.xlsx import MOST_LETTERS, write_xlsx
from simulation.results.comparison import as_comparison
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.texts import read_text
from tests.charts.conftest import (
    HARD_NAME,
    comparison_of,
    over_grid,
    study_of,
    varied_of,
    with_levers,
    with_many_points,
)
from tests.places import place

pytestmark = pytest.mark.unit

FORTY_FIVE = place(
    months=6,
    organisations={
        f"o{number:02d}": {"role": "provider" if number else "commissioner", "income": 50.0, "efficiency_pool": 1.0}
        for number in range(45)
    },
    contracts={},
    programmes={"care": {"value": 6.0, "shares": {"o00": 0.5, "o01": 0.5}}},
)


def large():
    plain, levers = FORTY_FIVE, {"coaching": {"strength": 1.0, "cost": 0.5}}
    scenarios = {"as it is": plain, "coached": plain | {"levers": levers}}
    return run_comparison(
        {name: Scenario.model_validate(each) for name, each in scenarios.items()},
        replicates=4, seed=1, made="2026-01-01",
    )  # fmt: skip


KINDS = {
    "single": lambda: as_comparison(with_many_points("no joint action", 8)),
    "one run": lambda: as_comparison(study_of("no joint action", 1)),
    "compared": lambda: comparison_of("no joint action"),
    "assumptions not varied": lambda: comparison_of("no joint action", varied=False),
    "levers": lambda: with_levers("no joint action"),
    "starts": lambda: varied_of("no joint action", 8, "grid"),
    "sobol": lambda: varied_of("no joint action", 8, "sobol"),
    "one assumption": lambda: over_grid("no joint action", 8, 1),
    "two assumptions": lambda: over_grid("no joint action", 8, 2),
    "hard names": lambda: comparison_of("hard names"),
    "tables not kept": lambda: without_tables(comparison_of("no joint action")),
    "45 organisations": large,
}


def without_tables(comparison):
    return replace(comparison, cases=tuple(replace(case, study=None) for case in comparison.cases), attribution=None)


@cache
def results_of(kind):
    return KINDS[kind]()


@cache
def content_of(kind):
    comparison = results_of(kind)
    paper = build_paper(comparison, with_charts=False)
    sheets = build_sheets(comparison, paper)
    return sheets, paper, write_xlsx(sheets, title=paper.title, made=paper.made, colour=paper.colours[0])


@cache
def book_of(kind):
    return load_workbook(BytesIO(content_of(kind)[2]))


def rows_of(kind, name):
    """The rows of a sheet below its headings, by heading."""
    sheet = book_of(kind)[name]
    heads = [cell.value for cell in sheet[HEADING_ROW]]
    rows = sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True)
    return [dict(zip(heads, row, strict=False)) for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_results_has_a_workbook_that_begins_with_the_paper_s_verdict(kind):
    book, paper = book_of(kind), content_of(kind)[1]
    assert book.sheetnames[0] == "Read me"
    assert {"Assumptions", "How to reproduce", "Charts"} < set(book.sheetnames)
    assert all(len(name) <= 31 for name in book.sheetnames)
    said = [(row["Item"], row["Text"]) for row in rows_of(kind, "Read me")]
    assert dict(said)["Verdict"] == without_joiners(paper.answer[0])
    assert [text for item, text in said if item == "Must not be used for"] == list(NOT_FOR)
    assert {f"Sheet {name}" for name in book.sheetnames[1:]} == {item for item, _ in said if item.startswith("Sheet ")}


@pytest.mark.parametrize("kind", KINDS)
def test_each_sheet_says_by_itself_what_it_holds_and_rests_on(kind):
    for sheet in content_of(kind)[0]:
        page = book_of(kind)[sheet.name]
        assert page["A1"].value
        assert page["A2"].value
        if sheet.is_data:
            assert re.search(r"simulated runs?", page["A3"].value), sheet.name
            assert page.auto_filter.ref.startswith(f"A{HEADING_ROW}:")
        heads = [cell.value for cell in page[HEADING_ROW]]
        assert heads == [column.heading for column in sheet.columns]
        assert len(set(heads)) == len(heads), sheet.name
        assert not [head for head in heads if "_" in head], sheet.name
        assert page.freeze_panes.endswith(str(HEADING_ROW + 1))
        assert all(area.max_row < HEADING_ROW for area in page.merged_cells.ranges)
        assert page.page_setup.orientation == "landscape"
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        wide = sum(column.width for column in page.column_dimensions.values())
        assert page.page_setup.paperSize == (8 if wide > 215 else 9)  # A3 or A4
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"


def test_letters_have_eleven_points_or_more():
    sizes = {
        cell.font.size
        for page in book_of("levers")
        for row in page.iter_rows(max_row=min(9, page.max_row))
        for cell in row
        if cell.value is not None
    }
    assert min(sizes) >= 11


def test_positions_and_changes_are_those_of_the_simulated_runs():
    results = results_of("levers")
    own, base = (results.studies[label].ensemble for label in ("with levers", "as it is"))
    rows = {(row["Scenario"], row["Organisation, id"], row["Period"]): row for row in rows_of("levers", "Position")}
    for o, organisation in enumerate(own.axes.organisations):
        for year, label in enumerate(("2020/21", "2021/22")):
            row = rows["with levers", organisation, label]
            assert row["Position: mean"] == pytest.approx(own.outturns[:, year, o].mean(), abs=1e-12)
            change = own.outturns[:, year, o] - base.outturns[:, year, o]
            assert row["Change: mean"] == pytest.approx(change.mean(), abs=1e-12)
            assert row["Change: 9 in 10, from"] == pytest.approx(np.quantile(change, 0.05), abs=1e-12)
        whole = (own.outturns - base.outturns).sum(axis=1)[:, o]
        row = rows["with levers", organisation, "whole run"]
        assert row["Change: median"] == pytest.approx(np.median(whole), abs=1e-12)
        assert row["Change against"] == "as it is"
        assert rows["as it is", organisation, "whole run"]["Change: median"] is None
        (wide,) = (each for each in rows_of("levers", "Change by year") if each["Organisation, id"] == organisation)
        assert wide["Whole run: median"] == row["Change: median"]
        assert wide["2020/21: mean"] == rows["with levers", organisation, "2020/21"]["Change: mean"]
        assert wide["Whole run: runs in which it loses"] == int((whole < -1e-9).sum())


def test_the_lines_of_costs_add_up_to_the_position():
    rows = [row for row in rows_of("levers", "Costs") if row["Scenario"] == "with levers"]
    lines = ("Gap before any savings", "Own efficiency", "Saved by programmes", "Saved in contracts", "Cost shifts",
             "Set-up costs", "Cost of levers")  # fmt: skip
    for period in ("2020/21", "2021/22", "whole run"):
        by_line = {row["Line"]: row["Mean"] for row in rows if row["Period"] == period}
        assert sum(by_line[line] for line in lines) == pytest.approx(by_line["Position"])
    paid = [row for row in rows_of("levers", "Who pays") if row["Scenario"] == "with levers"]
    levers = sum(row["Mean"] for row in paid if (row["Cost"], row["Period"]) == ("Levers", "whole run"))
    assert levers == pytest.approx(-by_line["Cost of levers"])
    (lever,) = rows_of("levers", "Levers")
    assert lever["Lever"] == "Menu of contributions"
    assert lever["Whole run: cost"] == pytest.approx(levers) == pytest.approx(0.6 * 2)


@pytest.mark.parametrize("kind", ["single", "compared", "levers", "assumptions not varied"])
def test_scenarios_have_the_numbers_of_the_paper(kind):
    table = content_of(kind)[1].scenarios
    column = {head: number for number, head in enumerate(table.heads)}
    for written, row in zip(table.rows, rows_of(kind, "Scenarios"), strict=True):
        assert written[0] == row["Scenario"]
        for head, what in (("Gap left, £m (chance)", "Gap: "), ("Position, £m (chance)", "Position: ")):
            shown = written[column[head]]
            if row[f"{what}median"] is None:
                assert shown == "–"
                continue
            assert shown.startswith(millions(row[f"{what}median"]))
            if "(" in shown:
                assert millions(row[f"{what}9 in 10, from"]) in shown
                assert millions(row[f"{what}9 in 10, to"]) in shown
        wide = row["Gap: allowing for uncertain assumptions, median"]
        shown = written[column["Gap left, £m (assumptions)"]]
        assert shown == "–" if wide is None else shown.startswith(millions(wide))


@pytest.mark.parametrize("kind", ["single", "compared", "levers", "starts", "sobol", "two assumptions", "hard names"])
def test_a_chart_s_sheet_has_the_numbers_of_its_csv(kind):
    comparison = results_of(kind)
    seen = 0
    for request in charts_of(comparison):
        if request.left_out:
            continue
        data = request.draw(ANALYSIS_FUNCTION).data
        rows = rows_of(kind, sheet_name(request.name))
        if request.scenario and len(comparison.cases) > 1:
            rows = [row for row in rows if row["Scenario"] == request.scenario]
        sheet = next(each for each in content_of(kind)[0] if each.name == sheet_name(request.name))
        heads = [column.heading for column in sheet.columns if column.format not in (Format.TEXT, Format.MONTH)]
        numbers = data.select_dtypes("number")
        known = [name for name in numbers if numbers[name].notna().any()]
        for name, head in zip(
            known, [head for head in heads if any(row[head] is not None for row in rows)], strict=True
        ):
            held = np.array([np.nan if row[head] is None else row[head] for row in rows], dtype=float)
            np.testing.assert_array_equal(held, numbers[name].to_numpy(dtype=float), err_msg=f"{request.name} {name}")
            seen += 1
    assert seen > 2


@pytest.mark.parametrize("kind", ["compared", "levers", "45 organisations", "hard names"])
def test_a_sheet_of_several_scenarios_gives_no_note_of_one_as_that_of_all(kind):
    drawn = {}
    for request in charts_of(results_of(kind)):
        if request.scenario and not request.left_out:
            charts = drawn.setdefault(sheet_name(request.name), {})
            charts.setdefault(request.scenario, request.draw(ANALYSIS_FUNCTION))
    differing = 0
    for name, charts in drawn.items():
        said = without_joiners(book_of(kind)[name]["A2"].value)
        notes = {label: set(re.split(r"(?<=[.]) ", without_joiners(chart.note))) for label, chart in charts.items()}
        shared = said[: min((said.index(f"“{label}”") for label in notes if f"“{label}”" in said), default=len(said))]
        assert all(each in shared for each in set.intersection(*notes.values())), name
        for label, sentences in notes.items():
            own = sentences - set.intersection(*notes.values())
            differing += len(own)
            assert all(each in said for each in sentences), name
            for sentence in own:
                assert re.findall("“([^”]*)”:", said[: said.index(f" {sentence}")])[-1:] == [label], (name, sentence)
    assert differing or kind != "compared"


def test_pay_back_is_that_of_the_paper():
    (table,) = (each for each in content_of("levers")[1].finance if each.caption.startswith("When the position"))
    rows = rows_of("levers", "Pay-back")
    assert [row["What varies"] for row in rows] == ["chance", "chance and assumptions"][: len(rows)]
    assert f"{rows[0]['Paid back within the run']} of {rows[0]['Runs with a difference']}" == table.rows[0][2] or (
        table.rows[0][2] == "none" and rows[0]["Paid back within the run"] == 0
    )
    never = table.rows[0][1].startswith(("not within the run", "beyond the run"))
    assert (rows[0]["Median"] is None) == never


def test_every_chart_is_listed_with_its_finding_or_why_it_is_left_out():
    rows = rows_of("45 organisations", "Charts")
    assert {row["Name for --only"] for row in rows} == set(CHARTS)
    for row in rows:
        assert (row["Sheet"] is None) == (row["Left out because"] is not None) == (row["Finding"] is None)
    left_out = {row["Name for --only"]: row["Left out because"] for row in rows}
    assert left_out["who_wins"] == "Too many organisations to label (45; the limit is 40)"
    assert {row["Organisation, id"] for row in rows_of("45 organisations", "Position")} == {
        f"o{number:02d}" for number in range(45)
    }


def test_months_are_dates_and_ids_have_names():
    rows = rows_of("compared", "Chart trajectory")
    assert rows[0]["Month"] == datetime(2020, 4, 1)
    assert book_of("compared")["Chart trajectory"].cell(HEADING_ROW + 1, 3).number_format == "mmm yyyy"
    named = {row["Lever, id"]: row["Lever"] for row in rows_of("compared", "Chart attribution")}
    assert named["coaching"] == "Coaching"


def test_the_register_has_numbers_as_numbers_with_their_ranges():
    frame = register_to_pandas(*register_source(results_of("single")))
    rows = rows_of("single", "Assumptions")
    assert [row["Where in the scenario"] for row in rows] == frame["where"].tolist()
    for row, value in zip(rows, frame["value"], strict=True):
        assert row["Value"] == value
    (trust,) = (row for row in rows if row["Where in the scenario"] == "parameters.opening_trust")
    assert trust["Number"] == "Opening trust"
    assert trust["Range: from"] < trust["Value"] < trust["Range: to"]
    assert trust["Worth to the gap"] is not None
    assert trust["Worth: ± half the 95% interval"] > 0


def test_the_command_and_the_whole_hash_are_there_to_reproduce_it():
    results = discounted(results_of("levers"), 3.5)
    named = replace(results, command="trustsim batch trial.yaml --replicates 8 --seed 1", folder="results/trial")
    sheets = build_sheets(named, build_paper(named, with_charts=False))
    said = dict(next(sheet for sheet in sheets if sheet.name == "How to reproduce").rows)
    assert said["Command"] == "trustsim batch trial.yaml --replicates 8 --seed 1"
    assert said["Then this workbook"] == "trustsim report results/trial --discount 3.5 --format xlsx"
    assert said["Seed"] == "1"
    assert re.fullmatch(r"[0-9a-f]{64}", said["SHA-256 of the scenario “with levers”"])
    money = [
        sheet for sheet in sheets if sheet.name in {"Change by year", "Position", "Costs", "Who pays", "Scenarios"}
    ]
    assert len(money) == 5
    assert all("discounted at 3.5% a year" in sheet.holds for sheet in money)


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_a_formula(kind):
    with ZipFile(BytesIO(content_of(kind)[2])) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert parts
        assert not [name for name in parts if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]


def test_hard_names_stand_as_they_are_written():
    texts = {
        read_text(cell) for page in book_of("hard names") for row in page.iter_rows(values_only=True) for cell in row
        if isinstance(cell, str)
    }  # fmt: skip
    assert HARD_NAME in texts
    assert f"=cmd() {HARD_NAME}" in texts


NASTY = ["=1+1", "+1", "-1", "@sum", "\t=1", " =1", '=HYPERLINK("http://x")', "a bell \x07", "_x0041_", "two\nlines "]


def written(rows, columns=("Text", "Number"), **more):
    sheet = Sheet(
        name="Made up", title="=1+1", holds="-2", rests="@3",
        columns=(Column(columns[0]), Column(columns[1], Format.MONEY)), rows=rows,
    )  # fmt: skip
    content = write_xlsx([sheet], title="=t", made="2026-01-01", colour="#12436D", **more)
    return load_workbook(BytesIO(content))["Made up"]


def test_texts_that_look_like_formulas_are_texts_and_negative_numbers_are_numbers():
    page = written([(text, -1.25) for text in NASTY])
    for row, text in zip(page.iter_rows(min_row=HEADING_ROW + 1), NASTY, strict=True):
        assert row[0].data_type == "s"
        assert read_text(row[0].value) == text
        assert row[0].quotePrefix == (text.strip(" ")[0] in "=+-@\t")
        assert (row[1].data_type, row[1].value, row[1].quotePrefix) == ("n", -1.25, False)
    assert [page[f"A{number}"].data_type for number in (1, 2, 3)] == ["s"] * 3


def test_numbers_keep_their_whole_precision_and_unknown_ones_are_empty():
    numbers = [0.1 + 0.2, -1e-17, 123456789.123456789, None, float("nan"), float("inf")]
    page = written([("x", each) for each in numbers])
    held = [row[1] for row in page.iter_rows(min_row=HEADING_ROW + 1, max_col=2, values_only=True)]
    assert held == [*numbers[:3], None, None, None]
    assert page.cell(HEADING_ROW + 1, 2).number_format == "#,##0.00"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    page = written([("x" * 40_000, 1.0), ("\x07" * 30_000, 1.0), ("🏥" * 20_000, 1.0)])
    for number in range(3):
        text = page.cell(HEADING_ROW + 1 + number, 1).value
        assert len(text.encode("utf-16-le")) // 2 <= MOST_LETTERS
        assert text.endswith("(cut: a cell holds no more)")


def test_more_rows_than_a_sheet_holds_are_left_out_in_words():
    page = written([("x", float(number)) for number in range(9)], most_rows=HEADING_ROW + 6)
    assert page.max_row == HEADING_ROW + 6
    assert "Only the first 6 of 9 rows fit on a sheet; --format csv" in page["A2"].value
    assert page.auto_filter.ref == f"A{HEADING_ROW}:B{HEADING_ROW + 6}"


def test_the_same_results_give_the_same_bytes_and_carry_no_clock():
    _, paper, content = content_of("levers")
    again = build_sheets(results_of("levers"), build_paper(results_of("levers"), with_charts=False))
    assert write_xlsx(again, title=paper.title, made=paper.made, colour=paper.colours[0]) == content
    with ZipFile(BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-01-01T00:00:00Z") == 2


def test_a_month_is_stored_as_the_first_day():
    page = written([("x", date(2020, 4, 1))])
    assert page.cell(HEADING_ROW + 1, 2).value == datetime(2020, 4, 1)
