"""Write a place, the model and everything to explore it as a file."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._scenarios import load_with_warnings
from simulation.cli._warnings import Strict


def page(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File to write; the scenario's name with .html (.json) if left out."),
    ] = None,
    data: Annotated[
        bool, typer.Option("--data", help="Write only the data of the place, which any page can open.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Random seed.")] = 1,
    strict: Strict = False,
) -> None:
    """Write one HTML file that holds a place, the model and everything to explore it.

    It opens in any current browser, needs no installation and no network, and loads nothing. A file that trustsim wrote
    before is replaced; no other file is. The same scenario, seed, version and day give the same file. Exit code 0 if it
    was written, 2 if there is a mistake in the scenario or the file cannot be written.
    """
    from simulation.cli._page_files import check_page_file

    source = Path(scenario)
    path = Path(f"{source.stem}.{'json' if data else 'html'}") if out is None else out
    check_page_file(path, data=data)
    loaded = load_with_warnings(scenario, strict=strict)

    from simulation.formatting import file_size
    from simulation.input_files import STANDARD_INPUT
    from simulation.page.write import write_data, write_page
    from simulation.results.batch.files import write_whole
    from simulation.results.day_made import day_made

    content = (write_data if data else write_page)(
        loaded, None if scenario == STANDARD_INPUT else source, made=day_made(), seed=seed
    )
    write_whole(path, content)
    typer.echo(f"{path} ({file_size(len(content))})")
