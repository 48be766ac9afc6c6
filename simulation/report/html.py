"""The paper as one HTML file with its pictures and their numbers, which loads nothing else."""

from base64 import b64encode
from importlib.resources import files
from math import isnan
from typing import Any

from jinja2 import Environment, StrictUndefined

from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import WEIGHTS, face_file
from simulation.report.paper import Finding, Paper


def write_html(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .html file.

    Args:
        paper: The content.
    """
    template = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(
        files("simulation.report").joinpath("paper.html.j2").read_text(encoding="utf-8")
    )
    chapters = [
        {"head": head, "blocks": [_finding(each) if isinstance(each, Finding) else each for each in blocks]}
        for head, blocks in paper.chapters
    ]
    return xml_safe(template.render(paper=paper, chapters=chapters, faces=_faces())).encode()


def _faces() -> list[dict[str, Any]]:
    """Return the faces of the typeface, as they stand in the page itself."""
    return [{"weight": each, "data": b64encode(face_file(each, "woff2").read_bytes()).decode()} for each in WEIGHTS]


def _finding(finding: Finding) -> dict[str, Any]:
    """Return a chart, its picture for the page, and its numbers as text."""
    drawn, data = finding.svg, finding.chart.data
    return {
        "chart": finding.chart,
        "svg": drawn[drawn.index("<svg") :],
        "heads": [str(column) for column in data.columns],
        "rows": [[_shown(cell) for cell in row] for row in data.itertuples(index=False)],
    }


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return "" if isnan(cell) else f"{cell:.6g}"
    return "" if cell is None else str(cell)
