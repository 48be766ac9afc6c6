"""Ask for candidates and report their outcomes: all of them where they are few, else by NSGA-II of pymoo.

NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002) keeps a population that spreads along the front. See ADR 40.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import product
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.front import is_on_front
from simulation.experiment.decide import Candidate, Decision

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]

Evaluate = Callable[[list[Candidate]], list[tuple[float, ...]]]
"""Returns for each candidate what is to be made small: its cost, then objectives with their sign turned, and last how
far it breaks limits that need a run, 0 if it breaks none."""

POPULATION = 100
_BY_NSGA2 = 0.6
"""The part of the evaluations that NSGA-II has; neighbours of the front that it found have the rest."""

_MOST_IN_VAIN = 20
"""Generations without a new candidate after which the search ends."""


def count_candidates(decision: Decision, most: int) -> int:
    """Return the number of candidates within the limits that need no run; at most one more than `most`.

    Args:
        decision: The choices and their limits.
        most: Where counting ends.
    """
    found = 0
    for _ in _all_within(decision):
        found += 1
        if found > most:
            break
    return found


def is_enumerated(decision: Decision) -> bool:
    """Return True if the candidates are so few that all of them are run, so that the search is exact."""
    return decision.combinations <= 50 * decision.evaluations and (
        count_candidates(decision, decision.evaluations) <= decision.evaluations
    )


def search(decision: Decision, evaluate: Evaluate) -> list[Candidate]:
    """Return all candidates that were evaluated, in order; none twice, and at most as many as the decision allows.

    Args:
        decision: The choices and their limits.
        evaluate: Called with the new candidates of each generation.
    """
    if is_enumerated(decision):
        candidates = list(_all_within(decision))
        for first in range(0, len(candidates), POPULATION):
            evaluate(candidates[first : first + POPULATION])
        return candidates
    chance = _Chance(decision)
    known = _evolve(decision, evaluate, chance)
    _polish(decision, evaluate, chance, known, decision.evaluations)
    return list(known)


def refine(
    decision: Decision, evaluate: Evaluate, known: dict[Candidate, tuple[float, ...]], most: int
) -> dict[Candidate, tuple[float, ...]]:
    """Return the numbers of candidates and of neighbours of their front, which are evaluated.

    Args:
        decision: The choices and their limits.
        evaluate: Called with the new candidates of each round.
        known: The numbers of candidates, as `evaluate` returns them.
        most: How many candidates are evaluated at most.
    """
    found = dict(known)
    _polish(decision, evaluate, _Chance(decision), found, len(known) + most)
    return found


def _all_within(decision: Decision) -> Iterator[Candidate]:
    ways = [range(len(each.settings) + 1) for each in decision.levers]
    return (candidate for candidate in product(*ways) if decision.within_limits(candidate))


def _evolve(decision: Decision, evaluate: Evaluate, chance: "_Chance") -> dict[Candidate, tuple[float, ...]]:
    """Return what NSGA-II evaluated."""
    from pymoo.core.evaluator import Evaluator
    from pymoo.problems.static import StaticProblem

    algorithm, problem = _algorithm(decision, chance)
    known: dict[Candidate, tuple[float, ...]] = {}
    most = ceil(_BY_NSGA2 * decision.evaluations)
    in_vain = 0
    while len(known) < most and in_vain < _MOST_IN_VAIN:
        population = algorithm.ask()
        asked = [tuple(int(way) for way in row) for row in population.get("X")]
        new = [each for each in dict.fromkeys(asked) if each not in known][: most - len(known)]
        known |= dict(zip(new, evaluate(new), strict=True)) if new else {}
        in_vain = 0 if new else in_vain + 1
        if any(each not in known for each in asked):
            break  # the last generation was cut off, so there is nothing to go on from
        numbers = np.array([known[each] for each in asked])
        static = StaticProblem(problem, F=numbers[:, :-1], G=numbers[:, -1:])
        Evaluator().eval(static, population)
        algorithm.tell(infills=population)
    return known


def _polish(
    decision: Decision, evaluate: Evaluate, chance: "_Chance", known: dict[Candidate, tuple[float, ...]], most: int
) -> None:
    """Evaluate neighbours of the front by cost and the main objective, until so many candidates are known."""
    in_vain = 0
    while len(known) < most and in_vain < _MOST_IN_VAIN:
        right = [each for each, numbers in known.items() if numbers[-1] <= 0] or [decision.nothing]
        numbers = np.array([known[each][:2] for each in right]) if right[0] in known else np.zeros((1, 2))
        front = [each for each, is_on in zip(right, is_on_front(numbers), strict=True) if is_on]
        new = chance.neighbours(front, known, min(POPULATION, most - len(known)))
        known |= dict(zip(new, evaluate(new), strict=True)) if new else {}
        in_vain = 0 if new else in_vain + 1


def _algorithm(decision: Decision, chance: "_Chance") -> tuple[Any, Any]:
    """Return NSGA-II, set up, and its problem."""
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.mutation import Mutation
    from pymoo.core.problem import Problem
    from pymoo.core.repair import Repair
    from pymoo.core.sampling import Sampling
    from pymoo.operators.crossover.ux import UniformCrossover

    class Start(Sampling):
        def _do(self, _problem: Any, n_samples: int, **_options: Any) -> Whole:
            return chance.start(n_samples)

    class Change(Mutation):
        def _do(self, _problem: Any, X: Whole, **_options: Any) -> Whole:  # noqa: N803 (pymoo's name)
            return chance.change(X)

    class Keep(Repair):
        def _do(self, _problem: Any, X: Whole, **_options: Any) -> Whole:  # noqa: N803 (pymoo's name)
            return chance.repair(X)

    problem = Problem(
        n_var=len(decision.levers),
        n_obj=1 + len(decision.objectives),
        n_ieq_constr=1,
        xl=0,
        xu=np.array(chance.ways),
        vtype=int,
    )
    algorithm = NSGA2(
        pop_size=POPULATION,
        sampling=Start(),
        crossover=UniformCrossover(prob=0.9),
        mutation=Change(prob=1.0),
        repair=Keep(),
        eliminate_duplicates=True,
    )
    algorithm.setup(problem, termination=("n_gen", 10**9), seed=decision.seed % 2**32, verbose=False)
    return algorithm, problem


class _Chance:
    """The random steps of the search."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.ways = [len(each.settings) for each in decision.levers]
        self.random = np.random.default_rng(decision.seed)

    def start(self, count: int) -> Whole:
        """Return first candidates: none, each way alone as far as there is room, then any number of levers."""
        alone = [
            tuple(way if place == lever else 0 for place in range(len(self.ways)))
            for lever, most in enumerate(self.ways)
            for way in range(1, most + 1)
        ]
        kept = [self.decision.nothing, *filter(self.decision.within_limits, alone)][: count // 2]
        rest = [self._any() for _ in range(count - len(kept))]
        return np.array([*kept, *(self._within(each) for each in rest)], dtype=np.int64)

    def change(self, candidates: Whole) -> Whole:
        """Return candidates of which each lever has been given another way with a chance of one in their number."""
        changed = candidates.copy()
        chosen = self.random.random(candidates.shape) < 1 / len(self.ways)
        drawn = self.random.integers(0, np.array(self.ways) + 1, size=candidates.shape)
        changed[chosen] = drawn[chosen]
        return np.asarray(changed, dtype=np.int64)

    def repair(self, candidates: Whole) -> Whole:
        """Return candidates within the limits: levers are dropped at random from those outside."""
        return np.array([self._within([int(way) for way in row]) for row in candidates], dtype=np.int64)

    def neighbours(self, front: Sequence[Candidate], known: Collection[Candidate], most: int) -> list[Candidate]:
        """Return new candidates within the limits that differ from one on the front in one lever, or else in two.

        Args:
            front: Candidates.
            known: Those that are not new.
            most: How many are returned at most.
        """
        one = {near: None for each in front for near in self._changed(each)}
        new = [each for each in one if each not in known and self.decision.within_limits(each)]
        if not new:
            two = {near: None for each in front for step in self._changed(each) for near in self._changed(step)}
            new = [each for each in two if each not in known and self.decision.within_limits(each)]
        order = self.random.permutation(len(new))[:most]
        return [new[place] for place in sorted(order)]

    def _changed(self, candidate: Candidate) -> Iterator[Candidate]:
        for place, most in enumerate(self.ways):
            for way in range(most + 1):
                if way != candidate[place]:
                    yield (*candidate[:place], way, *candidate[place + 1 :])

    def _any(self) -> list[int]:
        share = self.random.random()
        return [int(self.random.integers(1, most + 1)) if self.random.random() < share else 0 for most in self.ways]

    def _within(self, ways: Sequence[int]) -> Candidate:
        candidate = list(ways)
        while not self.decision.within_limits(tuple(candidate)):
            pulled = [place for place, way in enumerate(candidate) if way > 0]
            candidate[int(self.random.choice(pulled))] = 0
        return tuple(candidate)
