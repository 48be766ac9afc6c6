"""Open a place in a browser, with everything to explore it."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._reference import find_reference
from simulation.cli._scenarios import load_with_warnings


def explore(
    scenario: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="A scenario file; Mid and South Essex if left out.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Random seed.")] = 1,
) -> None:
    """Open a place in a browser, with the model and everything to explore it.

    Writes the page to a temporary folder, prints where, and opens it; without a browser it is only written. The command
    then ends, and the page needs nothing more from it. trustsim page writes the same file to keep or to pass on. Exit
    code 0 if it was written, 2 if there is a mistake in the scenario.
    """
    from tempfile import gettempdir

    from simulation.cli._outputs import stop_unless_writable

    stop_unless_writable(Path(gettempdir()), way_out="name a folder for temporary files in TMPDIR")
    source = Path(find_reference() if scenario is None else scenario)
    loaded = load_with_warnings(source)

    from simulation.input_files import STANDARD_INPUT
    from simulation.page.write import open_page, write_page
    from simulation.results.day_made import day_made

    content = write_page(loaded, None if scenario == STANDARD_INPUT else source, made=day_made(), seed=seed)
    typer.echo(str(open_page(content, source.stem)))
