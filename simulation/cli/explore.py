"""Open an interactive page for a workshop."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._reference import find_reference


def explore(
    scenario: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="A scenario file; Mid and South Essex if left out.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of the page; the first free one from 2718 if left out.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open an interactive page for a workshop: change levers and assumptions, and see their effects.

    The page can be reached from this machine only, with a token that is new each time. Ctrl-C stops it.
    """
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.oddities import find_oddities

    path = find_reference() if scenario is None else scenario
    loaded = load_scenario(path)
    for oddity in find_oddities(loaded):
        typer.echo(f"{path}: warning: {oddity}", err=True)

    from simulation.explorer.place import Place
    from simulation.explorer.server import HOST, PortInUseError, listen, new_token, serve

    place, token = Place(loaded, Path(path).stem), new_token()
    try:
        sock = listen(port)
    except PortInUseError as error:
        raise typer.BadParameter(str(error), param_hint="--port") from None
    address = f"http://{HOST}:{sock.getsockname()[1]}/?access_token={token}"
    typer.echo(f"{loaded.title}: {address}\nCtrl-C stops it.")
    place.prepare()
    if browser:
        import webbrowser

        webbrowser.open(address)
    serve(place, sock, token)
