"""Make the typeface from Source Sans 3, a step for developers that is seldom taken.

The package needs neither Brotli nor this. Source Sans comes from npm:

    npm pack source-sans@3.52.0 && tar xzf source-sans-3.52.0.tgz && pip install brotli
    python -m tests.charts.make_typeface package/TTF

Without a folder, only the small faces are made again, from the ones that are there.
"""

import sys
from pathlib import Path

from fontTools import subset

from simulation.charts.drawing.typeface import FAMILY, WEIGHTS, face_file

KEPT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
"""Alternative letters and figures are left out: nothing that is drawn asks for them."""

KEPT_NAMES = {0, 5, 8, 9, 13, 14}
"""Copyright, version, maker, designer and licence. The others hold the reserved name "Source"."""

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "ẀẁẂẃẄẅỲỳ")]
"""Letters of Western and Central Europe, and of Welsh."""

SIGNS = "–—‘’“”…•−×±≤≥≈½€→←↑↓▲▶\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
"""Signs that the page is written with, beyond those that come with the letters."""


def make(original: Path, weight: int) -> None:
    """Write one face, as TTF and as WOFF2."""
    options = subset.Options(
        layout_features=KEPT_FEATURES, hinting=False, name_IDs=["*"], notdef_outline=True, recalc_timestamp=False
    )
    font = subset.load_font(str(original), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap())
    cutter.subset(font)
    plain, face = FAMILY.replace(" ", ""), WEIGHTS[weight]
    font["name"].names = [name for name in font["name"].names if name.nameID in KEPT_NAMES]
    names = {
        1: FAMILY,
        2: face,
        3: f"{plain}-{face} from Source Sans 3.052",
        4: f"{FAMILY} {face}",
        6: f"{plain}-{face}",
    }
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    font.save(face_file(weight))
    font.flavor = "woff2"
    font.save(face_file(weight, "woff2"))


def make_latin(weight: int) -> None:
    """Write the small face of one weight, for a page that holds its typeface and must be small."""
    options = subset.Options(
        layout_features=KEPT_FEATURES, hinting=False, name_IDs=["*"], notdef_outline=True, recalc_timestamp=False
    )
    font = subset.load_font(str(face_file(weight)), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[*LATIN, *map(ord, SIGNS)])
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(face_file(weight, "latin.woff2"))


if __name__ == "__main__":
    for each, style in WEIGHTS.items():
        if len(sys.argv) > 1:
            make(Path(sys.argv[1]) / f"SourceSans3-{style}.ttf", each)
        make_latin(each)
