"""The paper as a tagged PDF (PDF/UA-1), set by typst."""

from dataclasses import asdict
from importlib.resources import files
from typing import Any

from simulation.report.office import dated_time
from simulation.report.paper import Finding, Paper, Table
from simulation.report.typesetting import typeset


def write_pdf(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .pdf file.

    Args:
        paper: The content.
    """
    return typeset(files("simulation.report").joinpath("paper.typ").read_bytes(), paper=_data(paper))


def _data(paper: Paper) -> dict[str, Any]:
    """Return the paper as plain data."""
    return {
        "title": paper.title,
        "colours": paper.colours,
        "blanks": paper.blanks,
        "figures": paper.figures,
        "front": [asdict(row) for row in paper.front],
        "chapters": [
            {"head": chapter.head, "blocks": [_block(block) for block in chapter.blocks]} for chapter in paper.chapters
        ],
        "method": paper.method,
        "reproduce": paper.reproduce,
        "register": _table(paper.register),
        "date": _day(paper.made),
    }


def _block(block: Table | Finding) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"kind": "table", **_table(block)}
    chart = block.chart
    texts = {name: getattr(chart, name) for name in ("headline", "subtitle", "note", "source", "alt")}
    return {"kind": "chart", **texts, "svg": block.svg}


def _table(table: Table) -> dict[str, Any]:
    return {**asdict(table), "rows": table.printed, "stays_whole": table.stays_whole}


def _day(made: str) -> tuple[int, int, int]:
    day = dated_time(made)
    return day.year, day.month, day.day
