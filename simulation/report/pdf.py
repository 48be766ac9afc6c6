"""The paper as a tagged PDF (PDF/UA-1), set by typst. All text is passed as data and never read as markup."""

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

import typst

from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import font_folders
from simulation.report.office import dated_time
from simulation.report.paper import Finding, Paper, Table


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
    """Return the paper as plain data, without letters that XML cannot hold."""
    written: dict[str, Any] = _safe(
        {
            "title": paper.title,
            "colours": paper.colours,
            "blanks": paper.blanks,
            "figures": paper.figures,
            "front": [asdict(row) for row in paper.front],
            "chapters": [
                {"head": chapter.head, "blocks": [_block(block) for block in chapter.blocks]}
                for chapter in paper.chapters
            ],
            "method": paper.method,
            "reproduce": paper.reproduce,
            "register": _table(paper.register),
        }
    )
    return written | {"date": _day(paper.made)}


def _block(block: Table | Finding) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"kind": "table", **_table(block)}
    chart = block.chart
    texts = {name: getattr(chart, name) for name in ("headline", "subtitle", "note", "source", "alt")}
    return {"kind": "chart", **texts, "svg": block.svg}


def _table(table: Table) -> dict[str, Any]:
    return {**asdict(table), "rows": table.printed}


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return xml_safe(value)
    if isinstance(value, dict):
        return {key: _safe(part) for key, part in value.items()}
    return [_safe(part) for part in value] if isinstance(value, list | tuple) else value


def _day(made: str) -> tuple[int, int, int]:
    day = dated_time(made)
    return day.year, day.month, day.day
