"""The headline of a batch: the gap in the last month of every replicate, and the precision of its mean."""

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
    """The precision of one design's headline.

    Attributes:
        design: The design.
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
        """Return the headline of all replicates in a folder."""
        headline = cls(designs)
        for design, rows in store.rows("system", designs, ["month", "gap"]):
            replicates = numbers_of(rows["replicate"])
            last = np.flatnonzero(np.diff(replicates, append=-1))  # the rest of a cut replicate overwrites it
            headline.add(design.number, replicates[last], numbers_of(rows["gap"])[last])
        return headline

    def add(self, number: int, replicates: NDArray[np.int_], gaps: NDArray[np.float64]) -> None:
        """Add replicates of a design."""
        most = int(replicates.max(initial=-1)) + 1
        if most > self._gaps.shape[1]:
            wider = np.full((len(self.designs), max(most, self._gaps.shape[1] * 3 // 2)), np.nan)
            wider[:, : self._gaps.shape[1]] = self._gaps
            self._gaps = wider
        self._gaps[number, replicates] = gaps

    def widest(self, until: int | None = None) -> float:
        """Return the largest half-width of any design's 95% interval over replicates below `until`; NaN if unknown."""
        wide = half_widths(self._gaps[:, :until])
        return float(np.nanmax(wide)) if not np.isnan(wide).all() else float("nan")

    def precisions(self) -> list[DesignPrecision]:
        """Return the precision of each design's headline, and of its difference from the baseline."""
        against = [design.number if design.baseline is None else design.baseline for design in self.designs]
        own, paired = precisions_of(self._gaps), precisions_of(self._gaps - self._gaps[against])
        return [
            DesignPrecision(design=design, gap=gap, difference=None if design.baseline is None else difference)
            for design, gap, difference in zip(self.designs, own, paired, strict=True)
        ]
