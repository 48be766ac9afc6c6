"""The stages of a search: many candidates at few points, the better ones at more, the best at all of them.

This is successive halving (Karnin, Koren and Somekh 2013; Jamieson and Talwalkar 2016), in three stages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.analysis.front import survivors
from simulation.execution.deciding.genetic import is_enumerated, refine, search
from simulation.execution.deciding.outcomes import Evaluator, Floats, OnEvaluated, Outcome
from simulation.execution.deciding.store import SearchStore
from simulation.experiment.decide import Candidate, Decision
from simulation.interrupts import let_interrupts_in

FIRST_ROWS, SECOND_ROWS = 64, 256
"""Replicates of each candidate in the first two stages, each at a point of its own."""

LEAST_KEPT = 150
"""Candidates that are compared at all points, if there are so many."""

_CHUNK = 50
_MOST_NUMBERS = 100_000
"""Numbers by point that a chunk holds at most, as long as it has more than one candidate."""

_ROUNDING = 0.005
"""£m: a loss of less is shown as none."""

Announce = Callable[[str, int], None]
"""Called at the start of each stage with its name and the number of replicates."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Candidates with their outcomes at all points, the one that pulls no lever first."""

    candidates: tuple[Candidate, ...]
    outcomes: tuple[Outcome, ...]

    def by_point(self) -> Floats:
        """Return the main objective, `[candidate, point]`; more is better."""
        return np.array([each.by_point for each in self.outcomes])


