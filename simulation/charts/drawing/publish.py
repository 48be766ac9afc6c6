"""A chart as files: PNG, SVG, CSV and its texts. The same input gives the same bytes."""

import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from simulation.charts.drawing.chart import Chart, Letters
from simulation.charts.drawing.typeface import web_families
from simulation.extras import check_installed
from simulation.results.batch.files import write_whole

if TYPE_CHECKING:
    import pandas as pd

DPI = 300

ENDINGS = ("png", "svg", "csv", "txt")
"""Of the files of a chart."""

_COMPRESSION = 1
"""Of PNG, from 1 to 9: 1 takes a third of the time of the usual 6, for a fifth more bytes."""

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def publish(chart: Chart, folder: Path | str) -> list[Path]:
    """Write a chart as NAME.png, NAME.svg, NAME.csv and NAME.txt, each whole or not at all.

    Args:
        chart: The chart to write.
        folder: The folder to write to; created if it does not exist. Files of these names are replaced.

    Returns:
        The four files.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    png, svg, csv, txt = (place / f"{chart.name}.{ending}" for ending in ENDINGS)
    write_whole(png, png_bytes(chart))
    write_whole(svg, svg_text(chart).encode())
    write_whole(csv, csv_text(chart.data).encode("utf-8-sig"))
    texts = (chart.headline, chart.subtitle, f"Alternative text: {chart.alt}", chart.note, chart.source)
    write_whole(txt, ("\n\n".join(text for text in texts if text) + "\n").encode())
    return [png, svg, csv, txt]


def png_bytes(chart: Chart, *, picture_only: bool = False, dpi: int = DPI) -> bytes:
    """Return a chart as PNG.

    Args:
        chart: The chart to draw.
        picture_only: True to leave out all texts around the picture, where they stand as text.
        dpi: Dots per inch.
    """
    buffer = BytesIO()
    with chart.theme.applied():
        chart.savefig(
            buffer,
            format="png",
            dpi=dpi,
            metadata={"Software": None},
            pil_kwargs={"compress_level": _COMPRESSION},
            bbox_inches=chart.body if picture_only else None,
        )
    return buffer.getvalue()


def small_png_bytes(chart: Chart, dpi: int) -> bytes:
    """Return a chart as PNG of at most 64 colours, a sixth of the size, for a notebook that keeps its pictures.

    Args:
        chart: The chart to draw.
        dpi: Dots per inch.

    Raises:
        MissingPackageError: If Pillow is not installed.
    """
    check_installed("a chart in a notebook", "PIL")
    from PIL import Image

    buffer = BytesIO()
    with Image.open(BytesIO(png_bytes(chart, dpi=dpi))) as picture:
        few = picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)
        few.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def svg_text(chart: Chart, *, picture_only: bool = False, letters: Letters = "shapes") -> str:
    """Return a chart as SVG, with its headline as title and its alternative text as description.

    Screen readers read the title and the description. Ids begin with the chart's name, so that a page can hold several
    charts.

    Args:
        chart: The chart to draw.
        picture_only: True to leave out all texts around the picture, where they stand as text.
        letters: "shapes" look the same where the fonts are not installed; "text" takes half the time and a quarter of
            the bytes.
    """
    buffer, prefix = StringIO(), chart.name
    chart.letters = letters
    with chart.theme.applied():
        chart.savefig(
            buffer,
            format="svg",
            metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")),
            bbox_inches=chart.body if picture_only else None,
        )
    drawn = web_families(buffer.getvalue()) if letters == "text" else buffer.getvalue()
    drawn = re.sub(r'(\bid="|url\(#|href="#)', lambda found: f"{found[1]}{prefix}-", drawn)
    title, description = f"{prefix}-title", f"{prefix}-description"
    return re.sub(
        r"<svg\b([^>]*)>",
        lambda found: (
            f'<svg{found[1]} role="img" aria-labelledby={quoteattr(f"{title} {description}")}>\n'
            f" <title id={quoteattr(title)}>{escape(xml_safe(chart.headline))}</title>\n"
            f" <desc id={quoteattr(description)}>{escape(xml_safe(chart.alt))}</desc>"
        ),
        drawn,
        count=1,
    )


def csv_text(data: "pd.DataFrame") -> str:
    """Return a table as CSV in which no text can run as a formula. Numbers have up to ten figures."""
    safe = data.rename(columns=_safe)
    for index, column in enumerate(data.columns):
        if data[column].dtype.kind not in "biuf":
            safe.isetitem(index, [_safe(cell) for cell in data[column]])
    return str(safe.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def _safe(cell: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_RUNS) else cell


def xml_safe(text: str) -> str:
    """Leave out the control characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
