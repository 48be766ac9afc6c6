"""Functions with known sensitivity indices, and samples of the unit cube to evaluate them at."""

import numpy as np

from simulation.execution.points import portions
from simulation.experiment.schema import Distribution, Factor

DESIGNS = {"sobol": "sobol", "morris": "morris", "pawn": "latin-hypercube"}


def sample_of(method, count, points, seed=1):
    """The sample of a method through the experiment's own designs, `[point, parameter]`."""
    uniform = Distribution(distribution="uniform", low=0, high=1)
    factors = [Factor(address=f"x{number + 1}", values=uniform) for number in range(count)]
    return portions(DESIGNS[method], factors, points, seed), [each.address for each in factors]


def ishigami(sample):
    """Ishigami's function with a = 7 and b = 0.1 of the first three numbers; the others do nothing."""
    x, y, z = (2 * sample[:, :3] - 1).T * np.pi
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


V1, V2, V13 = (1 + 0.1 * np.pi**4 / 5) ** 2 / 2, 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
"""The parts of its variance (Ishigami and Homma 1990): of x1, of x2, and of x1 and x3 together."""
VARIANCE = V1 + V2 + V13


def with_chance(means, sd, replicates, seed=1):
    """Add chance of its own to every point and replicate, `[point, replicate]`."""
    return means[:, np.newaxis] + np.random.default_rng(seed).normal(0, sd, (len(means), replicates))
