"""Find levers that cost nothing in one compared scenario and something in another, without running any: for warnings.

A lever that a scenario does not use has no cost there, so an experiment that varies its strength sets it free of cost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulation.execution.corners import corners_of
from simulation.experiment.addresses import parse_address
from simulation.experiment.factors import may_contradict
from simulation.experiment.schema import Experiment, Factor, Variant
from simulation.formatting import first_few, listed, pounds
from simulation.levers import Lever
from simulation.scenario.paths import costs_in_full
from simulation.scenario.schema import Scenario

_MOST_NAMED = 3


@dataclass(frozen=True)
class _Use:
    """The use of a lever in a compared scenario, whatever is varied.

    Attributes:
        cost: The highest cost in any month of the settings that act in it together, £m a year at full strength.
        is_own: True if the scenario pulls the lever itself; False if only a factor does.
    """

    cost: float
    is_own: bool


def find_free_levers(experiment: Experiment) -> list[str]:
    """Return a sentence for each lever that compared scenarios pull, some without a cost and some with one.

    Args:
        experiment: With its compared scenarios and factors.
    """
    contradict = may_contradict(experiment.addresses)
    factors = [] if contradict else [each for each in experiment.factors if parse_address(each.address)[0] == "levers"]
    uses = {each.name: _uses_in(each, factors) for each in experiment.variants}
    by_lever = {lever: {name: found[lever] for name, found in uses.items() if lever in found} for lever in Lever}
    return [said for lever, used in by_lever.items() for said in _describe(lever, used, factors)]


def _uses_in(variant: Variant, factors: list[Factor]) -> dict[Lever, _Use]:
    """Return the levers that a scenario pulls, by itself or where a factor sets them."""
    uses = {lever: _Use(cost, is_own=True) for lever, cost in _costs_of(variant.scenario).items()}
    for corner in corners_of([each for each in factors if variant.accepts(each.address)]):
        for lever, cost in _costs_of(variant.with_values(corner)).items():
            known = uses.get(lever)
            uses[lever] = _Use(max(cost, known.cost if known else 0.0), is_own=known is not None and known.is_own)
    return uses


def _costs_of(scenario: Scenario) -> dict[Lever, float]:
    """Return the cost of each lever that is pulled at all, £m a year at full strength: of the month with most."""
    costs = {
        lever: costs_in_full(scenario, [each for each in settings if float(each.strength) > 0])
        for lever, settings in scenario.levers.items()
    }
    return {lever: max(by_month) for lever, by_month in costs.items() if by_month}


def _describe(lever: Lever, uses: Mapping[str, _Use], factors: list[Factor]) -> Iterator[str]:
    """Say where a lever is pulled without a cost, if it has one in another scenario: by a factor, or by itself."""
    costly = next((name for name, use in uses.items() if use.cost > 0), None)
    if costly is None:
        return
    there = f"but {pounds(uses[costly].cost)} a year at full strength in {costly}"
    free = [name for name, use in uses.items() if use.cost == 0]
    varied = [name for name in free if not uses[name].is_own]
    if varied:
        named = first_few(varied, _MOST_NAMED)
        setting = [each.address for each in factors if str(lever) in parse_address(each.address)]
        yield (
            f"vary.{listed(setting)}: sets {lever} in {named}, where it costs nothing, {there}; "
            "use it there too, with strength 0 and its cost"
        )
    for name in free:
        if uses[name].is_own:
            yield f"compare.{name}.levers.{lever}: costs nothing, {there}; give it a cost here too"
