"""The content of a board paper in any format: its words, numbers and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.publish import png_bytes, svg_text
from simulation.formatting import day_words

_ON_BOOKS = ("who_gains", "who_wins")
"""Charts of organisations' books."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a head that every page repeats.

    Attributes:
        caption: The caption, in a line.
        heads: The head of each column.
        rows: Cells as text.
        widths: Width of each column, as a share of the whole, 0–1.
        note: The note under it, on how to read it.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding: a chart, whose headline states it."""

    chart: Chart = field(repr=False)

    @cached_property
    def png(self) -> bytes:
        """The picture alone, for Word and PowerPoint."""
        return png_bytes(self.chart, picture_only=True)

    @cached_property
    def svg(self) -> str:
        """The picture alone, for PDF and HTML; its ids begin with the chart's name."""
        return svg_text(self.chart, picture_only=True)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The content of a paper.

    Attributes:
        title: The title, in a line.
        audience: The readers; empty if not given.
        made: The day on which the results were made, YYYY-MM-DD.
        question: The question.
        answer: The findings, each a sentence or two with the numbers.
        cautions: Anything missing that the reader must know first; empty most often.
        ask: The request to the board.
        not_for: Uses that are ruled out, a sentence each.
        scenarios: The scenarios side by side.
        books: Organisations' books against the baseline, or against their own plans; none if not known.
        findings: The charts, in the order in which to read them.
        register: The numbers that it rests on, the assumed ones first.
        method: The method, about half a page.
        reproduce: How to reproduce these figures: pairs of a name, and what to type or compare.
        colours: Colours of headings and of lines, #RRGGBB.
    """

    title: str
    audience: str
    made: str
    question: str
    answer: tuple[str, ...]
    cautions: tuple[str, ...]
    ask: str
    not_for: tuple[str, ...]
    scenarios: Table
    books: tuple[Table, ...]
    findings: tuple[Finding, ...]
    register: Table
    method: tuple[str, ...]
    reproduce: tuple[tuple[str, str], ...]
    colours: tuple[str, str]

    @property
    def about(self) -> str:
        """The audience and the day, for the line under the title."""
        audience = f"For {self.audience}" if self.audience else ""
        return ", ".join(part for part in (audience, day_words(self.made)) if part)

    def tables_after(self, finding: Finding | None) -> tuple[Table, ...]:
        """Return the tables that follow a finding; those on organisations' books follow the chart of who gains or wins.

        Args:
            finding: One of the findings; None for the table of scenarios, before the first of them.
        """
        charts = [each.chart.name for each in self.findings if each.chart.name in _ON_BOOKS]
        named = charts[0] if charts else None
        return self.books if named == (None if finding is None else finding.chart.name) else ()

    @property
    def tables(self) -> Sequence[Table]:
        """Every table."""
        return [self.scenarios, *self.books, self.register]
