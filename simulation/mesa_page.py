"""A place in Mesa's own user interface: `solara run simulation.mesa_page`.

It needs the extra [solara]. The environment variable TRUSTSIM_PLACE names the place's file; without it, the page shows
the small place from which `trustsim new` starts.
"""

import os
from importlib.resources import as_file, files
from typing import Any

from simulation.charts.live import live_lines, live_network
from simulation.execution.evaluation import set_values
from simulation.extras import check_installed
from simulation.levers import Lever
from simulation.model.agents.model import TrustModel
from simulation.model.system import System
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.scenario.schema import Scenario

check_installed("simulation.mesa_page", "solara")

import solara  # noqa: E402  a missing package is reported first, with the extra that installs it
from mesa.visualization import Slider, SolaraViz  # noqa: E402
from mesa.visualization.utils import update_counter  # noqa: E402

PLACE = "TRUSTSIM_PLACE"
"""The environment variable that names the place's file."""


class LeverModel(TrustModel):
    """A replicate of a place whose levers have the strengths of sliders."""

    def __init__(self, place: Scenario | System, *, seed: int = 1, replicate: int = 0, **kwargs: Any) -> None:
        """Build a place in its state before the first month.

        Args:
            place: A scenario, or the system already built from one.
            seed: Random seed.
            replicate: Number of the replicate.
            **kwargs: Levers by name, with their strengths, 0–1; further arguments as of `TrustModel`.
        """
        # On Reset, Mesa 3.5 adds a Scenario of its own kind, which is empty.
        kwargs.pop("scenario", None)
        levers = {name: kwargs.pop(name) for name in [*kwargs] if name in set(Lever)}
        if isinstance(place, Scenario):
            moved = {name: value for name, value in levers.items() if value != own_strength(place, Lever(name))}
            place = set_values(place, moved)
        super().__init__(place, seed=seed, replicate=replicate, **kwargs)


def own_strength(place: Scenario, lever: Lever) -> float:
    """Return the largest strength that a place sets for a lever, 0–1; 0 if it does not use it."""
    return max((float(each.strength) for each in place.levers.get(lever, ())), default=0.0)


def model_parameters(place: Scenario) -> dict[str, Any]:
    """Return the place, and a slider for the replicate and for each lever under its label.

    Args:
        place: The place.
    """
    return {
        "place": place,
        "replicate": Slider("Simulated run (replicate)", value=0, min=0, max=99, step=1),
    } | {
        str(lever): Slider(lever.label, value=own_strength(place, lever), min=0.0, max=1.0, step=0.05, dtype=float)
        for lever in Lever
    }


def load_place() -> Scenario:
    """Return the place that the environment names, else the small place to start from.

    Raises:
        ScenarioError: If there is a mistake in its file.
        OSError: If it cannot be read.
    """
    if path := os.environ.get(PLACE):
        return load_scenario(path)
    with as_file(files("simulation.cli").joinpath("starter.yaml")) as starter:
        return load_scenario(starter).model_copy(update={"title": "A small place to start from"})


@solara.component
def Network(model: TrustModel) -> None:  # noqa: N802  components have capitals
    """Show the network of trust at the end of the last month simulated."""
    update_counter.get()
    if model.month:
        solara.FigureMatplotlib(live_network(model.trajectory, model.month), dependencies=[model, model.month])
    else:
        solara.Info("Press Step for a month, or ▶ to run to the end. After moving a slider, press Reset.")


@solara.component
def Lines(model: TrustModel, columns: dict[str, str], title: str, unit: str, limits: Any = None) -> None:  # noqa: N802
    """Show columns of the system table up to the last month simulated."""
    update_counter.get()
    figure = live_lines(model.trajectory, model.month, columns, title=title, unit=unit, limits=limits)
    solara.FigureMatplotlib(figure, dependencies=[model, model.month])


def gap_lines(model: TrustModel) -> Any:
    """Show the gap, and the gap before any savings."""
    columns = {"gap": "Gap", "do_nothing": "Before any savings"}
    return Lines(model, columns, "Gap", "£m a year")


def trust_lines(model: TrustModel) -> Any:
    """Show mean trust."""
    return Lines(model, {"trust": "Trust"}, "Trust, mean over relationships", "0 to 1", (0, 1))


def question_lines(model: TrustModel) -> Any:
    """Show how often the population-first question is asked, in programmes and in contracts."""
    columns = {"population_first_programmes": "In programmes", "population_first_contracts": "In contracts"}
    return Lines(model, columns, "Who asks the population-first question", "Share of stances", (0, 1))


@solara.component
def Page() -> None:  # noqa: N802
    """Show the place, or what is wrong with its file."""
    place, mistake = solara.use_memo(_place_or_mistake, [])
    if place is None:
        solara.Error(f"{PLACE}: {mistake}")
        return
    model = solara.use_memo(lambda: LeverModel(place), [])
    shown = [Network, gap_lines, trust_lines, question_lines]
    SolaraViz(model, components=[(each, 0) for each in shown], model_params=model_parameters(place), name=place.title)


def _place_or_mistake() -> tuple[Scenario | None, str]:
    try:
        return load_place(), ""
    except (OSError, ScenarioError, ValueError) as mistake:
        return None, str(mistake)
