"""Settings of factors at which a scenario is looked at before anything is run: their ends, in combination."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from simulation.execution.points import values_at
from simulation.experiment.addresses import Value
from simulation.experiment.schema import Factor, Values

_MOST_CORNERS = 16
_MOST_VALUES = 5


def ends_of(factor: Factor) -> list[Value]:
    """Return a factor's values, or some of very many and of a distribution, its ends among them.

    Args:
        factor: The varied quantity.
    """
    if isinstance(factor.values, Values) and len(factor.values.values) <= _MOST_VALUES:
        return [*factor.values.values]
    return values_at(factor, np.linspace(0.0, 1.0, 3))


def corners_of(factors: Sequence[Factor]) -> Iterator[dict[str, Value]]:
    """Yield settings of factors: the scenario's own, then their ends in every combination, or some of many.

    Strengths and sizes of 0 stop others from having an effect, so an effect shows at one of the ends.

    Args:
        factors: Varied quantities that a scenario accepts.
    """
    yield {}
    ends = {each.address: sorted({values[0], values[-1]}, key=str) for each in factors for values in [ends_of(each)]}
    if 2 ** len(ends) <= _MOST_CORNERS:
        yield from (dict(zip(ends, corner, strict=True)) for corner in product(*ends.values()))
        return
    for index in (0, -1):
        yield {address: values[index] for address, values in ends.items()}
    yield from ({address: value} for address, values in ends.items() for value in values)
