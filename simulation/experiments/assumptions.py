"""Points in the ranges of the parameters, spread evenly: a Latin hypercube (McKay, Beckman and Conover 1979)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.model.draws import uniform
from simulation.model.system import subject_of
from simulation.parameters import TABLE, Parameter, Parameters
from simulation.vocabulary import Purpose


def sample_assumptions(points: int, seed: int) -> list[Parameters]:
    """Draw every parameter from its range, so that each of as many equal slices holds one point.

    Args:
        points: How many points, 1 or more.
        seed: Names the sample.

    Returns:
        One set of parameters for each point; those that count something are whole numbers.
    """
    return [Parameters(*values) for values in zip(*_columns(points, seed), strict=True)]


def _columns(points: int, seed: int) -> Iterator[list[float]]:
    for row in TABLE:
        subject = np.array([subject_of(row.name, str(point)) for point in range(points)], dtype=np.uint64)
        order = np.argsort(uniform(seed, 0, subject, 0, int(Purpose.ASSUMPTION_SLICE)), kind="stable")
        within = uniform(seed, 0, subject, 0, int(Purpose.ASSUMPTION_POINT))
        yield _spread(row, (order + within) / points).tolist()


def _spread(row: Parameter, portion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay portions from 0 up to 1 on a parameter's range."""
    if row.whole:
        return row.low + np.floor(portion * (row.high - row.low + 1))
    return row.low + portion * (row.high - row.low)
