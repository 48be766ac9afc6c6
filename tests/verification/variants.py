"""Scenarios run with common random numbers, and the difference of two: mean, 95% interval and signs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.model.run import run_ensemble
from simulation.results.ensemble import Ensemble
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from tests.places import SCENARIOS, written

REPLICATES = 200
POINTS = 100
SEED = 20240401

Floats = NDArray[np.float64]


def plain(name: str) -> dict[str, Any]:
    """Return a shipped scenario as plain data that a test can change."""
    return written(load_scenario(SCENARIOS / f"{name}.yaml"))


@cache
def shipped(name: str) -> Ensemble:
    """Return the replicates of a shipped scenario."""
    return replicates(load_scenario(SCENARIOS / f"{name}.yaml"))


def replicates(
    subject: Scenario | dict[str, Any], *, replicates: int = REPLICATES, detail: Sequence[str] = ()
) -> Ensemble:
    """Return replicates of a scenario on the seed that all scenarios share."""
    checked = subject if isinstance(subject, Scenario) else Scenario.model_validate(subject)
    return run_ensemble(checked, replicates=replicates, seed=SEED, engine="compiled", detail=detail)


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
        return f"{self.mean:.3g} [{self.low:.3g}, {self.high:.3g}]"

    @property
    def signs(self) -> str:
        """The number of replicates in which it was above 0, and below."""
        return f"above 0 in {self.positive}, below in {self.negative} of {self.pairs}"

    def verdict(self, expected: str) -> str:
        """Return whether the pattern holds.

        Args:
            expected: "up", "down" or "none": the sign that the pattern expects.
        """
        if expected == "none":
            return "holds" if self.low <= 0 <= self.high else "does not hold"
        low, high = (self.low, self.high) if expected == "up" else (-self.high, -self.low)
        if low > 0:
            return "holds"
        return "does not hold" if high < 0 else "unclear"


class Report:
    """Verdicts, one line each as tests finish, and all of them as a Markdown table at the end."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def add(self, pattern: str, what: str, differences: Iterable[float], expected: str) -> str:
        """Print and keep one verdict on paired differences, one a replicate."""
        difference = Difference.of(differences)
        verdict = difference.verdict(expected)
        print(f"\npattern {pattern}: {verdict}, difference {difference} ({what}; {difference.signs})", flush=True)
        self.rows.append(f"| {pattern} | {what} | {difference} | {difference.signs} | {verdict} |")
        return verdict

    def note(self, pattern: str, text: str) -> None:
        """Print and keep a figure that is not a difference."""
        print(f"\npattern {pattern}: {text}", flush=True)
        self.rows.append(f"| {pattern} | {text} | | | |")

    def __str__(self) -> str:
        head = (
            "| Pattern | What is compared, with common random numbers | Difference and 95% interval | Signs | Verdict |"
        )
        return "\n".join([head, "|---|---|---|---|---|", *self.rows])
