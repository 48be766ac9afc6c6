"""The combinations of levers that close most of a place's gap, all run with common random numbers."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from simulation.analysis.lever_ranking import LeverRanking, rank_combinations
from simulation.analysis.verdict import THRESHOLD
from simulation.execution.assumptions import sample_assumptions
from simulation.levers import Lever
from simulation.limits import MOST_REPLICATES
from simulation.model.run import Engine, OnProgress, run_designs, run_with_parameters
from simulation.results.ensemble import Ensemble, whole
from simulation.scenario.entries import Setting
from simulation.scenario.fields import FrozenDict
from simulation.scenario.given import scenario_of
from simulation.scenario.held import held_parameters
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_levers


def best_levers(
    place: Scenario | str | os.PathLike[str],
    *,
    size: int = 2,
    strength: float = 1.0,
    start: str | None = None,
    levers: Sequence[str] | None = None,
    replicates: int = 256,
    seed: int = 1,
    uncertain: bool = True,
    threshold: float = THRESHOLD,
    engine: Engine = "auto",
    progress: OnProgress | None = None,
) -> LeverRanking:
    """Run every combination of so many levers, and rank them by what they close of the gap in the last month.

    Each is added to the place as it is, at no cost: a gap counts no costs of levers. Levers that the place uses already
    stay as they are and are no candidates, unless they are named.

    Args:
        place: The place, or the path of its file.
        size: The number of levers in each combination, 1 or more.
        strength: The strength of each, 0–1.
        start: The first month of each, YYYY-MM; the place's first month if left out.
        levers: The names of the levers to choose from; all that the place does not use yet if left out.
        replicates: Replicates of each combination, 2 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        uncertain: True to draw every assumption from its range, a new set for each replicate, but for those that the
            place sets itself; False to keep the place's own, so that replicates differ by chance alone and the finding
            holds for these assumptions only.
        threshold: Differences of up to this count as none, £m a year, 0 or more: a combination that is not established
            to close less than the first by over it is tied with the first. Give less than £1m for a small place.
        engine: The engine.
        progress: Called with the number of replicates done since the last call.

    Returns:
        The ranking; it names no best combination where others are tied with it.

    Raises:
        ValueError: If a number is out of range, or there is no such lever.
    """
    place = scenario_of(place)
    uses = _candidates(place, levers, strength, start)
    size = _checked_size(size, len(uses), 0 if levers is not None else len(place.levers))
    replicates, seed = whole("replicates", replicates, 2, MOST_REPLICATES), whole("seed", seed, 0, 2**64 - 1)
    if not threshold >= 0:
        message = f"the threshold must be 0 or more (given: {threshold})"
        raise ValueError(message)
    chosen = list(combinations(uses, size))
    scenarios = [place, *(_with_all(place, {lever: uses[lever] for lever in each}) for each in chosen)]
    runs: Iterator[Ensemble]
    held = held_parameters(place)
    if uncertain:
        rows = sample_assumptions(replicates, seed, held=held)
        runs = (run_with_parameters(each, rows, seed=seed, engine=engine, progress=progress) for each in scenarios)
    else:
        runs = run_designs(scenarios, replicates=replicates, seed=seed, engine=engine, progress=progress)
    gaps = np.array([ensemble.gap[:, -1] for ensemble in runs])
    found = rank_combinations(chosen, gaps[0] - gaps[1:], uncertain=uncertain, seed=seed, threshold=threshold)
    return replace(found, held=held.written) if uncertain else found


def _candidates(
    place: Scenario, levers: Sequence[str] | None, strength: float, start: str | None
) -> dict[Lever, tuple[Setting, ...]]:
    """Return the settings of each lever to choose from, in the order of the table.

    Raises:
        ValueError: If there is no such lever, the strength is out of range, or the month is outside the run.
    """
    named = [lever for lever in Lever if lever not in place.levers] if levers is None else list(levers)
    if not named:
        message = (
            "the place uses every lever already: name those to choose from with levers=, or give a place without levers"
        )
        raise ValueError(message)
    # A lever that the place uses would keep its cost and its ramp, and those of others have none.
    unused = place.model_copy(update={"levers": FrozenDict()})
    try:
        changed = with_levers(unused, **{str(lever): (strength, start) for lever in named})
    except ValueError as error:
        raise ValueError(_mistakes_once(str(error))) from None
    return {lever: changed.levers[lever] for lever in Lever if str(lever) in set(map(str, named))}


def _checked_size(size: int, candidates: int, left_out: int) -> int:
    """Return the size as a Python int.

    Args:
        size: As it was given.
        candidates: The number of levers to choose from.
        left_out: The number of levers that are none of them, since the place uses them.

    Raises:
        ValueError: If it is not a whole number from 1 to the number of candidates.
    """
    try:
        return whole("size", size, 1, candidates)
    except ValueError as error:
        verb = "is" if left_out == 1 else "are"
        why = (
            f": {left_out} of the {len(Lever)} levers {verb} in use here already and left out; "
            "name those to choose from with levers=, or give a place without levers"
        )
        raise ValueError(f"{error}{why if left_out else ''}") from None


def _mistakes_once(lines: str) -> str:
    """Return the mistakes in the levers to choose from, those in the strength or the start of all of them once."""
    for field, argument in (("strength", "strength"), ("from", "start")):
        lines = re.sub(rf"^with_levers: \w+\.{field}", f"best_levers: {argument}", lines, flags=re.MULTILINE)
    return "\n".join(dict.fromkeys(lines.replace("with_levers:", "best_levers:").splitlines()))


def _with_all(place: Scenario, uses: dict[Lever, tuple[Setting, ...]]) -> Scenario:
    return place.model_copy(update={"levers": FrozenDict({**place.levers, **uses})})
