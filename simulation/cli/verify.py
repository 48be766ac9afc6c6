"""Run replicates of results again and compare them with the tables."""

from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._batch_options import SkipCheck
from simulation.cli._console import FAILED
from simulation.cli.chart import ResultsFolder
from simulation.formatting import counted
from simulation.limits import MOST_REPLICATES

if TYPE_CHECKING:
    from simulation.execution.differences import Difference
    from simulation.execution.verification import Part

_MOST_SHOWN = 20


def verify(
    folder: ResultsFolder,
    replicates: Annotated[
        int, typer.Option(min=1, max=MOST_REPLICATES, help="Replicates to run again, of each set of tables.")
    ] = 32,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**64 - 1, help="Seed of the draw; from the clock if left out.")
    ] = None,
    skip_integrity_check: SkipCheck = False,
) -> None:
    """Run replicates drawn at random again, from the scenario and the seed in the results, and compare every number.

    Digests show that files are as they were written; this shows that the model wrote them. Sensitivity indices and the
    like are worked out again from the tables; a search by trustsim decide is not run again. The outcome is kept beside
    the results, for papers. Exit code 0 if all are equal to the bit, 1 if a number differs, 2 if the results cannot be
    run again.
    """
    from simulation.execution.verification import verify_results
    from simulation.results.load import results_folder
    from simulation.results.verification import VERIFICATION

    folder = results_folder(folder)
    outcome = verify_results(folder, replicates=replicates, seed=seed, skip_integrity_check=skip_integrity_check)
    for part in outcome.parts:
        typer.echo("\n".join(_lines(part)))
    typer.echo(f"{outcome.record.words[0].upper()}{outcome.record.words[1:]}.")
    if not outcome.is_whole:
        typer.echo("not kept for papers, since the batch is not finished", err=True)
    elif skip_integrity_check:
        typer.echo("not kept for papers, since the integrity check was skipped", err=True)
    else:
        outcome.record.write(folder)
        typer.echo(f"  record  {folder / VERIFICATION} (drawn with --seed {outcome.record.seed})")
    if outcome.record.differences:
        raise typer.Exit(FAILED)


def _lines(part: "Part") -> list[str]:
    """Return what of one set of tables was compared, and what differs."""
    differs = f"{len(part.differences):,} differ" if part.differences else "equal"
    name = part.name or "results"
    lines = [
        f"{name}: {len(part.drawn):,} of {part.replicates:,} replicates, {counted(part.numbers, 'number')}"
        f"{''.join(f', and {each} worked out again' for each in part.worked_out)}: {differs}"
    ]
    lines += [_in_words(each) for each in part.differences[:_MOST_SHOWN]]
    more = len(part.differences) - _MOST_SHOWN
    return [*lines, *([f"  and {more:,} more"] if more > 0 else [])]


def _in_words(difference: "Difference") -> str:
    where = "".join(f"{name} {value}, " for name, value in difference.where.items())
    again = "run again" if difference.where else "worked out again"
    return (
        f"  {difference.table}: {where}{difference.column}: {difference.stored} in the file, {difference.again} "
        f"when {again}"
    )
