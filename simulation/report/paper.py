"""A paper for a board, whatever the format: every word, number and picture that it has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.publish import png_bytes, svg_text
from simulation.formatting import day_words


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a head that every page repeats.

    Attributes:
        caption: What it shows, in a line.
        heads: The head of each column.
        rows: Cells as text.
        widths: Width of each column, in parts of the whole.
        note: What must be known to read it.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One chart with its texts: its headline is the finding."""

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
    """All that a paper says.

    Attributes:
        title: In a line.
        audience: Whom it is for; empty if that was not said.
        made: The day on which the results were made, YYYY-MM-DD.
        question: What was asked.
        answer: Three sentences with the numbers.
        cautions: What is missing, so that the reader must know it first; most often nothing.
        ask: What is asked of the board.
        not_for: What it must not be used for, a sentence each.
        scenarios: The scenarios side by side.
        losers: Who loses most, and who wins.
        findings: The charts, in the order in which to read them.
        register: The numbers that it rests on, the assumed ones first.
        method: Half a page.
        reproduce: How to reproduce these figures: what it is, and what to type or compare.
        colours: Of headings and of lines, #RRGGBB.
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
    losers: Table | None
    findings: tuple[Finding, ...]
    register: Table
    method: tuple[str, ...]
    reproduce: tuple[tuple[str, str], ...]
    colours: tuple[str, str]

    @property
    def about(self) -> str:
        """Whom it is for, and of which day."""
        audience = f"For {self.audience}" if self.audience else ""
        return ", ".join(part for part in (audience, day_words(self.made)) if part)

    @property
    def tables(self) -> Sequence[Table]:
        """Every table."""
        return [self.scenarios, *([self.losers] if self.losers else []), self.register]
