"""The typeface of charts and papers: the files that this package ships, whatever fonts a machine has."""

from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager

FAMILY = "Trustsim Sans"
"""Source Sans 3 without its alternative letters, under a name of its own (docs/adr/0025-one-typeface-of-our-own.md)."""

ORIGINAL = "Source Sans 3"
"""The family under the name under which it can be installed, for files that cannot carry a typeface."""

WEIGHTS = {400: "Regular", 700: "Bold"}

_OTHER_LETTERS = "Trustsim Sans other letters"
"""DejaVu Sans as matplotlib ships it, for letters that the typeface lacks, such as Arabic."""

_FOLDER = Path(__file__).parent / "fonts"


@cache
def families() -> tuple[str, str]:
    """Return the font families of charts; the first that has a letter draws it.

    They are put first in matplotlib's list for this process, under names that no installed font has, so that whatever
    fonts a user has installed, every machine draws with these files.
    """
    entries = [(FAMILY, face_file(weight), weight) for weight in WEIGHTS]
    entries += [
        (_OTHER_LETTERS, _matplotlib_fonts() / file, weight)
        for file, weight in (("DejaVuSans.ttf", 400), ("DejaVuSans-Bold.ttf", 700))
    ]
    looks: dict[str, Any] = {"style": "normal", "variant": "normal", "stretch": "normal", "size": "scalable"}
    font_manager.fontManager.ttflist[:0] = [
        font_manager.FontEntry(fname=str(file), name=name, weight=weight, **looks) for name, file, weight in entries
    ]
    return FAMILY, _OTHER_LETTERS


def face_file(weight: int, ending: str = "ttf") -> Path:
    """Return the file of one face.

    Args:
        weight: 400 (regular) or 700 (bold).
        ending: "ttf", "woff2" for a web page, or "latin.woff2" with Latin letters and common signs alone, 15 kB.
    """
    return _FOLDER / f"{FAMILY.replace(' ', '')}-{WEIGHTS[weight]}.{ending}"


def font_folders() -> list[str]:
    """Return the folders of the fonts of charts, for a paper to be set in the same fonts."""
    return [str(_FOLDER), str(_matplotlib_fonts())]


def web_families(svg: str) -> str:
    """Rename the families in an SVG whose letters are text, for a browser to find others where it has not got ours."""
    return svg.replace(f"'{_OTHER_LETTERS}'", f"'{ORIGINAL}', 'DejaVu Sans', sans-serif")


def _matplotlib_fonts() -> Path:
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"
