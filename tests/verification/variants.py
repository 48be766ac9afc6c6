"""Scenarios run with common random numbers, and what a pattern measures in them: by chance and over the ranges."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.execution.assumptions import sample_assumptions
from simulation.experiment.switches import ChangeAssumptions, same_assumptions
from simulation.formatting import as_written
from simulation.model.replicate_numbers import replicate_number
from simulation.model.run import run_designs, run_ensemble
from simulation.parameters import TABLE, Parameters
from simulation.results.ensemble import Ensemble
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule
from tests.places import SCENARIOS, written

REPLICATES = 200
POINTS = 100
AT_EACH_POINT = 2
SEED = 20240401

Floats = NDArray[np.float64]


@cache
def points() -> list[Parameters]:
    """Return points of the ranges of all parameters, the same for all patterns."""
    return sample_assumptions(POINTS, SEED)


def plain(name: str) -> dict[str, Any]:
    """Return a shipped scenario as plain data that a test can change."""
    return written(load_scenario(SCENARIOS / f"{name}.yaml"))


class Variant:
    """A scenario, run when it is needed: replicates at its own assumptions, and two at each point of the ranges.

    Args:
        subject: The scenario, or its plain data. Parameters that it gives keep their values at each point.
        change: Changes the parameters, whatever they are.
        detail: Monthly tables to keep.
    """

    def __init__(
        self,
        subject: Scenario | dict[str, Any],
        *,
        change: ChangeAssumptions = same_assumptions,
        detail: Sequence[str] = (),
    ) -> None:
        self.scenario = subject if isinstance(subject, Scenario) else Scenario.model_validate(subject)
        self.change = change
        self.detail = tuple(detail)

    @cached_property
    def chance(self) -> Ensemble:
        """Replicates at the scenario's own assumptions."""
        return self._run(self.change(self.scenario.resolve_parameters()), REPLICATES)

    @cached_property
    def over_ranges(self) -> list[Ensemble]:
        """Two replicates at each point."""
        own = self.scenario.resolve_parameters()
        given = {name for name, value in self.scenario.parameters.model_dump().items() if value is not None}
        kept = {name: getattr(own, name) for name in given}
        rows = [self.change(point._replace(**kept)) for point in points()]
        if self.detail:
            return [self._run(row, AT_EACH_POINT, point) for point, row in enumerate(rows)]
        return list(
            run_designs(
                rows,
                replicates=AT_EACH_POINT,
                seed=SEED,
                points=range(len(rows)),
                place=self.scenario,
                engine="compiled",
            )
        )

    def _run(self, row: Parameters, replicates: int, point: int = 0) -> Ensemble:
        values = row._asdict() | {"trust_rule": list(TrustRule)[int(row.trust_rule)]}
        assumed = self.scenario.parameters.model_copy(update=values)
        subject = self.scenario.model_copy(update={"parameters": assumed})
        first = replicate_number(point)
        return run_ensemble(
            subject, replicates=replicates, first=first, seed=SEED, engine="compiled", detail=self.detail
        )


@cache
def shipped(name: str) -> Variant:
    """Return a shipped scenario, which is run once for all patterns."""
    return Variant(load_scenario(SCENARIOS / f"{name}.yaml"))


@dataclass(frozen=True)
class Difference:
    """A paired difference over replicates."""

    mean: float
    low: float
    high: float
    positive: int
    negative: int
    pairs: int

    @classmethod
    def of(cls, differences: Iterable[float]) -> "Difference":
        """Return mean, 95% interval (normal) and signs; pairs without a finite difference are left out."""
        finite = np.asarray(list(differences), dtype=np.float64)
        finite = finite[np.isfinite(finite)]
        half = 1.96 * finite.std(ddof=1) / np.sqrt(finite.size) if finite.size > 1 else np.inf
        middle = float(finite.mean()) if finite.size else float("nan")
        return cls(middle, middle - half, middle + half, int((finite > 0).sum()), int((finite < 0).sum()), finite.size)

    def __str__(self) -> str:
        return f"{_short(self.mean)} [{_short(self.low)}, {_short(self.high)}]"

    def verdict(self, expected: str) -> str:
        """Return whether the pattern holds.

        Args:
            expected: "up", "down" or "none": the sign that the pattern expects; "either" if it expects a difference of
                either sign.
        """
        spans = self.low <= 0 <= self.high
        if expected == "none":
            return "holds" if spans else "does not hold"
        if spans or not self.pairs:
            return "unclear"
        if expected == "either":
            return "more" if self.low > 0 else "less"
        return "holds" if (self.low > 0) == (expected == "up") else "does not hold"


def _short(number: float) -> str:
    return as_written(number, figures=3).replace("\N{WORD JOINER}", "")


Measure = Callable[..., Floats]
"""Returns a difference for each replicate from the ensembles of one or more variants."""


class Report:
    """Verdicts, one line each as tests finish, and all of them as rows of a table."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []

    def add(self, pattern: str, what: str, expected: str, measure: Measure, *variants: Variant) -> str:
        """Measure a pattern by chance and over the ranges; print and keep its verdict.

        Args:
            pattern: Its number.
            what: What is compared, in words.
            expected: The sign that the pattern expects: up, down, none or either.
            measure: Returns the difference, one number for each replicate.
            *variants: What it is measured in.
        """
        difference = Difference.of(measure(*(each.chance for each in variants)))
        verdict = difference.verdict(expected)
        over = "" if expected == "none" else self._over_ranges(expected, verdict, measure, variants)
        self._keep(pattern, what, str(difference), f"{difference.positive}, {difference.negative}", verdict, over)
        return verdict

    def note(self, pattern: str, text: str) -> None:
        """Print and keep figures that are not a difference."""
        self._keep(pattern, text, "", "", "", "")

    def _keep(self, *row: str) -> None:
        print(f"\npattern {' | '.join(row)}", flush=True)
        self.rows.append(row)

    def _over_ranges(self, expected: str, verdict: str, measure: Measure, variants: Sequence[Variant]) -> str:
        """Return in how many points the mean difference is above 0 and below, and where a pattern holds that doesn't.

        A difference by rounding alone counts as none.
        """
        at_points = zip(*(each.over_ranges for each in variants), strict=True)
        means = np.array([Difference.of(measure(*ensembles)).mean for ensembles in at_points])
        known = np.isfinite(means)
        up, down = means > 1e-9, means < -1e-9
        counts = f"{int(up.sum())}, {int(down.sum())} of {int(known.sum())}"
        if verdict in {"holds", "more", "less"} or expected == "either":
            return counts
        return f"{counts}; {_where(up if expected == 'up' else down, known)}"


def _where(holds: NDArray[np.bool_], known: NDArray[np.bool_]) -> str:
    """Return the half of a parameter's range in which a pattern holds most often, against the other half."""
    best = ("", 0, 0, 0, 0)
    widest = -1.0
    for row in TABLE:
        if row.status == "structural":
            continue
        values = np.array([getattr(point, row.name) for point in points()])
        for side, inside in (("above", values > row.default), ("below", values < row.default)):
            within, beyond = inside & known, ~inside & known
            if not (within.any() and beyond.any()):
                continue
            apart = holds[within].mean() - holds[beyond].mean()
            if apart > widest:
                widest = float(apart)
                sizes = (holds & within).sum(), within.sum(), (holds & beyond).sum(), beyond.sum()
                best = (f"{row.name} {side} {as_written(row.default)}", *(int(size) for size in sizes))
    what, here, of_here, there, of_there = best
    return f"holds in {here} of {of_here} with {what}, else in {there} of {of_there}" if what else "no point has it"
