"""The themes of charts, their fonts and colours: the Analysis Function's, and the NHS identity."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import afcharts
import matplotlib

from simulation.charts.drawing import palette
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.typeface import families

HEADLINE_SIZE = 11.5
TEXT_SIZE = 9.5
"""Points; no text in a chart is smaller."""


@dataclass(frozen=True)
class Theme:
    """A palette with a name."""

    name: str
    palette: Palette

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Draw in this theme within the block, whatever the user's own settings; then restore them."""
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            settings: Any = (
                _shared_settings()
                | {"text.color": self.palette.ink, "grid.color": self.palette.grid, "axes.edgecolor": self.palette.grid}
                | {f"{axis}tick.color": self.palette.grid for axis in "xy"}
                | {f"{axis}tick.labelcolor": self.palette.ink for axis in "xy"}
            )
            matplotlib.rcParams.update(settings)
            yield


ANALYSIS_FUNCTION = Theme("analysis-function", palette.ANALYSIS_FUNCTION)
NHS = Theme("nhs", palette.NHS)
THEMES = {theme.name: theme for theme in (ANALYSIS_FUNCTION, NHS)}


@cache
def _shared_settings() -> dict[str, Any]:
    """Return the Analysis Function's style sheet with smaller letters, and nothing that differs between two runs."""
    with as_file(files(afcharts) / "afcharts.mplstyle") as style:
        settings: dict[Any, Any] = dict(matplotlib.rc_params_from_file(style, use_default_template=False))
    # Solara gives each of its users settings of their own, which do not turn a file's words into values.
    values: dict[str, Any] = {name: matplotlib.RcParams.validate[name](value) for name, value in settings.items()}
    return values | {
        "font.family": list(families()),
        "font.size": TEXT_SIZE,
        "axes.labelsize": TEXT_SIZE,
        "xtick.labelsize": TEXT_SIZE,
        "ytick.labelsize": TEXT_SIZE,
        "axes.unicode_minus": True,
        "text.hinting": "none",
        "text.parse_math": False,
        "text.usetex": False,
        "hatch.linewidth": 0.8,
        "svg.fonttype": "path",
        "svg.hashsalt": "trust between trusts",
        "figure.facecolor": "#FFFFFF",
        "savefig.facecolor": "#FFFFFF",
        "savefig.bbox": None,
    }
