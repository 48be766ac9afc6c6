"""Sample the ranges of all parameters: a Latin hypercube (McKay, Beckman and Conover 1979)."""

from simulation.execution.points import points_of
from simulation.experiment.schema import Distribution, Experiment, Factor, Values
from simulation.parameters import TABLE, Parameter, Parameters
from simulation.results.replicates import parameter_number
from simulation.vocabulary import TrustRule


def assumption_factors() -> tuple[Factor, ...]:
    """Return a factor for each parameter: its whole range, or both trust rules."""
    return tuple(Factor(address=f"parameters.{row.name}", values=_range_of(row)) for row in TABLE)


def sample_assumptions(points: int, seed: int) -> list[Parameters]:
    """Draw every parameter from its range, divided into as many equal slices as points: one point from each.

    Args:
        points: Number of points, 1 or more.
        seed: Random seed.

    Returns:
        One set of parameters for each point; those that count something are whole numbers.
    """
    experiment = Experiment(
        name="assumptions",
        title="Assumptions",
        seed=seed,
        replicates=1,
        variants=(),
        factors=assumption_factors(),
        design="latin-hypercube",
        points=points,
    )
    return [Parameters(*map(parameter_number, point)) for point in points_of(experiment)]


def _range_of(row: Parameter) -> Values | Distribution:
    if row.name == "trust_rule":
        return Values(values=tuple(map(str, TrustRule)))
    return Distribution(distribution="uniform", low=row.low, high=row.high, counts="whole" if row.whole else "number")
