"""Find what is odd about a valid experiment, for warnings: in its scenarios, and in what it varies."""

from collections.abc import Collection, Iterator

from simulation.experiment.decide import costs_by_year
from simulation.experiment.decide_checks import find_decide_oddities
from simulation.experiment.entries import FOR_CHARTS
from simulation.experiment.schema import Experiment, Values
from simulation.formatting import as_written, listed, range_words
from simulation.limits import MOST_STUDIES
from simulation.parameters import TABLE
from simulation.scenario.changes import differ_in_levers_alone
from simulation.scenario.oddities import find_oddities

_RANGES = {f"parameters.{row.name}": row for row in TABLE if row.status != "structural"}


def find_experiment_oddities(experiment: Experiment, *, left_out: bool = True) -> list[str]:
    """Return what is odd about an experiment, one sentence each; it can still be run.

    Args:
        experiment: As its file asks for it.
        left_out: False to pass over numbers that are left out and whose default is taken.
    """
    scenarios = [variant.scenario for variant in experiment.variants]
    in_scenarios = [oddity for scenario in scenarios for oddity in find_oddities(scenario, left_out=left_out)]
    in_scenarios = [*dict.fromkeys(in_scenarios)]
    return [
        *in_scenarios,
        *_find_lacking_reference(experiment),
        *_find_unjudged(experiment),
        *_find_unusual_values(experiment),
        *_find_never_chosen(experiment),
        *_find_odd_choices(experiment, in_scenarios, left_out=left_out),
    ]


def _find_lacking_reference(experiment: Experiment) -> Iterator[str]:
    """Find that no place without levers is compared, and that none that is run beside would be a measure of all."""
    scenarios = [variant.scenario for variant in experiment.variants]
    uses_levers = len(scenarios) > 1 and all(each.levers for each in scenarios)
    if uses_levers and not experiment.factors and not differ_in_levers_alone(scenarios):
        yield (
            "compare: no scenario is without levers, and they differ in more than levers, so none is run without them "
            "beside; to compare with no joint action, add each place without levers"
        )


def _find_unjudged(experiment: Experiment) -> Iterator[str]:
    """Find why choices will not be judged, although assumptions are varied."""
    if experiment.assumptions is None or experiment.factors:
        return
    lacking = [each for each in FOR_CHARTS if each not in experiment.detail]
    if lacking:
        yield f"detail: choices are not judged without {listed(lacking)}; leave detail out to keep all that is needed"
    if len(experiment.variants) > MOST_STUDIES:
        yield f"compare: more than {MOST_STUDIES} scenarios are not judged; compare fewer in one experiment"


def _find_unusual_values(experiment: Experiment) -> Iterator[str]:
    for factor in experiment.factors:
        row, values = _RANGES.get(factor.address), factor.values
        if row is None:
            continue
        tried = values.values if isinstance(values, Values) else (values.low, values.high)
        outside = [value for value in map(float, tried) if not row.low <= value <= row.high]
        if outside:
            named, are = ", ".join(map(as_written, outside)), "is" if len(outside) == 1 else "are"
            span = range_words(row.low, row.high, as_written)
            yield f"vary.{factor.address}: {named} {are} outside the usual range, {span}"


def _find_never_chosen(experiment: Experiment) -> Iterator[str]:
    decision = experiment.decision
    if decision is not None:
        least = {
            each.lever: min(float(costs_by_year(decision.place, way, each.lever).sum()) for way in each.settings)
            for each in decision.levers
        }
        yield from find_decide_oddities(least, decision.budget)


def _find_odd_choices(experiment: Experiment, known: Collection[str], *, left_out: bool) -> Iterator[str]:
    """Find what is odd about the levers that may be chosen, beside what is odd about the place without them."""
    decision = experiment.decision
    if decision is not None:
        everything = decision.scenario_of((1,) * len(decision.levers))
        odd = find_oddities(everything, left_out=left_out)
        yield from (f"decide.{each}" for each in odd if each not in known)
