"""Show what a batch would run, its time and disk space."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._batch_options import Paths, Processes, Replicates, Seed, choose_workers, outline_all
from simulation.cli._warnings import Strict

if TYPE_CHECKING:
    from simulation.execution.estimate import Estimate
    from simulation.execution.outline import Outline


def plan(
    paths: Paths,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Processes = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for results, if not results/<name>.")] = None,
    strict: Strict = False,
) -> None:
    """Show what `trustsim batch` would run: designs, replicates, time and disk space. Nothing is written.

    The time is estimated from a short run of a few designs.
    """
    from simulation.execution.estimate import estimate_batch

    outlines = outline_all(paths, replicates, seed, out, strict=strict)
    processes = choose_workers(workers, None).max_workers
    for folder, each in outlines.items():
        typer.echo("\n".join([*_what(each), *_how_much(estimate_batch(each, folder, processes), processes), ""]))


def _what(outline: "Outline") -> list[str]:
    from simulation.experiment.schema import Values
    from simulation.formatting import as_written, range_words, stretch_words

    experiment, designs = outline.plan.experiment, outline.designs
    if experiment.supporting is not None:
        words = stretch_words(experiment.stretch).strip(" ()").removeprefix("ranges ")
        ranges = [f"  {'ranges':<11}{words}"] if words else []
        heading = f"{experiment.title} (supporting runs, {experiment.supporting})"
        return [heading, *ranges, f"  {'designs':<11}{designs:,}"]
    lines = [experiment.title]
    if experiment.question:
        lines.append(experiment.question.strip())
    if len(experiment.variants) > 1:
        lines.append(f"  {'compares':<11}{'; '.join(variant.name for variant in experiment.variants)}")
    for factor in experiment.factors:
        values = factor.values
        if isinstance(values, Values):
            varied = ", ".join(str(value) for value in values.values)
        else:
            varied = f"{values.distribution}, {range_words(values.low, values.high, as_written)}"
            if values.counts == "month":
                from simulation.scenario.months import month_name

                varied = f"{month_name(int(values.low))} to {month_name(int(values.high))}"
        lines.append(f"  {'varies':<11}{factor.address}: {varied}")
    kind = experiment.design if experiment.factors else "one design for each scenario compared"
    return [*lines, f"  {'designs':<11}{designs:,} ({kind})"]


def _how_much(estimate: "Estimate", processes: int) -> list[str]:
    from simulation.formatting import counted, disk_space, duration

    there = f", {estimate.done:,} of them run before" if estimate.done else ""
    time = duration(estimate.seconds) if estimate.seconds else "nothing is left to run"
    at_once = f" with {counted(processes, 'process', 'processes')}" if estimate.seconds else ""
    return [
        f"  {'replicates':<11}{estimate.replicates:,}{there}",
        f"  {'time':<11}{'about ' if estimate.seconds else ''}{time}{at_once}",
        f"  {'disk':<11}about {disk_space(estimate.disk)}, twice that while tables are merged",
    ]
