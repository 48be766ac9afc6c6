"""The paper as a tagged PDF (PDF/UA-1), set by typst. All text is passed as data and never read as markup."""

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

import typst

from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import font_folders
from simulation.report.office import dated_time
from simulation.report.paper import Paper, Table


def write_pdf(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .pdf file.

    Args:
        paper: The content.
    """
    compile_paper: Any = typst.compile
    written = compile_paper(
        files("simulation.report").joinpath("paper.typ").read_bytes(),
        sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)},
        font_paths=font_folders(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return bytes(written)


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "title": xml_safe(paper.title),
        "about": xml_safe(paper.about),
        "date": _day(paper.made),
        "colours": paper.colours,
        "question": xml_safe(paper.question),
        "answer": [xml_safe(sentence) for sentence in paper.answer],
        "cautions": [xml_safe(each) for each in paper.cautions],
        "ask": xml_safe(paper.ask),
        "not_for": paper.not_for,
        "books": [_table(table) for table in paper.tables_after(None)],
        "scenarios": _table(paper.scenarios),
        "findings": [
            {
                "headline": xml_safe(each.chart.headline),
                "subtitle": xml_safe(each.chart.subtitle),
                "note": xml_safe(each.chart.note),
                "source": xml_safe(each.chart.source),
                "alt": xml_safe(each.chart.alt),
                "svg": each.svg,
                "tables": [_table(table) for table in paper.tables_after(each)],
            }
            for each in paper.findings
        ],
        "method": paper.method,
        "reproduce": [[xml_safe(name), xml_safe(value)] for name, value in paper.reproduce],
        "register": _table(paper.register),
    }


def _table(table: Table) -> dict[str, Any]:
    return asdict(table) | {
        "caption": xml_safe(table.caption),
        "rows": [[xml_safe(cell) for cell in row] for row in table.rows],
    }


def _day(made: str) -> tuple[int, int, int]:
    day = dated_time(made)
    return day.year, day.month, day.day
