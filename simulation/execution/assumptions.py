"""Sample the ranges of all parameters, as the table has them or stretched: a Latin hypercube (McKay et al. 1979)."""

from collections.abc import Mapping

from simulation.execution.points import points_of
from simulation.experiment.schema import Distribution, Experiment, Factor, Values
from simulation.formatting import as_written, range_words
from simulation.parameters import LEAST_STRETCH, MOST_STRETCH, TABLE, Parameter, Parameters
from simulation.results.replicates import parameter_number
from simulation.scenario.held import HeldParameters
from simulation.vocabulary import TrustRule

Ranges = Mapping[str, tuple[float, float]]
"""Low and high end by parameter, in place of those of the table."""


def assumption_factors(stretch: float = 1.0, ranges: Ranges | None = None) -> tuple[Factor, ...]:
    """Return a factor for each parameter: a uniform distribution over its stretched range, or both trust rules.

    Args:
        stretch: Factor by which each range is stretched about its default, within hard limits; 0.1–5, and 1 is the
            table itself.
        ranges: Ranges of some parameters in place of the table's; these are not stretched.

    Raises:
        ValueError: If the stretch is out of range.
    """
    if not LEAST_STRETCH <= stretch <= MOST_STRETCH:
        message = f"the stretch must be from {range_words(LEAST_STRETCH, MOST_STRETCH, as_written)} (given: {stretch})"
        raise ValueError(message)
    own = ranges or {}
    return tuple(
        Factor(address=f"parameters.{row.name}", values=_values_of(row, own.get(row.name) or row.stretched(stretch)))
        for row in TABLE
    )


def sample_assumptions(
    points: int,
    seed: int,
    stretch: float = 1.0,
    ranges: Ranges | None = None,
    held: HeldParameters | None = None,
) -> list[Parameters]:
    """Draw every parameter from its range, divided into as many equal slices as points: one point from each.

    The same seed gives the same slices at every stretch. Where `unowned_realisation` is drawn above
    `owned_realisation`, the smaller of the two is used for it.

    Args:
        points: Number of points, 1 or more.
        seed: Random seed.
        stretch: Factor by which each range is stretched about its default, within hard limits; 0.1–5, and 1 is the
            table itself.
        ranges: Ranges of some parameters in place of the table's; these are not stretched.
        held: Parameters that are at values of their own at every point, such as those that a scenario sets itself; the
            others are drawn as if nothing was held.

    Returns:
        One set of parameters for each point; those that count something are whole numbers.

    Raises:
        ValueError: If the stretch is out of range.
    """
    experiment = Experiment(
        name="assumptions",
        title="Assumptions",
        seed=seed,
        replicates=1,
        variants=(),
        factors=assumption_factors(stretch, ranges),
        design="latin-hypercube",
        points=points,
    )
    drawn = [Parameters(*map(parameter_number, point)) for point in points_of(experiment)]
    return [(held or HeldParameters()).hold(each) for each in drawn]


def _values_of(row: Parameter, ends: tuple[float, float]) -> Values | Distribution:
    if row.name == "trust_rule":
        return Values(values=tuple(map(str, TrustRule)))
    low, high = ends
    return Distribution(distribution="uniform", low=low, high=high, counts="whole" if row.whole else "number")
