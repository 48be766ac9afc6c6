"""Sensitivity indices as they are kept: what each parameter does to each outcome, with chance and a dummy beside it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from simulation.results.batch.errors import DamagedResultsError
from simulation.results.integrity import CHANGED, Damage, in_words
from simulation.results.sealed import RecordError, read_sealed_json, to_sealed_json

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["sobol", "morris", "pawn"]
Quantity = Literal["gap", "position"]

MAIN: Mapping[Method, str] = {"sobol": "total", "morris": "mu_star", "pawn": "pawn"}
"""The index by which each method orders parameters."""

AGAIN = "run the same `trustsim sensitivity` again, which makes it again"


HALF_OF_95 = 1.959964
"""Standard errors in half a 95% interval."""


class Knowledge(NamedTuple):
    """The worth of knowing a parameter alone before a choice is taken (EVPPI), £m of position over the run."""

    value: float
    """The gain that knowing it brings on average."""
    standard_error: float
    """Standard error of it."""
    by_chance: float
    """The EVPPI that chance alone may show in any of the parameters: all stay under it in 19 of 20 shuffles."""

    @property
    def is_clear(self) -> bool:
        """True if it can be distinguished from 0."""
        return is_worth_knowing(self.value, self.standard_error, self.by_chance)


def is_worth_knowing(value: float, standard_error: float, by_chance: float) -> bool:
    """Return True if what knowing something is worth can be distinguished from 0: the one rule for it.

    It is above what chance may show in any of all that are judged together, and its 95% interval is above 0.

    Args:
        value: Its EVPPI, £m.
        standard_error: Standard error of it, £m.
        by_chance: The EVPPI that all of them, shuffled, stay under in 19 of 20 shuffles, £m.
    """
    return value > by_chance and value > HALF_OF_95 * standard_error


@dataclass(frozen=True, kw_only=True)
class ParameterIndices:
    """The indices of one parameter for an outcome.

    Attributes:
        factor: Its address, such as parameters.opening_trust.
        values: Each index by name. Sobol: first, total and shapley, shares of the variance between cases. Morris:
            mu_star, mu and sigma, in the outcome's unit. PAWN: pawn, 0–1.
        half_widths: Half the width of the 95% interval of each.
        dummy: The main index that a parameter without effect, with as much chance in it, stays below in 95 of 100
            samples of this size, for all parameters at once.
        is_clear: True if its main index is above that, and its interval above 0.
    """

    factor: str
    values: Mapping[str, float]
    half_widths: Mapping[str, float]
    dummy: float
    is_clear: bool


@dataclass(frozen=True, kw_only=True)
class OutcomeIndices:
    """The indices of every parameter for one outcome, the largest main index first.

    Attributes:
        quantity: The gap in the last month, £m a year, or the position over the run, £m.
        choice: The compared scenario.
        against: The one that is taken off it; empty for the choice's own outcome.
        mean: Mean over all points and replicates, £m.
        sd: Standard deviation from case to case, £m: a case is one point with one replicate.
        chance: Share of the variance between cases that is chance, 0–1.
        chance_index: What chance does on the scale of the main index.
        parameters: What each parameter does.
        order: The average order of interactions by which Shapley effects are found, 2 or more: 2 if parameters act
            together in pairs; None if there are none.
    """

    quantity: Quantity
    choice: str
    against: str
    mean: float
    sd: float
    chance: float
    chance_index: float
    parameters: tuple[ParameterIndices, ...] = field(repr=False)
    order: float | None = None

    @property
    def clear(self) -> tuple[ParameterIndices, ...]:
        """The parameters that can be distinguished from one without effect."""
        return tuple(each for each in self.parameters if each.is_clear)


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """The sensitivity of an experiment's outcomes by one method.

    Attributes:
        method: The method.
        name: Name of the experiment.
        title: Its title.
        points: Base points of a Sobol sample, trajectories of a Morris sample, or points of a Latin hypercube.
        designs: Points that were run of each choice.
        replicates: Replicates at each point.
        stretch: Factor by which the ranges of the parameters were stretched.
        seed: Random seed of the runs and of the sample.
        model: Version of the model.
        made: The day on which the runs were first made, YYYY-MM-DD.
        scenarios: Hash of each compared scenario, by its name.
        outcomes: The outcomes.
        information: By parameter, the value of knowing it alone before one of the choices is taken (EVPPI); empty if it
            was not estimated.
        held: By scenario, the values of the parameters that it sets itself, by name: they are held in it, and an
            outcome has no index of what its scenarios all hold.
    """

    method: Method
    name: str
    title: str
    points: int
    designs: int
    replicates: int
    stretch: float
    seed: int
    model: str
    made: str
    scenarios: Mapping[str, str]
    outcomes: tuple[OutcomeIndices, ...] = field(repr=False)
    information: Mapping[str, Knowledge] = field(default_factory=dict, repr=False)
    held: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict, repr=False)

    @property
    def main(self) -> str:
        """The index by which parameters are ordered."""
        return MAIN[self.method]

    def outcome(self, quantity: Quantity, choice: str, against: str = "") -> OutcomeIndices:
        """Return one of the outcomes.

        Args:
            quantity: gap or position.
            choice: The compared scenario.
            against: The one that is taken off it; empty for the choice's own outcome.

        Raises:
            KeyError: If there is no such outcome.
        """
        for each in self.outcomes:
            if (each.quantity, each.choice, each.against) == (quantity, choice, against):
                return each
        message = f"there is no {quantity} of {choice!r}{f' against {against!r}' if against else ''}"
        raise KeyError(message)

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each outcome and parameter, with a row for chance."""
        import pandas as pd

        return pd.DataFrame([row for outcome in self.outcomes for row in _rows(outcome, self.main)])

    def to_json(self) -> str:
        """Return it as JSON that carries its digest."""
        return to_sealed_json(asdict(self))

    @classmethod
    def read(cls, path: Path | str, *, skip_integrity_check: bool = False) -> Self:
        """Read what `to_json` wrote.

        Args:
            path: The file.
            skip_integrity_check: True to read it even if it was changed.

        Raises:
            FileNotFoundError: If there is none.
            DamagedResultsError: If it cannot be read, or was changed.
        """
        path = Path(path)
        try:
            return cls(**_from_data(read_sealed_json(path, skip_integrity_check=skip_integrity_check)))
        except FileNotFoundError:
            raise
        except (RecordError, KeyError, TypeError, ValueError, AttributeError):
            raise DamagedResultsError(in_words([Damage(path, CHANGED)], AGAIN)) from None


