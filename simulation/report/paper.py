"""The content of a board paper in any format: its words, numbers and pictures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from simulation.charts import OF_COMPARISONS
from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.publish import png_bytes, svg_text
from simulation.formatting import capital, day_words
from simulation.report.words import EQUALITY, QUALITY, RECOMMENDATION, TO_FILL

DECISION_HEAD = "What we would do, and what would change our mind"
LEVERS_HEAD = "The levers"

_SHORT_BRACKET = re.compile(r"\([^()]{1,24}\)")

_MOST_ROWS, _MOST_ROWS_IN_GROUPS = 26, 12
"""The most rows of a table that stays on one page; one with subheadings can be read on from them, on the next."""

_ON_BOOKS = ("who_gains", "who_wins")
"""Charts of organisations' books."""

_ON_TRUST = ("trust_over_time",)
"""Charts of all choices that stand before those of the one in detail."""

_ON_MONEY = ("money",)
"""Charts of the place's costs and position."""

_ON_DECISION = ("deciding",)
"""Charts of what decides between two choices."""

_ON_INFORMATION = ("information",)
"""Charts of what it is worth to find out before choosing."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a head that every page repeats.

    Attributes:
        caption: The caption, in a line.
        heads: The head of each column.
        rows: Cells as text; a row of a single cell is a subheading over the rows after it.
        widths: Width of each column, as a share of the whole, 0–1.
        note: The note under it, on how to read it.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    note: str = ""

    @property
    def stays_whole(self) -> bool:
        """True if it stays on one page; of more rows it goes on where the page ends, under its repeated head."""
        most = _MOST_ROWS_IN_GROUPS if any(len(row) == 1 for row in self.rows) else _MOST_ROWS
        return len(self.rows) <= most

    @property
    def printed(self) -> tuple[tuple[str, ...], ...]:
        """The rows as they are printed: no line breaks within a range in brackets."""
        return tuple(tuple(_SHORT_BRACKET.sub(_unbroken, cell) for cell in row) for row in self.rows)


def _unbroken(found: re.Match[str]) -> str:
    return found[0].replace(" ", "\N{NO-BREAK SPACE}")


class KeyFigure(NamedTuple):
    """A figure that is set large on the first page, and what it is."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class FrontRow:
    """A row of the front sheet.

    Attributes:
        head: Its name.
        texts: Paragraphs; the first is the most important one.
        items: A list after them.
        is_numbered: True if the list is numbered.
        is_finding: True if the first paragraph is the paper's main finding.
    """

    head: str
    texts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    is_numbered: bool = False
    is_finding: bool = False


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


