"""Charts and pages that results and scenarios ask for by name, as pandas does for plots (ADR 34).

They are drawn in rooms above, which import results and scenarios. The backend is loaded when it is first asked for.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CHARTS = "simulation.charts.plotting"
_PAGE = "simulation.page.explore"


class ExplorablePage(Protocol):
    """The interactive page of a place: a notebook shows it, and `save` writes it to a file."""

    def _repr_html_(self) -> str: ...

    def save(self, path: str | Path) -> None:
        """Write the page as one HTML file."""


class Plot:
    """The charts of some results: call it with a chart's name; `names` lists those that can be drawn.

    Args:
        results: An ensemble, a comparison or a batch's results.
    """

    def __init__(self, results: Any) -> None:
        self._results = results

    def __call__(
        self,
        name: str | None = None,
        *,
        case: str | None = None,
        first: str | None = None,
        second: str | None = None,
        theme: str | None = None,
    ) -> "Figure":
        """Draw a chart; a notebook shows it.

        Args:
            name: Its name, as in `names`; the first of these if left out.
            case: Of a comparison, the case that a chart of one scenario shows; may be left out if there is one only.
            first: Of the charts deciding and turning_point, the choice that is judged; every other one if left out.
            second: Of the same charts, the choice that it is compared with; the baseline if left out.
            theme: analysis-function or nhs; analysis-function if left out.

        Returns:
            A matplotlib figure with the texts and the data of the chart, `figure.data`.

        Raises:
            ValueError: If there is no such chart, case, choice or theme, or these results lack what the chart shows.
        """
        figure: Figure = import_module(_CHARTS).draw(
            self._results, name, case=case, first=first, second=second, theme=theme
        )
        return figure

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the charts that can be drawn of these results, in the order in which to read them."""
        found: tuple[str, ...] = import_module(_CHARTS).drawable(self._results)
        return found

    def __repr__(self) -> str:
        return f"<Plot: call it with one of {', '.join(self.names)}>"


def explore(scenario: Any, *, seed: int, height: int) -> ExplorablePage:
    """Return the interactive page of a place.

    Args:
        scenario: The place.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        height: The height of its frame in a notebook, in pixels.
    """
    page: ExplorablePage = import_module(_PAGE).explore(scenario, seed=seed, height=height)
    return page
