"""The value of knowing each parameter for a choice (EVPPI), from the runs of a sensitivity sample."""

from collections.abc import Sequence

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.judged_together import judge_together
from simulation.analysis.value_of_information import at_most_all, increments, partial_worth, perfect_worth
from simulation.results.indices import Knowledge, Method


def find_parameter_information(
    method: Method, sample: Floats, positions: Floats, names: Sequence[str], seed: int
) -> dict[str, Knowledge]:
    """Return the value of knowing each parameter alone before one of the choices is taken.

    Of a Sobol sample, only the points A and B are used, since regression takes points as independent. The steps of a
    Morris sample are none. No parameter is worth more than all of them (`at_most_all`).

    Args:
        method: The method that drew the sample.
        sample: The points in the unit cube, `[point, parameter]`.
        positions: Position of the place over the run, `[choice, point, replicate]`, £m.
        names: Names of the parameters.
        seed: Random seed of the standard errors and of the shuffles.

    Returns:
        By name, the value with its standard error and what chance may show in any of them, £m of position over the run;
        nothing for a single choice, or of a Morris sample.
    """
    if method == "morris" or len(positions) < 2:
        return {}
    block = len(names) + 2
    rows = np.arange(len(sample))
    if method == "sobol":
        rows = rows[(rows % block == 0) | (rows % block == block - 1)]
    against_best = increments(positions[:, rows])
    alone = [partial_worth(column[rows, np.newaxis], against_best, seed) for column in sample.T]
    found = at_most_all(judge_together(alone, [1] * len(alone)), perfect_worth(positions[:, rows]))
    return {
        name: Knowledge(each.value, each.standard_error, each.by_chance)
        for name, each in zip(names, found, strict=True)
    }