class Chapter(NamedTuple):
    """A heading with the tables and charts under it."""

    head: str
    blocks: tuple[Table | Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The content of a paper.

    Attributes:
        title: The title, in a line.
        audience: The readers; empty if not given.
        made: The day on which the results were made, YYYY-MM-DD.
        period: The simulated months, in words; empty if not given.
        question: The question.
        figures: The few figures that are set large on the first page.
        answer: The findings, each a sentence or two with the numbers.
        cautions: Anything missing that the reader must know first; empty most often.
        ask: The requests to the board, each to follow “is asked to”; a single one is a text by itself.
        money: What the choice costs, what it brings, and who pays, a sentence or two each.
        risks: What could make the finding wrong or the choice fail, a sentence or two each.
        not_for: Uses that are ruled out, a sentence each.
        decision: What we would do, and what would change our mind; none where no choices are compared.
        levers: What each lever is, who pulls it, what it costs and what it is worth; None if no scenario has levers.
        scenarios: The scenarios side by side.
        finance: Costs and position, and when each scenario pays back; none if not known.
        books: Organisations' books against the baseline, or against their own plans; none if not known.
        rankings: The parameters by several sensitivity indices; None if they were not found.
        findings: The charts, in the order in which to read them.
        for_slides: Charts that are drawn again for slides, instead of those of the same names.
        detail_head: Heading of the charts of one scenario.
        register: The numbers that it rests on, the assumed ones first.
        method: The method, about half a page.
        reproduce: How to reproduce these figures: pairs of a name, and what to type or compare.
        colours: Colours of headings and of lines, #RRGGBB.
        is_checked: False if nobody checked that the files of the results are as they were written.
        is_of_this_model: False if another version of the model made the results than the one that reads them.
        is_whole: False if something is left out of the results because simulated runs failed.
    """

    title: str
    audience: str
    made: str
    period: str = ""
    question: str
    figures: tuple[KeyFigure, ...] = ()
    answer: tuple[str, ...]
    cautions: tuple[str, ...]
    ask: tuple[str, ...]
    money: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    not_for: tuple[str, ...]
    decision: tuple[Table, ...] = ()
    levers: Table | None = None
    scenarios: Table
    finance: tuple[Table, ...] = ()
    books: tuple[Table, ...]
    rankings: Table | None = None
    findings: tuple[Finding, ...]
    for_slides: tuple[Finding, ...] = ()
    detail_head: str = "In detail"
    register: Table
    method: tuple[str, ...]
    reproduce: tuple[tuple[str, str], ...]
    colours: tuple[str, str]
    is_checked: bool = True
    is_of_this_model: bool = True
    is_whole: bool = True

    @property
    def blanks(self) -> tuple[tuple[str, str], ...]:
        """Names and values above the front sheet; what the model cannot know is left to fill in."""
        known = (
            ("For", capital(self.audience) or TO_FILL),
            *([("Simulated period", self.period)] if self.period else []),
            ("Results of", day_words(self.made) or TO_FILL),
        )
        return (*known, ("Sponsor and author", TO_FILL))

    @property
    def front(self) -> tuple[FrontRow, ...]:
        """The rows of the front sheet, in the order in which NHS boards have them."""
        cautions = tuple(f"Caution: {each}" for each in self.cautions)
        rows = (
            FrontRow(head="Purpose", texts=(f"For decision. {self.question}",)),
            self._recommendation,
            FrontRow(head="Key findings", texts=(*self.answer, *cautions), is_finding=True),
            FrontRow(head="Must not be used for", texts=(" ".join(self.not_for),)),
            FrontRow(head="Finance", texts=self.money),
            FrontRow(head="Risks", texts=self.risks),
            FrontRow(head="Equality", texts=(EQUALITY,)),
            FrontRow(head="Quality", texts=(QUALITY,)),
        )
        return tuple(row for row in rows if row.texts or row.items)

    @property
    def _recommendation(self) -> FrontRow:
        if len(self.ask) == 1:
            return FrontRow(head=RECOMMENDATION, texts=self.ask)
        name = self.audience or "the committee"
        who = name if name.lower().startswith("the ") else f"the {name}"
        return FrontRow(head=RECOMMENDATION, texts=(f"{capital(who)} is asked to:",), items=self.ask, is_numbered=True)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters after the front sheet, up to the method; those that have nothing are left out."""
        by_name = {each.chart.name: each for each in self.findings}
        money = [by_name[name] for name in _ON_BOOKS if name in by_name]
        over_time = [by_name[name] for name in _ON_MONEY if name in by_name]
        trust = [by_name[name] for name in _ON_TRUST if name in by_name]
        to_find_out = [by_name[name] for name in _ON_INFORMATION if name in by_name]
        to_decide = [by_name[name] for name in _ON_DECISION if name in by_name]
        apart = (*_ON_BOOKS, *_ON_MONEY, *_ON_TRUST, *_ON_INFORMATION, *_ON_DECISION)
        choices = [each for name, each in by_name.items() if name in OF_COMPARISONS and name not in apart]
        detail = [each for name, each in by_name.items() if name not in OF_COMPARISONS and name not in apart]
        found = (
            Chapter(head=DECISION_HEAD, blocks=(*self.decision, *to_decide)),
            Chapter(head=self.choices_head, blocks=(self.scenarios, *choices)),
            Chapter(head="Costs and position", blocks=(*self.finance, *over_time)),
            Chapter(head=LEVERS_HEAD, blocks=(self.levers,) if self.levers else ()),
            Chapter(head="Who gains and who pays", blocks=(*money, *self.books)),
            Chapter(head="Trust", blocks=tuple(trust)),
            Chapter(head="What to find out first", blocks=(*to_find_out, *([self.rankings] if self.rankings else []))),
            Chapter(head=self.detail_head, blocks=tuple(detail)),
        )
        return tuple(chapter for chapter in found if chapter.blocks)

    @property
    def choices_head(self) -> str:
        """Heading of the table of scenarios and of the charts that compare them."""
        return "The choices" if len(self.scenarios.rows) > 1 else "The scenario"

    @property
    def tables(self) -> Sequence[Table]:
        """Every table."""
        return [
            *self.decision,
            *([self.levers] if self.levers else []),
            self.scenarios,
            *self.finance,
            *self.books,
            *([self.rankings] if self.rankings else []),
            self.register,
        ]
