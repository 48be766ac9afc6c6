"""A batch's headline as it grows: the gap in the last month of every replicate, and how precisely its mean is known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.precision import Precision, half_widths, precisions_of
from simulation.results.batch.manifest import Design
from simulation.results.batch.store import Store
from simulation.results.batch.tables import numbers_of


@dataclass(frozen=True, kw_only=True)
class DesignPrecision:
    """How precisely one design's headline is known.

    Attributes:
        design: Which.
        gap: Mean gap in the last month, £m a year.
        difference: The same minus the baseline's, by replicate (common random numbers); None for a baseline.
    """

    design: Design
    gap: Precision
    difference: Precision | None


class Headline:
    """The gap in the last month, £m a year, `[design, replicate]`; NaN where a replicate is missing or failed."""

    def __init__(self, designs: Sequence[Design]) -> None:
        self.designs = designs
        self._gaps = np.full((len(designs), 0), np.nan)

    @classmethod
    def of(cls, designs: Sequence[Design], store: Store) -> "Headline":
        """That of all replicates that are there."""
        headline = cls(designs)
        for design, rows in store.rows("system", designs, ["month", "gap"]):
            replicates = numbers_of(rows["replicate"])
            last = np.flatnonzero(np.diff(replicates, append=-1))  # of a replicate that is cut, the rest comes next
            headline.take(design.number, replicates[last], numbers_of(rows["gap"])[last])
        return headline

    def take(self, number: int, replicates: NDArray[np.int_], gaps: NDArray[np.float64]) -> None:
        """Take further replicates of a design."""
        most = int(replicates.max(initial=-1)) + 1
        if most > self._gaps.shape[1]:
            wider = np.full((len(self.designs), max(most, self._gaps.shape[1] * 3 // 2)), np.nan)
            wider[:, : self._gaps.shape[1]] = self._gaps
            self._gaps = wider
        self._gaps[number, replicates] = gaps

    def widest(self, until: int | None = None) -> float:
        """The largest half-width of any design's 95% interval over replicates below `until`; NaN if none is known."""
        wide = half_widths(self._gaps[:, :until])
        return float(np.nanmax(wide)) if not np.isnan(wide).all() else float("nan")

    def precisions(self) -> list[DesignPrecision]:
        """How precisely each design's headline is known, and its difference to the baseline."""
        against = [design.number if design.baseline is None else design.baseline for design in self.designs]
        own, paired = precisions_of(self._gaps), precisions_of(self._gaps - self._gaps[against])
        return [
            DesignPrecision(design=design, gap=gap, difference=None if design.baseline is None else difference)
            for design, gap, difference in zip(self.designs, own, paired, strict=True)
        ]
