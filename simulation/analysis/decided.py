"""The result of a decision: options with what they rest on, the choice by three rules, and the worth of more money."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.budget import MoneyStep, budget_steps, money_spans, money_steps
from simulation.analysis.first_steps import Commonness, Delay, in_common, near_front
from simulation.analysis.front import choose_few, is_on_front
from simulation.analysis.options import Option, letters
from simulation.analysis.robust_choice import RuleChoice, cheapest_of, choose_by_rules
from simulation.experiment.decide import Decision

MOST_NAMED = 7
"""Options that are named, so that a board can read them."""


@dataclass(frozen=True, kw_only=True)
class AtStretch:
    """The recommended option where all ranges of assumptions are stretched by a factor.

    Attributes:
        stretch: The factor.
        is_tied: True if none of the named options is clearly better by the mean, nor pulling none of the levers.
        ahead: By how much it gains more than pulling none of the levers to choose from, mean over points.
    """

    stretch: float
    is_tied: bool
    ahead: float


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The result of a search for a decision.

    Attributes:
        decision: The choices, limits and objectives.
        title: The experiment's title.
        seed: Random seed of the points.
        options: The candidates that were compared at all points, by cost; one of them pulls no lever.
        rules: The choice by each rule, with those tied with it, by index in `options`.
        recommended: The recommended option, by index.
        named: The options that stand for the front, by index and by cost.
        money: The gain from each step of the budget.
        spans: The same, with steps joined that follow each other and add nothing clear.
        near: The options near the front, and the recommended one, by index.
        common: How common each lever is among these.
        delays: The worth of each lever of the recommended option by its start month.
        stretches: The recommended option over stretched ranges, by stretch.
        candidates: Number of candidates that were run.
        is_exhaustive: True if that is every candidate within the limits on money and levers.
        excluded: Number of candidates that were run and leave an organisation worse off that must not be: clearly so
            at few points, or by the mean at all of them.
    """

    decision: Decision
    title: str
    seed: int
    options: tuple[Option, ...]
    rules: tuple[RuleChoice, ...]
    recommended: int
    named: tuple[int, ...]
    money: tuple[MoneyStep, ...]
    spans: tuple[MoneyStep, ...]
    near: tuple[int, ...]
    common: tuple[Commonness, ...]
    delays: tuple[Delay, ...] = ()
    stretches: tuple[AtStretch, ...] = ()
    candidates: int = 0
    is_exhaustive: bool = False
    excluded: int = 0

    @property
    def costs(self) -> Floats:
        """`[option]`, £m over the run."""
        return np.array([each.cost for each in self.options])

    @property
    def main(self) -> Floats:
        """`[option, point]`, the main objective."""
        return np.array([each.by_point for each in self.options])

    @property
    def agreed(self) -> tuple[int, ...]:
        """The options that all rules choose or hold tied with their choice, by index."""
        return tuple(sorted(set.intersection(*(set(each.tied) for each in self.rules))))

    def letter(self, index: int) -> str | None:
        """Return the letter of a named option; None for any other."""
        return dict(zip(self.named, letters(len(self.named)), strict=True)).get(index)

    def with_runs(
        self, delays: Sequence[Delay], stretches: Sequence[AtStretch], candidates: int, excluded: int = 0
    ) -> "Decided":
        """Return the same with what further runs found, and how many candidates were run and excluded."""
        return replace(self, delays=tuple(delays), stretches=tuple(stretches), candidates=candidates, excluded=excluded)


def decide_between(
    decision: Decision, options: Sequence[Option], *, title: str, seed: int, is_exhaustive: bool
) -> Decided:
    """Return the choice among options that were compared at all points.

    The recommended one is the cheapest of those that every rule chooses or holds tied with its choice, and that which
    pulls no lever if it is one of these; where there is none, that with the highest mean.

    Args:
        decision: The choices, limits and objectives.
        options: The candidates that keep the limits, that which pulls no lever among them.
        title: The experiment's title.
        seed: Random seed of the points, and of the bootstrap.
        is_exhaustive: True if every candidate within the limits on money and levers was run.
    """
    ordered = tuple(sorted(options, key=lambda each: (each.cost, -float(each.by_point.mean()), each.candidate)))
    costs = np.array([each.cost for each in ordered])
    gains = np.array([each.by_point for each in ordered])
    means = gains.mean(axis=1)
    rules = choose_by_rules(gains, costs, seed=seed)
    agreed = set.intersection(*(set(each.tied) for each in rules))
    nothing = next(index for index, each in enumerate(ordered) if not each.settings)
    recommended = nothing if nothing in agreed else cheapest_of(sorted(agreed), costs) if agreed else rules[0].index
    near = sorted({recommended, *near_front(costs, means, recommended)})
    most = float(costs.max() if decision.budget is None else decision.budget)
    budgets = budget_steps(most) if most > 0 else ()
    return Decided(
        decision=decision,
        title=title,
        seed=seed,
        options=ordered,
        rules=rules,
        recommended=recommended,
        named=tuple(_named(ordered, costs, means, [recommended, *(each.index for each in rules), *_fairest(ordered)])),
        money=money_steps(gains, costs, budgets) if budgets else (),
        spans=money_spans(gains, costs, budgets) if budgets else (),
        near=tuple(near),
        common=in_common([ordered[index].starts for index in near]),
        is_exhaustive=is_exhaustive,
    )


def find_front(decided: Decided) -> list[int]:
    """Return the options that none beats in cost and every objective, by index.

    Args:
        decided: The result of a search.
    """
    numbers = [
        (each.cost, *(-each.gains[objective].mean for objective in decided.decision.objectives))
        for each in decided.options
    ]
    return [int(index) for index in np.flatnonzero(is_on_front(np.array(numbers)))]


def _fairest(options: Sequence[Option]) -> list[int]:
    """Return the option with the best-off worst-off organisation, among those with half the largest gain or more."""
    most = max(float(each.by_point.mean()) for each in options)
    large = [index for index, each in enumerate(options) if each.settings and each.by_point.mean() >= most / 2]
    return [max(large, key=lambda index: (options[index].worst_off[1].mean, -index))] if large else []


def _named(options: Sequence[Option], costs: Floats, means: Floats, first: Sequence[int]) -> list[int]:
    """Return the options that are named: the choices of the rules, and others that stand for the front by cost.

    That which pulls no lever is compared with them, and has no name of its own.
    """
    pulled = [index for index, each in enumerate(options) if each.settings]
    wanted = [pulled.index(index) for index in first if index in pulled]
    if not pulled:
        return []
    few = choose_few(costs[pulled], means[pulled], wanted, MOST_NAMED)
    return [pulled[index] for index in few]
