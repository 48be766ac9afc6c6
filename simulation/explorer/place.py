"""A place on the page, and its replicates as it stands and as it was set."""

import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from simulation.charts.catalogue import MOST_LABELS
from simulation.execution.assumptions import sample_assumptions
from simulation.explorer.settings import Settings, baseline_settings, opening_settings, scenario_as_set
from simulation.model.run import run_ensemble, run_with_parameters
from simulation.parameters import Parameters
from simulation.results.comparison import Comparison, side_by_side
from simulation.results.replicates import VARIED, Replicates
from simulation.results.study import Study
from simulation.scenario.realisation import limit_unowned
from simulation.scenario.schema import Scenario
from simulation.version import __version__

SEED = 1
"""Random seed; the same as `trustsim run` takes unless told otherwise."""

NAMES = ("as it stands", "with your changes")
"""What the two scenarios are called, as a sentence says it."""

_KEPT = 8
"""Studies that are kept for whoever asks for the same again."""

_ONE_AT_A_TIME = threading.Lock()
"""Replicates of two rooms are run one after the other, each on all processors."""


@dataclass(frozen=True, eq=False)
class Place:
    """A scenario that is explored.

    Attributes:
        scenario: As its file has it.
        name: What files are called that are saved from it.
    """

    scenario: Scenario = field(repr=False)
    name: str

    @cached_property
    def opening(self) -> Settings:
        """The settings as the file has them."""
        return opening_settings(self.scenario)

    def changed(self, settings: Settings) -> Scenario:
        """The scenario with what was set."""
        return scenario_as_set(self.scenario, settings)

    def saved(self, settings: Settings) -> Scenario:
        """The same under a title of its own, so that it is not taken for the file that it came from."""
        changed = self.changed(settings)
        title = f"{self.scenario.title}, {NAMES[1]}"
        return self.scenario if changed == self.scenario else changed.model_copy(update={"title": title})

    def prepare(self) -> None:
        """Have everything ready that the first look needs: the compiled engine, and the place as it stands."""
        self.compare(self.opening)

    def compare(self, settings: Settings) -> Comparison:
        """Run the place as it stands and with what was set, with common random numbers.

        Args:
            settings: What was set.
        """
        baseline, changed = _run(self, baseline_settings(settings, self.opening)), _run(self, settings)
        return self.comparison(dict(zip(NAMES, (baseline, changed), strict=True)))

    def comparison(self, studies: dict[str, Study]) -> Comparison:
        """Studies of this place as charts take them, the first as the baseline."""
        return side_by_side(studies, name=self.name, title=self.scenario.title)


def run_scenario(scenario: Scenario, replicates: int, moved: Collection[str] = ()) -> Study:
    """A scenario's replicates with trust month by month, and as many with assumptions varied.

    Args:
        scenario: What is run.
        replicates: How many.
        moved: Names of parameters that the room has moved: they keep the scenario's values and are not varied.
    """
    mapped = len(scenario.organisations) <= MOST_LABELS
    used = scenario.resolve_parameters()._asdict()
    kept = {name: used[name] for name in moved}
    drawn = [limit_unowned(each._replace(**kept)) for each in _assumptions(replicates)]
    with _ONE_AT_A_TIME:
        ensemble = run_ensemble(scenario, replicates=replicates, seed=SEED, detail=("relationships",) if mapped else ())
        varied = run_with_parameters(scenario, drawn, seed=SEED)
    return Study(
        ensemble=ensemble,
        assumptions=Replicates(
            columns={name: varied[name] for name in VARIED},
            parameters=dict(zip(Parameters._fields, np.asarray(drawn).T, strict=True)),
        ),
        version=__version__,
    )


@lru_cache(maxsize=_KEPT)
def _run(place: Place, settings: Settings) -> Study:
    _, moved = settings.changes(place.opening)
    return run_scenario(place.changed(settings), settings.replicates, moved)


@lru_cache(maxsize=4)
def _assumptions(points: int) -> list[Parameters]:
    return sample_assumptions(points, SEED)
