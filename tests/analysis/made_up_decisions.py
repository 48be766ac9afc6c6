"""Decisions whose answer is plain: what each lever is worth is given, and worths add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from simulation.analysis.decided import Decided, decide_between
from simulation.analysis.options import Amount, Option
from simulation.analysis.precision import half_widths
from simulation.experiment.decide import Candidate, Decision
from simulation.experiment.loading import load_experiment

SCENARIOS = Path(__file__).parents[2] / "scenarios"
POINTS = 100
SPREAD = np.linspace(-1, 1, POINTS)
"""The same of each point; 1.96 x 0.586 / √100 = 0.115 is half the width of the 95% interval of its mean."""


@dataclass(frozen=True)
class Worth:
    """What a lever is worth: its mean, by how much it differs over points, and to each of two organisations."""

    mean: float
    spread: float = 0.0
    sides: tuple[float, float] = (0.0, 0.0)


def decided(
    folder: Path,
    levers: Mapping[str, tuple[float, Worth]],
    limits: str = "",
    *,
    by_point: Callable[[Decision, Candidate], np.ndarray] | None = None,
) -> Decided:
    """Return the result of comparing all candidates.

    Args:
        folder: A folder for the experiment's file.
        levers: The cost of each over the run, £m, and its worth.
        limits: Further lines of the decide block.
        by_point: The gain at each point, in place of the sum of worths.
    """
    lines = [f"    {lever}: {{cost: {cost / 2}}}\n" for lever, (cost, _) in levers.items()]  # £m a year, over two years
    path = folder / "trial.yaml"
    path.write_text(
        f"title: A trial\nscenario: {SCENARIOS}/two-trusts.yaml\ndecide:\n  levers:\n{''.join(lines)}{limits}"
    )
    decision = load_experiment(path).decision
    worths = {lever: worth for lever, (_, worth) in levers.items()}
    candidates = [
        each
        for each in product(*(range(len(each.settings) + 1) for each in decision.levers))
        if decision.within_limits(each)
    ]

    def added_up(_decision: Decision, candidate: Candidate) -> np.ndarray:
        pulled = [worths[str(lever)] for lever in decision.settings_of(candidate)]
        return sum((each.mean + each.spread * SPREAD for each in pulled), np.zeros(POINTS))

    gained = by_point or added_up
    options = []
    for candidate in candidates:
        pulled = [worths[str(lever)] for lever in decision.settings_of(candidate)]
        gain = gained(decision, candidate)
        amount = Amount(mean=float(gain.mean()), half_width=float(half_widths(gain[np.newaxis])[0]))
        sides = {
            name: Amount(mean=sum(each.sides[side] for each in pulled), half_width=0.0)
            for side, name in enumerate(decision.place.organisations)
        }
        worst = min(sides.values(), key=lambda each: each.mean)
        options.append(
            Option(
                candidate=candidate,
                settings=decision.settings_of(candidate),
                costs_by_year=tuple(map(float, decision.costs_by_year(candidate))),
                gains={"gap": amount, "position": amount, "position_at_horizon": amount, "worst_off": worst},
                organisations=sides,
                by_point=gain,
            )
        )
    found = decide_between(decision, options, title="A trial", seed=1, is_exhaustive=True)
    return found.with_runs([], [], len(candidates))