def _from_data(data: Mapping[str, Any]) -> dict[str, Any]:
    outcomes = tuple(
        OutcomeIndices(**{**each, "parameters": tuple(ParameterIndices(**row) for row in each["parameters"])})
        for each in data["outcomes"]
    )
    information = {factor: Knowledge(*map(float, numbers)) for factor, numbers in data["information"].items()}
    return {**data, "outcomes": outcomes, "information": information}


def _rows(outcome: OutcomeIndices, main: str) -> list[dict[str, Any]]:
    about = {"quantity": outcome.quantity, "choice": outcome.choice, "against": outcome.against}
    rows: list[dict[str, Any]] = []
    for each in outcome.parameters:
        numbers = dict(each.values)
        numbers |= {f"{name}_half_width": value for name, value in each.half_widths.items()}
        rows.append({**about, "factor": each.factor, **numbers, "dummy": each.dummy, "is_clear": each.is_clear})
    return [
        *rows,
        {**about, "factor": "chance", main: outcome.chance_index, "share_of_variance": outcome.chance},
    ]


def outcome_name(quantity: Quantity, choice: str, against: str = "") -> str:
    """Return the name of an outcome, such as `gap-coaching-against-no-joint-action`, as it can stand in a file's name.

    Args:
        quantity: gap or position.
        choice: The compared scenario.
        against: The one that is taken off it, if one is.
    """
    words = f"{quantity} {choice}{f' against {against}' if against else ''}"
    return "-".join("".join(letter if letter.isalnum() else " " for letter in words.lower()).split())
