"""The interactive page of a place inside a notebook, in a frame that loads nothing."""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from simulation.page.write import write_page
from simulation.results.day_made import day_made
from simulation.results.ensemble import whole
from simulation.scenario.schema import Scenario


@dataclass(frozen=True, kw_only=True)
class ExplorablePage:
    """The interactive page of a place: a notebook shows it, and `save` writes it to a file.

    Attributes:
        title: The title of the place.
        height: The height of its frame in a notebook, in pixels.
        content: The page, as the bytes of a .html file.
    """

    title: str
    height: int
    content: bytes = field(repr=False)

    def save(self, path: str | Path) -> None:
        """Write the page as one HTML file, which works without a network.

        Args:
            path: The file; one of this name is replaced.

        Raises:
            OSError: If it cannot be written.
        """
        Path(path).write_bytes(self.content)

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{escape(self.title)}" srcdoc="{escape(self.content.decode())}" '
            f'style="width: 100%; height: {self.height}px; border: 0"></iframe>'
        )


def explore(scenario: Scenario, *, seed: int = 1, height: int = 900) -> ExplorablePage:
    """Return the interactive page of a place.

    Args:
        scenario: The place.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        height: The height of its frame in a notebook, in pixels, 200 to 10,000.

    Raises:
        ValueError: If a number is out of range.
    """
    height, seed = whole("height", height, 200, 10_000), whole("seed", seed, 0, 2**64 - 1)
    content = write_page(scenario, None, made=day_made(), seed=seed)
    return ExplorablePage(title=scenario.title, height=height, content=content)