class Stages:
    """Runs what a search asks for, through its store."""

    def __init__(self, evaluator: Evaluator, store: SearchStore, progress: OnEvaluated | None = None) -> None:
        """Take what runs candidates, and where outcomes are kept.

        Args:
            evaluator: Runs candidates.
            store: Keeps their outcomes.
            progress: Called with the number of replicates done, or read back, since the last call.
        """
        self.evaluator, self.store, self.progress = evaluator, store, progress
        self.run_now = 0
        """Replicates that were run, and not read back."""
        self.tried: set[Candidate] = set()
        """Candidates that were run, or read back, in any stage of the search."""
        self.excluded: set[Candidate] = set()
        """Candidates that were run and leave an organisation worse off that must not be."""

    def keep(self, outcomes: dict[Candidate, Outcome], *, sure: bool = False) -> dict[Candidate, Outcome]:
        """Return the candidates that leave no organisation worse off that must not be; the others are excluded.

        Args:
            outcomes: Outcomes by candidate.
            sure: True to go by the mean, as `breach` does.
        """
        decision = self.evaluator.decision
        right = {each: found for each, found in outcomes.items() if breach(decision, self, found, sure=sure) <= 0}
        self.excluded |= outcomes.keys() - right.keys()
        return right

    def outcomes(
        self, stage: str, first: int, candidates: Sequence[Candidate], rows: int, *, by_point: bool = False
    ) -> list[Outcome]:
        """Return the outcomes of candidates, in chunks that are each read back or run and then written.

        Args:
            stage: The name of the stage, under which chunks are kept.
            first: The number of the first chunk.
            candidates: The candidates.
            rows: Rows of each.
            by_point: True to keep the main objective by point.
        """
        size = max(1, min(_CHUNK, _MOST_NUMBERS // self.evaluator.decision.points)) if by_point else _CHUNK
        found: list[Outcome] = []
        for number, begin in enumerate(range(0, len(candidates), size), first):
            let_interrupts_in()
            chunk = list(candidates[begin : begin + size])
            known = self.store.read(stage, number, chunk)
            if known is None:
                known = list(self.evaluator.run(chunk, rows, by_point=by_point, progress=self.progress))
                self.store.write(stage, number, chunk, known)
                self.run_now += len(chunk) * rows
            elif self.progress is not None:
                self.progress(len(chunk) * rows)
            found += known
        return found


def find_candidates(stages: Stages) -> Compared:
    """Search, and compare the best candidates at all points.

    Args:
        stages: What runs candidates and keeps their outcomes.

    Returns:
        The candidates that keep all limits at all points, the one that pulls no lever among them.
    """
    decision = stages.evaluator.decision
    rows = decision.points * decision.replicates
    kept = _search(stages, decision, min(FIRST_ROWS, rows))
    kept = survivors_of(decision, kept, max(LEAST_KEPT, decision.evaluations // 10))
    second = min(SECOND_ROWS, rows)
    if len(kept) > LEAST_KEPT and second > FIRST_ROWS:
        names = list(kept)
        kept = dict(zip(names, stages.outcomes("second", 0, names, second), strict=True))
        if not is_enumerated(decision):
            kept |= _neighbours(stages, decision, kept, second)
    names = [each for each in survivors_of(decision, kept, LEAST_KEPT) if each != decision.nothing]
    names = [decision.nothing, *names]
    outcomes = stages.outcomes("third", 0, names, rows, by_point=True)
    stages.tried.update(names)
    right = stages.keep(dict(zip(names, outcomes, strict=True)), sure=True)
    stages.excluded -= right.keys()  # what seemed to break a limit at few points may keep it at all of them
    return Compared(candidates=tuple(right), outcomes=tuple(right.values()))


def survivors_of(decision: Decision, outcomes: dict[Candidate, Outcome], most: int) -> dict[Candidate, Outcome]:
    """Return the candidates to look at more closely, with their outcomes.

    Args:
        decision: The choices and their limits.
        outcomes: Outcomes by candidate, of those that may be within all limits.
        most: How many.
    """
    names = list(outcomes)
    if len(names) <= most:
        return outcomes
    values = np.array([numbers_of(decision, each, outcomes[each]) for each in names])
    return {names[index]: outcomes[names[index]] for index in survivors(values, most)}


def numbers_of(decision: Decision, candidate: Candidate, outcome: Outcome) -> tuple[float, ...]:
    """Return what is to be made small: the cost, and each objective with its sign turned.

    Args:
        decision: The choices and their limits.
        candidate: The candidate.
        outcome: Its outcome.
    """
    return (decision.cost(candidate), *(-outcome.value(each) for each in decision.objectives))


def breach(decision: Decision, stages: Stages, outcome: Outcome, *, sure: bool = False) -> float:
    """Return by how much the organisations that must not be worse off are, £m; 0 if none is.

    Args:
        decision: The choices and their limits.
        stages: What runs candidates.
        outcome: The outcome.
        sure: True to go by the mean; False to pass over a loss that may be one of chance, at few points.
    """
    total = 0.0
    for organisation in decision.not_worse_off:
        place = stages.evaluator.organisations.index(organisation)
        slack = _ROUNDING if sure else outcome.organisation_half_widths[place]
        total += max(0.0, -outcome.organisations[place] - slack)
    return total


def _search(stages: Stages, decision: Decision, rows: int) -> dict[Candidate, Outcome]:
    """Return the outcomes of all candidates of the first stage that may keep the limits."""
    known: dict[Candidate, Outcome] = {}
    generation = 0

    def evaluate(candidates: list[Candidate]) -> list[tuple[float, ...]]:
        nonlocal generation
        found = stages.outcomes("first", generation, candidates, rows)
        generation += -(-len(candidates) // _CHUNK)
        stages.tried.update(candidates)
        known.update(zip(candidates, found, strict=True))
        return [_judged(stages, decision, *each) for each in zip(candidates, found, strict=True)]

    search(decision, evaluate)
    return stages.keep(known)


def _neighbours(
    stages: Stages, decision: Decision, kept: dict[Candidate, Outcome], rows: int
) -> dict[Candidate, Outcome]:
    """Return the outcomes of neighbours of the front, twice as many as there are candidates in the second stage.

    The first stage knows the front from few points; a neighbour of what seemed best there may be better at more.
    """
    number = -(-len(kept) // _CHUNK)
    found: dict[Candidate, Outcome] = {}

    def evaluate(candidates: list[Candidate]) -> list[tuple[float, ...]]:
        nonlocal number
        outcomes = stages.outcomes("second", number, candidates, rows)
        number += -(-len(candidates) // _CHUNK)
        stages.tried.update(candidates)
        found.update(zip(candidates, outcomes, strict=True))
        return [_judged(stages, decision, *each) for each in zip(candidates, outcomes, strict=True)]

    known = {each: _judged(stages, decision, each, outcome) for each, outcome in kept.items()}
    refine(decision, evaluate, known, 2 * len(kept))
    return stages.keep(found)


def _judged(stages: Stages, decision: Decision, candidate: Candidate, outcome: Outcome) -> tuple[float, ...]:
    """Return what is to be made small, and how far limits that need a run are broken."""
    return (*numbers_of(decision, candidate, outcome), breach(decision, stages, outcome))


def at_fewer_points(decision: Decision) -> Decision:
    """Return a decision whose candidates are compared at half as many points, for stretched ranges."""
    return replace(decision, points=max(16, decision.points // 2))
