"""Run an experiment and its supporting experiments in memory: the same designs and numbers as in a batch."""

from collections.abc import Iterator, Sequence

from simulation.columns import HEADLINES
from simulation.execution.designs import ResolvedDesign, resolve_designs, run_scenarios
from simulation.execution.supporting_runs import plain_variants
from simulation.experiment.schema import LAST_MONTH_ALONE, Experiment
from simulation.experiment.supporting import with_held
from simulation.model.run import Engine, OnProgress
from simulation.results.comparison import Comparison, side_by_side, with_reference
from simulation.results.ensemble import Ensemble
from simulation.results.replicates import VARIED
from simulation.results.supporting_runs import DesignResult, SupportingResults
from simulation.version import __version__

_COLUMNS = {"assumptions": VARIED, "stretched": HEADLINES}
"""Columns that are kept of a kind of supporting runs; of the others, the gap."""


def run_in_memory(
    experiment: Experiment,
    supporting: Sequence[Experiment] = (),
    *,
    made: str = "",
    engine: Engine = "auto",
    progress: OnProgress | None = None,
) -> Comparison:
    """Run every scenario of a comparison, and its supporting experiments, with common random numbers.

    Args:
        experiment: The comparison, without factors.
        supporting: Its supporting experiments.
        made: The day, for the charts' source line, YYYY-MM-DD.
        engine: Which engine runs them.
        progress: Called with the number of replicates done since it was last called.

    Raises:
        ValueError: If a number is out of range.
    """
    ensembles = list(_run(experiment, list(resolve_designs(experiment)), engine, progress))
    found = SupportingResults()
    references: dict[str, Ensemble] = {}
    for each in supporting:
        if each.supporting == "no-joint-action":
            (reference,) = _run(each, list(resolve_designs(each)), engine, progress)
            references[each.variants[0].name] = reference
        elif each.supporting is not None:
            factors = list(each.addresses)
            found.add(each.supporting, factors, plain_variants(each), _results(each, engine, progress), each.stretch)
    named = dict(zip([variant.name for variant in experiment.variants], ensembles, strict=True))
    studies = {
        name: found.study(ensemble, name, version=__version__, made=made)
        for name, ensemble in (named | references).items()
    }
    comparison = side_by_side(
        {name: studies[name] for name in named},
        name=experiment.name,
        title=experiment.title,
        attribution=found.attribution,
        attribution_over_ranges=found.attribution_over_ranges,
    )
    for name in references:
        comparison = with_reference(comparison, name, studies[name])
    return comparison


def _run(
    experiment: Experiment, designs: Sequence[ResolvedDesign], engine: Engine, progress: OnProgress | None
) -> Iterator[Ensemble]:
    return run_scenarios(
        [design.scenario for design in designs],
        tables=experiment.detail,
        replicates=experiment.replicates,
        seed=experiment.seed,
        points=[design.point for design in designs],
        engine=engine,
        progress=progress,
    )


def _results(experiment: Experiment, engine: Engine, progress: OnProgress | None) -> Iterator[DesignResult]:
    """Reduce each design's replicates as they come, so that memory does not grow with their number."""
    designs = list(resolve_designs(experiment))
    addresses = list(experiment.addresses)
    for design, ensemble in zip(designs, _run(experiment, designs, engine, progress), strict=True):
        months = slice(-1, None) if experiment.supporting in LAST_MONTH_ALONE else slice(None)
        names = _COLUMNS.get(str(experiment.supporting), ("gap",))
        yield DesignResult(
            variant=design.variant.name,
            values=with_held(addresses, design.values, design.scenario),
            columns={name: ensemble[name][:, months].copy() for name in names},
            outturns=ensemble.outturns if "outturns" in experiment.detail else None,
        )
