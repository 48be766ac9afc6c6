"""The worth of asking some people how much they trust each other (EVSI), from net benefits at points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.value_of_information import SHUFFLES, PartialWorth, partial_worth
from simulation.scenario.schema import Scenario
from simulation.survey.form import ASSUMED_SPREAD
from simulation.survey.pairs import relationships_of

RESPONDENTS = (10, 30, 100)
"""Numbers of people for whom a survey is judged unless others are named."""

ASKED_ABOUT = ("opening_trust", "same_sector_premium")
"""The parameters that a survey of trust informs."""

_SURVEYS = 20


@dataclass(frozen=True, kw_only=True)
class SurveyWorth(PartialWorth):
    """The worth of a survey of trust between organisations before a choice is made, £m.

    Attributes:
        respondents: How many people answer.
        cost: Cost of the survey, £m; None if it was not given.
    """

    respondents: int
    cost: float | None = None

    @property
    def net(self) -> float | None:
        """The worth less the cost, £m; None if the cost is not known."""
        return None if self.cost is None else self.value - self.cost


def mean_trust(parameters: Mapping[str, Floats], place: Scenario) -> Floats | None:
    """Return the mean of trust over the relationships of a place at the start, 0–1; None if it is not varied.

    Args:
        parameters: Parameters at each point, `[point]` by name.
        place: The place, which says how many relationships are within a sector.

    Returns:
        `[point]`.
    """
    if all(np.ptp(parameters.get(name, np.zeros(1))) == 0 for name in ASKED_ABOUT):
        return None
    settled = place.resolve_parameters()
    opening, premium = (parameters.get(name, np.array(getattr(settled, name))) for name in ASKED_ABOUT)
    pairs = relationships_of(place)
    same = [place.sector_of(of) == place.sector_of(trusted) for of, trusted in pairs]
    share = sum(same) / len(same) if same else 0.0
    return np.minimum(1.0, opening + share * premium)


def survey_worths(
    trust: Floats, against_best: Floats, sizes: Sequence[int], seed: int, cost: float | None = None
) -> tuple[SurveyWorth, ...]:
    """Return the expected value of sample information of surveys (EVSI; Strong, Oakley, Brennan and Breeze 2015).

    At each point a survey is simulated. Its finding is the mean trust of the place there, with the error of so many
    people whose answers differ by the spread that the survey of trust assumes. What choosing by that finding gains is
    found by regression, and averaged over several simulated surveys. Only the mean of the place is used. That the
    statements measure what the model calls trust is taken for granted.

    Args:
        trust: Mean trust of the place at each point, `[point]`, 0–1.
        against_best: By how much each other choice is better than the best now, `[point, choice]`, £m.
        sizes: Numbers of people who answer, each 1 or more.
        seed: Random seed, 0 or more.
        cost: Cost of the survey, £m.
    """
    from scipy.stats import norm

    errors = norm.rvs(size=(_SURVEYS, len(trust)), random_state=(seed + 1) % 2**32) * ASSUMED_SPREAD
    found = []
    for respondents in sizes:
        each = [
            partial_worth((trust + error / np.sqrt(respondents))[:, np.newaxis], against_best, seed, shuffles=shuffles)
            for error, shuffles in zip(errors, [SHUFFLES] + [0] * (_SURVEYS - 1), strict=True)
        ]
        found.append(
            SurveyWorth(
                value=float(np.mean([one.value for one in each])),
                standard_error=float(np.sqrt(np.mean([one.standard_error**2 for one in each]))),
                changes=float(np.mean([one.changes for one in each])),
                shuffled=each[0].shuffled,
                respondents=respondents,
                cost=cost,
            )
        )
    return tuple(found)
