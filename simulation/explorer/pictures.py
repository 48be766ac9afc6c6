"""Pictures as a page shows them: headline, drawing, words for who can't see it, its data, and files to take away."""

import tempfile
import threading
from collections.abc import Callable
from html import escape
from io import BytesIO
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from simulation.analysis.compare import compare
from simulation.charts.against_baseline import AGAINST_BASELINE, reason_unavailable_against_baseline
from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.publish import csv_text, publish, svg_text
from simulation.charts.text.comparison_words import verdict_words
from simulation.formatting import capital, in_hundred
from simulation.results.comparison import Comparison
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import scenario_to_yaml

if TYPE_CHECKING:
    import pandas as pd

_DRAWING = threading.Lock()
"""A theme is set for a whole process while it draws, so pictures are drawn one after the other."""

_MOST_ROWS = 600

# what opens on demand is out of the style sheet's reach, and so has its looks with it
_CELL = "padding:.15rem .6rem;text-align:left;white-space:nowrap"
_SCROLLS = "overflow:auto;max-height:24rem;border:1px solid #767676;color:#0b0c0c"


def draw(chart: Callable[..., Chart], *drawn_from: Any, **options: Any) -> tuple[Chart, str]:
    """Draw a chart: the chart itself, and its picture as SVG with letters as text.

    Args:
        chart: A function of `simulation.charts`.
        *drawn_from: What it takes.
        **options: The same.
    """
    with _DRAWING:
        drawn = chart(*drawn_from, **options)
        svg = svg_text(drawn, picture_only=True, letters="text")
    return drawn, svg[svg.index("<svg") :]


def figure_html(chart: Chart, svg: str, *, named: bool = True) -> str:
    """A picture under its headline, with what it shows and where it comes from as text.

    Args:
        chart: What is shown.
        svg: Its picture.
        named: Whether the headline is not above it already.
    """
    headline = f"<h3>{escape(chart.headline)}</h3>" if named else ""
    return (
        f'<figure class="picture" id="{escape(chart.name)}">{headline}'
        f'<p class="subtitle">{escape(chart.subtitle)}</p><div class="drawing">{svg}</div>'
        f'<p class="note">{escape(chart.note)}</p>'
        f'<figcaption class="source">{escape(chart.source)}</figcaption></figure>'
    )


def data_file(chart: Chart) -> bytes:
    """A chart's data as CSV that a spreadsheet reads as it is meant."""
    return ("\ufeff" + csv_text(chart.data)).encode()


def table_html(data: "pd.DataFrame", caption: str) -> str:
    """A table that scrolls by itself and can be reached by keyboard; of a very long one the first rows.

    Args:
        data: Tidy.
        caption: What it is of.
    """
    shown = data.head(_MOST_ROWS)
    head = "".join(
        f'<th scope="col" style="{_CELL}">{_cell(str(each).replace("_", " "))}</th>' for each in data.columns
    )
    rows = "".join(f"<tr>{''.join(map(_data_cell, row))}</tr>" for row in shown.itertuples(index=False, name=None))
    more = "" if len(shown) == len(data) else f"<p>and {len(data) - len(shown):,} rows more, in the file</p>"
    return (
        f'<div style="{_SCROLLS}" role="region" tabindex="0" aria-label="Data: {escape(caption)}">'
        f'<table><caption style="{_CELL}">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )


def certainty_words(comparison: Comparison) -> str:
    """How often what was changed leaves less, by chance and with assumptions varied; nothing if it is the same.

    Args:
        comparison: The place as it stands and with what was changed.
    """
    (told,) = compare(comparison)
    if told.chance.counts.better == told.chance.counts.worse == 0:
        return ""
    sure = (
        f"It is smaller in {in_hundred(told.chance.counts.better, told.chance.counts.of)} with the same random events"
    )
    return f"{sure}. {capital(verdict_words(comparison))}."


def archive(comparison: Comparison, scenario: Scenario, month: int) -> bytes:
    """All pictures with their data and texts, and the scenario, as one zip file.

    Args:
        comparison: The place as it stands and with what was changed.
        scenario: What was set, as it is saved.
        month: Which month the trust map shows, counted from 0.
    """
    buffer = BytesIO()
    with _DRAWING, tempfile.TemporaryDirectory() as folder, ZipFile(buffer, "w") as whole:
        for name, chart in AGAINST_BASELINE.items():
            if reason_unavailable_against_baseline(name, comparison) is None:
                options = {"month": month} if name == "trust_map_against_baseline" else {}
                publish(chart(comparison, **options), folder)
        for path in sorted(Path(folder).iterdir()):
            whole.write(path, path.name)
        whole.writestr(f"{comparison.name}-changed.yaml", scenario_to_yaml(scenario, schema=None))
    return buffer.getvalue()


def _data_cell(cell: object) -> str:
    return f'<td style="{_CELL}">{_cell(cell)}</td>'


def _cell(cell: object) -> str:
    """A number to three places, or a text made safe."""
    if isinstance(cell, float):
        return "" if isnan(cell) else f"{cell:,.3f}".rstrip("0").rstrip(".").replace("-", "−")
    return "" if cell is None else escape(str(cell))
