"""The headline of a batch: the gap in the last month and the position of every replicate, and their precision."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.precision import Precision, half_widths, precisions_of
from simulation.columns import HEADLINES
from simulation.results.batch.common_cases import Omitted
from simulation.results.batch.manifest import Design
from simulation.results.batch.store import Store
from simulation.results.batch.tables import last_rows, numbers_of
from simulation.results.size import unknown_values


@dataclass(frozen=True, kw_only=True)
class DesignPrecision:
    """The precision of one design's headline.

    Attributes:
        design: The design.
        gap: Mean gap in the last month, £m a year.
        difference: The same minus the baseline's, by replicate (common random numbers); None for a baseline.
        position: Mean position of the place over the whole run, costs included, £m.
        position_difference: The same minus the baseline's, by replicate; None for a baseline.
    """

    design: Design
    gap: Precision
    difference: Precision | None
    position: Precision
    position_difference: Precision | None


class Headline:
    """The gap in the last month, £m a year, and the position over the whole run, £m, each `[design, replicate]`.

    NaN where a replicate is missing or failed.
    """

    def __init__(self, designs: Sequence[Design]) -> None:
        self.designs = designs
        self._ends = np.full((len(HEADLINES), len(designs), 0), np.nan)

    @classmethod
    def of(cls, designs: Sequence[Design], store: Store) -> "Headline":
        """Return the headline of all replicates in a folder."""
        headline = cls(designs)
        for rows in store.rows(store.headlines, designs, HEADLINES):
            numbers, replicates = numbers_of(rows["design"]), numbers_of(rows["replicate"])
            last = last_rows(numbers, replicates)  # the rest of a cut replicate overwrites it
            ends = np.array([numbers_of(rows[name])[last] for name in HEADLINES])
            headline.add(numbers[last], replicates[last], ends)
        return headline

    def add(self, numbers: int | NDArray[np.int_], replicates: NDArray[np.int_], ends: NDArray[np.float64]) -> None:
        """Add replicates of one design, or of several.

        Args:
            numbers: Number of the design, or of each replicate's.
            replicates: Numbers of the replicates.
            ends: Columns of `HEADLINES` in the last month, `[column, replicate]`.
        """
        most, there = int(replicates.max(initial=-1)) + 1, self._ends.shape[2]
        if most > there:
            wider = unknown_values((len(HEADLINES), len(self.designs), max(most, there * 3 // 2)))
            wider[:, :, :there] = self._ends
            self._ends = wider
        self._ends[:, numbers, replicates] = ends

    def widest(self, until: int | None = None) -> float:
        """Return the largest half-width of any design's 95% interval over replicates below `until`; NaN if unknown.

        It is that of the gap.
        """
        wide = half_widths(self._ends[0, :, :until])
        return float(np.nanmax(wide)) if not np.isnan(wide).all() else float("nan")

    def precisions(self, omitted: Omitted) -> list[DesignPrecision]:
        """Return the precision of each design's headline, and of its difference from the baseline.

        Args:
            omitted: What is left out of all designs because replicates of one failed.
        """
        against = [design.number if design.baseline is None else design.baseline for design in self.designs]
        ends = self._ends
        if omitted.said:
            ends = ends.copy()
            ends[:, :, [each for each in omitted.replicates if each < ends.shape[2]]] = np.nan
            ends[:, sorted(omitted.designs)] = np.nan
        own, paired = ([precisions_of(values) for values in each] for each in (ends, ends - ends[:, against]))
        return [
            DesignPrecision(
                design=design,
                gap=gap,
                difference=None if design.baseline is None else differences[0],
                position=position,
                position_difference=None if design.baseline is None else differences[1],
            )
            for design, gap, position, *differences in zip(self.designs, *own, *paired, strict=True)
        ]
