"""A figure with its data and texts (headline, subtitle, note, source, alternative text), none over another."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from simulation.charts.drawing.fitting import TEXT_WIDTH, fit_texts
from simulation.charts.drawing.lettering import drawable, line_height, wrap
from simulation.charts.drawing.theme import HEADLINE_SIZE, TEXT_SIZE, Theme

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 16.0
"""cm: the text width of an A4 page."""

HEIGHT = 8.5
"""cm, unless the picture needs more."""

Letters = Literal["shapes", "text"]

_NOTEBOOK_DPI = 144
"""Sharp at the size of a page, and small enough for a notebook to keep."""

_EDGE = 0.15
_GAP = 0.25
_APART = 0.1


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of a chart.

    Attributes:
        name: The name of its files.
        headline: The finding in about ten words.
        subtitle: Measure, place, period, unit and statistic, in two lines at most.
        note: Under the picture: how to read what the picture cannot name beside its marks; empty for none.
        source: Scenario, seed, replicates and version.
        alt: Alternative text: one or two sentences with the numbers, for readers who cannot see the picture.
    """

    name: str
    headline: str
    subtitle: str
    source: str
    alt: str
    note: str = ""


class Chart(Figure):
    """A matplotlib figure with its texts and its data. Draw on the axes that `add_panel` and `add_sheet` return.

    Attributes:
        theme: The fonts and colours.
        name, headline, subtitle, note, source, alt: See `Texts`; headline and subtitle shortened to two lines each.
        data: The numbers that it shows, as a tidy table.
        body_height: cm between the subtitle and the note; at least half of the figure.
        marks_width: cm from side to side that marks have; names and numbers stand beside them.
        letters: How letters are written in SVG: as shapes or as text.
    """

    letters: Letters = "shapes"

    def __init__(
        self, texts: Texts, data: "pd.DataFrame", theme: Theme, *, body_height: float = 0.0, height: float = HEIGHT
    ) -> None:
        """Write the texts and make room for the picture.

        Args:
            texts: Its texts.
            data: The numbers that it shows.
            theme: The fonts and colours.
            body_height: The least height of the picture, cm; the figure grows if this needs more, or if the texts would
                take more room than the picture.
            height: The least height of the whole figure, cm.
        """
        room = TEXT_WIDTH
        self.headline, self.subtitle, self.note = fit_texts(texts.headline, texts.subtitle, texts.note)
        headline = wrap(self.headline, room, HEADLINE_SIZE, bold=True)
        subtitle = wrap(self.subtitle, room)
        note, source = wrap(self.note, room) if self.note else [], wrap(texts.source, room)
        apart = _APART if note else 0.0
        above = _EDGE + len(headline) * line_height(HEADLINE_SIZE) + len(subtitle) * line_height() + _GAP
        below = _EDGE + (len(note) + len(source)) * line_height() + apart + _GAP
        self.body_height = max(body_height, height - above - below, above + below)
        self._height, self._below = above + self.body_height + below, below
        super().__init__(figsize=(WIDTH / 2.54, self._height / 2.54), facecolor=theme.palette.ground)
        FigureCanvasAgg(self)
        self.theme, self.data, self.marks_width = theme, data, WIDTH
        self.name, self.source, self.alt = texts.name, texts.source, texts.alt
        top = self._write(headline, self._height - _EDGE, HEADLINE_SIZE, weight="bold", color=theme.palette.ink)
        self._write(subtitle, top, TEXT_SIZE, color=theme.palette.quiet)
        foot = self._write(note, below - _GAP, TEXT_SIZE, color=theme.palette.quiet)
        self._write(source, foot - apart, TEXT_SIZE, color=theme.palette.quiet)

    def add_panel(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Add axes for data.

        Args:
            left: cm from the left edge of the figure.
            bottom: cm from the foot of the body.
            width: cm.
            height: cm.
        """
        return self.add_axes(
            (left / WIDTH, (self._below + bottom) / self._height, width / WIDTH, height / self._height)
        )

    def add_sheet(self) -> Axes:
        """Add axes over the whole body for text and shapes, in cm: x from the left edge, y from the foot."""
        sheet = self.add_panel(0.0, 0.0, WIDTH, self.body_height)
        sheet.set(xlim=(0.0, WIDTH), ylim=(0.0, self.body_height))
        sheet.set_axis_off()
        sheet.set_in_layout(False)
        return sheet

    @property
    def body(self) -> Bbox:
        """The box of the picture alone, inches: a paper writes the texts itself."""
        foot = (self._below - _GAP / 2) / 2.54
        return Bbox([[0.0, foot], [WIDTH / 2.54, foot + (self.body_height + _GAP) / 2.54]])

    @property
    def picture_height(self) -> float:
        """Height of the picture alone, cm; it is as wide as the whole chart."""
        return float(self.body.height) * 2.54

    def draw(self, renderer: Any) -> None:
        """Draw in the theme, whatever the user's own matplotlib settings are."""
        with self.theme.applied(), rc_context({"svg.fonttype": "none" if self.letters == "text" else "path"}):
            super().draw(renderer)

    def _ipython_display_(self) -> None:
        """Show the chart, ahead of what matplotlib registers for every figure once pyplot is imported."""
        from IPython.display import display

        shown, looks = self._repr_mimebundle_()
        display(shown, metadata=looks, raw=True)  # type: ignore[no-untyped-call]

    def _repr_mimebundle_(self, **_asked: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what a notebook shows: the picture, and its alternative text where there are no pictures."""
        from simulation.charts.drawing.publish import small_png_bytes

        looks = {"width": round(WIDTH / 2.54 * 96), "alt": self.alt}
        picture = small_png_bytes(self, _NOTEBOOK_DPI)
        return {"image/png": picture, "text/plain": f"{self.headline}. {self.alt}"}, {"image/png": looks}

    def _write(self, lines: list[str], top: float, size: float, **look: Any) -> float:
        """Write lines downwards from a height in cm, and return where they end."""
        for line in lines:
            self.text(_EDGE / WIDTH, top / self._height, line, size=size, va="top", ha="left", **look)
            top -= line_height(size)
        return top


def letter(sheet: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Write one line of text, its middle at a height.

    Args:
        sheet: A sheet or a panel.
        x: In the units of the axes.
        y: In the units of the axes.
        text: The line; letters that the fonts cannot draw are left out.
        look: Properties of matplotlib's Text, such as ha, weight and color.
    """
    placed: dict[str, Any] = {"va": "center_baseline", "ha": "left", "size": TEXT_SIZE} | look
    sheet.text(x, y, drawable(text), **placed)


def draw_whisker(
    sheet: Axes, low: float, high: float, middle: float, *, ink: str, ground: str, rim: float = 3.2
) -> None:
    """Draw a horizontal line with ends, on a light rim so that it stands out from a bar.

    Args:
        sheet: A sheet, in cm.
        low: The left end, cm.
        high: The right end, cm.
        middle: The height, cm.
        ink: Colour of the line, #RRGGBB.
        ground: Colour of the rim, #RRGGBB.
        rim: Width of the rim, points.
    """
    for width, colour in ((rim, ground), (1.2, ink)):
        sheet.plot([low, high], [middle] * 2, color=colour, lw=width, marker="|", ms=6, mew=width, zorder=3)


def letter_block(sheet: Axes, x: float, middle: float, lines: list[str], **look: Any) -> None:
    """Write lines of text on a sheet, the middle of their block at a height in cm."""
    top = middle + (len(lines) - 1) / 2 * line_height()
    for number, line in enumerate(lines):
        letter(sheet, x, top - number * line_height(), line, **look)
