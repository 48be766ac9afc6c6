"""Chance in sensitivity indices: how much of a sample's variance is chance, and what chance alone adds to an index.

With y(n, k) the outcome at point n in replicate k of R, replicates have common random numbers over points and are
independent of each other. So the mean over points of a product of two different replicates has no noise in it, and that
of a product of two means has a part 1/R of the covariance within points too much. All corrections here follow from
that: ā b̄ − s(a, b)/R is unbiased for the product of the two expectations, with s(a, b) the sample covariance over
replicates.
"""

from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats

_CONFIDENCE = 0.95


class VarianceParts(NamedTuple):
    """The variance between cases, in two parts that add up: one-way analysis of variance, points as groups."""

    points: float
    """Variance of the expected outcome over points: what the parameters do."""
    chance: float
    """Mean variance over replicates at a point."""

    @property
    def total(self) -> float:
        """Variance between cases, each one point with one replicate."""
        return self.points + self.chance


def find_variance_parts(outcomes: Floats) -> VarianceParts:
    """Divide the variance between cases into what parameters do and what chance does.

    Chance is W, the mean over points of the sample variance over replicates. What parameters do is the mean over pairs
    of different replicates of their covariance over points, (R² Var(ȳ) − Σ Var(yₖ)) / (R (R − 1)), at least 0. It is
    the method of moments for variance components (Searle, Casella and McCulloch 1992), with what all points share by
    common random numbers taken out.

    Args:
        outcomes: `[point, replicate]`, two points and two replicates or more.
    """
    replicates = outcomes.shape[1]
    of_means = outcomes.mean(axis=1).var(ddof=1)
    of_each = outcomes.var(axis=0, ddof=1).sum()
    points = (replicates**2 * of_means - of_each) / (replicates * (replicates - 1))
    chance = float(outcomes.var(axis=1, ddof=1).mean())
    rounding = 1e-12 * float(np.square(outcomes).mean())
    return VarianceParts(max(0.0, float(points)) if points > rounding else 0.0, chance if chance > rounding else 0.0)


def covariance_of_means(first: Floats, second: Floats) -> Floats:
    """Return the covariance of two means over replicates by chance, `[…]`, from the replicates themselves.

    Args:
        first: `[…, replicate]`, two replicates or more.
        second: The same replicates of another number.
    """
    replicates = first.shape[-1]
    centred = (first - first.mean(axis=-1, keepdims=True)) * (second - second.mean(axis=-1, keepdims=True))
    return np.asarray(centred.sum(axis=-1) / (replicates - 1) / replicates, dtype=np.float64)


def find_highest_of(count: int) -> float:
    """Return the number of standard deviations that the highest of some dummies stays below in 95 of 100 samples.

    Args:
        count: Number of dummies, 1 or more.
    """
    from scipy.stats import norm

    return float(norm.ppf(_CONFIDENCE ** (1 / count)))


def find_total_of_dummy(changes: Floats, count: int) -> Floats:
    """Return what the corrected total effect of a dummy stays below, as a variance: it only draws chance again.

    A dummy has no effect, but moves as many draws as the parameter that it stands for. Without an effect, the mean of a
    change over replicates has the mean 0 and the variance σ²/R, in which σ² differs from base point to base point. So
    the corrected total has the mean 0 and, for normal chance, the variance mean(σ⁴) / (2 R (R − 1) N) over N base
    points. The mean of σ⁴ is estimated as mean(s⁴) (R − 1) / (R + 1).

    Args:
        changes: Changes of the outcome, `[base point, …, replicate]`.
        count: Number of parameters that are judged by it at once.
    """
    points, replicates = len(changes), changes.shape[-1]
    fourth = np.square(changes.var(axis=-1, ddof=1)).mean(axis=0) * (replicates - 1) / (replicates + 1)
    return np.asarray(find_highest_of(count) * np.sqrt(fourth / (2 * replicates * (replicates - 1) * points)))


def find_effect_of_dummy(noise: Floats, trajectories: int, replicates: int, count: int) -> Floats:
    """Return what the mean absolute elementary effect of a dummy stays below: it only draws chance again.

    Its effects are normal with mean 0 and the variance v that chance gives to those of the parameter that it stands
    for. The mean of their size over T trajectories is √(2v/π), with the variance (1 − 2/π) v/T; that v is itself
    estimated adds (2/π) v / (2 (R − 1) T). The ratio of the two is skewed: the limit is that of a lognormal.

    Args:
        noise: Variance of a mean effect by chance, `[…]`.
        trajectories: Number of trajectories.
        replicates: Number of replicates, 2 or more.
        count: Number of parameters that are judged by it at once.
    """
    relative = float(np.sqrt((np.pi / 2 - 1 + 1 / (2 * (replicates - 1))) / trajectories))
    highest = float(np.exp(find_highest_of(count) * relative))
    return np.asarray(np.sqrt(2 * noise / np.pi) * highest, dtype=np.float64)
