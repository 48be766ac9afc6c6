"""The worth that chance alone may show in any of many things to find out that are judged at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.value_of_information import PartialWorth, seldom_reached

W = TypeVar("W", bound=PartialWorth)


def judge_together(worths: Sequence[W], sizes: Sequence[int]) -> list[W]:
    """Return worths of which, if nothing is worth knowing, any is above what chance shows in 1 of 20 samples at most.

    All are shuffled in the same orders. The largest of them in each shuffle says what chance shows in many (Westfall
    and Young 1993). More columns show more by chance, so each worth is taken in units of the shuffled ones of its size.

    Args:
        worths: The worth of each thing that can be found out, with as many shuffles each.
        sizes: Number of columns of each.
    """
    by_size: dict[int, list[Floats]] = {}
    for each, size in zip(worths, sizes, strict=True):
        if each.shuffled:
            by_size.setdefault(size, []).append(np.array(each.shuffled, dtype=np.float64))
    units = {size: float(np.sqrt(np.mean(np.square(shuffled)))) for size, shuffled in by_size.items()}
    together = [each / units[size] for size, shuffled in by_size.items() for each in shuffled if units[size] > 0]
    most = seldom_reached(np.max(together, axis=0).tolist() if together else [])
    return [replace(each, by_chance=most * units.get(size, 0.0)) for each, size in zip(worths, sizes, strict=True)]
