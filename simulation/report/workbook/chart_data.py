"""The numbers behind each chart, a sheet for each, and a list of the charts with what each finds."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.theme import Theme
from simulation.charts.publish_all import ChartRequest, charts_of
from simulation.formatting import capital, counted, listed
from simulation.report.workbook.names import Names
from simulation.report.workbook.sheet import Cell, Column, Format, Sheet, table_of
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

LIST = "Charts"

_TWINS = {"trust_matrix": "trust_map"}
"""Charts that show the numbers of another one."""

_OF_SHARES = ("question_mix",)

_BETWEEN_SENTENCES = re.compile(r"(?<=[.]) (?=[A-Z0-9“])")


def chart_sheets(comparison: Comparison, names: Names, theme: Theme, rests: str) -> list[Sheet]:
    """Return the list of charts, and for each chart the table that its CSV holds.

    A chart of one scenario has one sheet, with a column that says of which scenario a row is.

    Args:
        comparison: The results.
        names: The words for ids.
        theme: The theme with which charts are drawn.
        rests: What the numbers rest on.
    """
    requests = list(charts_of(comparison))
    drawn = {
        (each.name, each.scenario): each.draw(theme)
        for each in requests
        if not each.left_out and each.name not in _TWINS
    }
    by_name: dict[str, dict[str, Chart]] = {}
    for (name, scenario), chart in drawn.items():
        by_name.setdefault(name, {})[scenario] = chart
    alone = len(comparison.cases) == 1
    sheets = [
        _sheet_of_one(name, next(iter(charts.values())), names)
        if alone or "" in charts
        else _sheet_of_several(name, charts, names, rests)
        for name, charts in by_name.items()
    ]
    return [_list(requests, drawn, rests), *sheets]


def sheet_name(chart: str) -> str:
    """Return the name of a chart's sheet.

    Args:
        chart: Its name in `charts.CHARTS`.
    """
    return f"Chart {_TWINS.get(chart, chart).replace('_', ' ')}"


def _sheet_of_one(name: str, chart: Chart, names: Names) -> Sheet:
    columns, rows = table_of(chart.data, names, of_shares=name in _OF_SHARES)
    holds = f"{chart.subtitle} {chart.note}".strip()
    return Sheet(
        name=sheet_name(name), title=chart.headline, holds=holds, rests=chart.source, columns=columns, rows=rows
    )


def _sheet_of_several(name: str, charts: dict[str, Chart], names: Names, rests: str) -> Sheet:
    import pandas as pd

    frames = [_with_scenario(chart.data, label) for label, chart in charts.items()]
    columns, rows = table_of(pd.concat(frames, ignore_index=True), names, of_shares=name in _OF_SHARES)
    one = f"one chart, of “{next(iter(charts))}”"
    return Sheet(
        name=sheet_name(name),
        title=f"{_label(name)}: the numbers of {one if len(charts) == 1 else _one_for_each(charts)}",
        holds=f"{_notes_by_scenario(charts)} What each chart finds is on the sheet {LIST}.",
        rests=rests,
        columns=columns,
        rows=rows,
        frozen=1,
    )


def _one_for_each(charts: Mapping[str, Chart]) -> str:
    return f"{counted(len(charts), 'chart')}, one for each scenario"


def _notes_by_scenario(charts: Mapping[str, Chart]) -> str:
    """Say once what charts have in common, their measure first, and name the scenario of what differs."""
    notes = {label: _sentences(chart) for label, chart in charts.items()}
    first, *others = notes.values()
    shared = [each for each in first if all(each in other for other in others)]
    whose: dict[str, list[str]] = {}
    for label, note in notes.items():
        whose.setdefault(" ".join(each for each in note if each not in shared), []).append(f"“{label}”")
    own = (f"{listed(labels)}: {text}" for text, labels in whose.items() if text)
    return " ".join((*shared, *own))


def _sentences(chart: Chart) -> list[str]:
    """Return the measure of a chart of one scenario, and each sentence of its note."""
    measure = chart.subtitle.partition(". ")[0].rstrip(".")
    return [f"{measure}.", *filter(None, _BETWEEN_SENTENCES.split(chart.note))]


def _with_scenario(data: "pd.DataFrame", label: str) -> "pd.DataFrame":
    marked = data.assign(scenario=label)
    return marked[["scenario", *(column for column in data if column != "scenario")]]


def _list(requests: Sequence[ChartRequest], drawn: dict[tuple[str, str], Chart], rests: str) -> Sheet:
    """Return a row for each chart: its sheet, its finding and its texts, or why it cannot be drawn."""
    rows: list[tuple[Cell, ...]] = []
    for each in requests:
        chart = drawn.get((_TWINS.get(each.name, each.name), each.scenario))
        sheet = None if each.left_out else sheet_name(each.name)
        texts = (None,) * 3 if chart is None or each.left_out else (chart.headline, chart.subtitle, chart.note or None)
        finding, *more = texts
        named = (_label(each.name), each.name, each.scenario or None, sheet)
        rows.append((*named, finding, capital(each.left_out) or None, *more))
    return Sheet(
        name=LIST,
        title="The charts: what each finds, and on which sheet its numbers are",
        holds="A row for each chart that trustsim chart can draw, and the reason where these results have none for it.",
        rests=rests,
        columns=(
            Column("Chart"),
            Column("Name for --only"),
            Column("Scenario"),
            Column("Sheet"),
            *(Column(head, Format.LONG_TEXT) for head in ("Finding", "Left out because", "Measure", "How to read it")),
        ),
        rows=rows,
        frozen=1,
    )


def _label(chart: str) -> str:
    return capital(chart.replace("_", " "))
