"""Rankings of the parameters side by side: by effects in total and alone, Shapley effects and value of information."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from simulation.money_unit import is_none
from simulation.results.indices import OutcomeIndices, ParameterIndices, Sensitivity

RANKED_BY: Mapping[str, str] = {
    "total": "the effect in total",
    "first": "the effect alone",
    "shapley": "the Shapley effect",
    "mu_star": "mu*",
    "sigma": "sigma",
    "pawn": "PAWN",
    "evppi": "the value of information",
}
"""The indices that parameters are ranked by, in the order in which to read them."""


class Ranking(NamedTuple):
    """The parameters in the order of one index; those at which it is 0 or less have no rank."""

    by: str
    """A name in `RANKED_BY`."""
    factors: tuple[str, ...]
    """Addresses of the parameters, the largest index first."""
    values: tuple[float, ...]
    """The index of each."""

    def rank(self, factor: str) -> int:
        """Return the rank of a parameter, counted from 1."""
        return self.factors.index(factor) + 1


def with_effect(outcome: OutcomeIndices, main: str) -> tuple[ParameterIndices, ...]:
    """Return the parameters whose main index is above 0 by more than an error of rounding, the largest first.

    Args:
        outcome: The indices of an outcome.
        main: The main index of the method.
    """
    return tuple(each for each in outcome.parameters if _has_rank(each.values[main]))


def rank_parameters(
    outcome: OutcomeIndices, further: Mapping[str, Mapping[str, float]] | None = None
) -> tuple[Ranking, ...]:
    """Rank the parameters by each index of an outcome, and by further ones of the same outcome.

    Args:
        outcome: Its indices.
        further: Values by parameter of indices that were found otherwise, by a name in `RANKED_BY`: `evppi`, the value
            of knowing each parameter for the decision at hand, by parameter.

    Raises:
        ValueError: If a further index is of other parameters, or is not in `RANKED_BY`.
    """
    own = {
        index: {each.factor: each.values[index] for each in outcome.parameters}
        for index in (outcome.parameters[0].values if outcome.parameters else ())
    }
    every = {**own, **(further or {})}
    factors = {each.factor for each in outcome.parameters}
    for index, values in every.items():
        if index in (further or {}) and (index not in RANKED_BY or {*values} != factors):
            message = f"{index} cannot be ranked beside the other indices: it is unknown, or of other parameters"
            raise ValueError(message)
    return tuple(_ranking(index, every[index]) for index in RANKED_BY if index in every)


def rank_with_information(found: Sensitivity, outcome: OutcomeIndices) -> tuple[Ranking, ...]:
    """Rank the parameters by each index of an outcome, and by the value of knowing them where that is its measure.

    The value of information is of the position, and of all choices together, so it stands beside differences of the
    position.

    Args:
        found: The indices.
        outcome: One of its outcomes.
    """
    is_its_measure = outcome.quantity == "position" and outcome.against and found.information
    known = {each.factor for each in outcome.parameters}
    values = {factor: value for factor, (value, *_) in found.information.items() if factor in known}
    return rank_parameters(outcome, {"evppi": values} if is_its_measure else None)


def why_they_differ(by: Collection[str]) -> str:
    """Return in a sentence why parameters have another order by one index than by another; nothing for one index.

    Args:
        by: Names in `RANKED_BY`.
    """
    worth = "the value of information counts only what would change the choice"
    if {"total", "first", "shapley"} <= {*by}:
        return (
            "The orders differ since the total effect counts what parameters do together once for each of them, the "
            "Shapley effect divides it equally among them and the effect alone leaves it out"
            f"{f', while {worth}' if 'evppi' in by else ''}."
        )
    if {"pawn", "evppi"} <= {*by}:
        return f"The orders differ since PAWN counts whatever moves the distribution, while {worth}."
    return ""


def rank_worth(found: Sensitivity) -> tuple[str, ...]:
    """Return the parameters that are clearly worth something to know, by address, the one that is worth most first.

    Args:
        found: The indices, with the value of information.
    """
    clear = {factor: each for factor, each in found.information.items() if each.is_clear}
    return tuple(sorted(clear, key=lambda factor: (-clear[factor].value, factor)))


def _ranking(index: str, values: Mapping[str, float]) -> Ranking:
    ranked = [factor for factor in values if _has_rank(values[factor])]
    order = sorted(ranked, key=lambda factor: (-values[factor], factor))
    return Ranking(index, tuple(order), tuple(values[factor] for factor in order))


def _has_rank(value: float) -> bool:
    """Return True if an index is above 0 by more than an error of rounding: all others are equal, and have no order."""
    return value > 0 and not is_none(value)
