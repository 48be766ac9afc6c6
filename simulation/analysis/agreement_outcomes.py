"""The agreements by outcome class: win/win, win/neutral or win/lose, or none."""

from dataclasses import dataclass

import numpy as np

from simulation.results.ensemble import Ensemble
from simulation.vocabulary import OutcomeClass


@dataclass(frozen=True)
class Agreements:
    """Mean numbers of programmes over replicates, by the outcome class of their agreement; they sum to all."""

    win_win: float
    win_neutral: float
    win_lose: float
    never: float
    """Not agreed by the horizon."""
    by_order: float
    """Of those agreed, the ones agreed by instruction."""


def agreement_outcomes(ensemble: Ensemble) -> Agreements:
    """Count the programmes by the outcome class of their agreement, as means over replicates.

    Args:
        ensemble: The replicates.
    """
    programmes = list(ensemble.axes.programmes)
    outcome, by_order = (ensemble.agreement(column)[:, programmes] for column in ("outcome", "by_order"))
    win_win, win_neutral, win_lose = (float((outcome == each).sum(axis=1).mean()) for each in OutcomeClass)
    never = float(np.isnan(outcome).sum(axis=1).mean())
    return Agreements(win_win, win_neutral, win_lose, never, float((by_order == 1).sum(axis=1).mean()))
