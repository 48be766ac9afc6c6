"""The place's position over the run: by chance, and allowing for uncertain assumptions, discounted or not."""

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.finance import SO_FAR, finance_of
from simulation.results.comparison import Case
from simulation.results.study import Study


def positions_of(case: Case) -> Floats | None:
    """Return the place's position over the whole run, `[replicate]`, £m; None if it is not known.

    It is discounted if the case's study says so.

    Args:
        case: One of the scenarios that are compared.
    """
    study = case.study
    if study is None or not study.discount or case.positions is None:
        return case.positions
    found = np.full(len(case.positions), np.nan)
    found[study.ensemble.replicates] = finance_of(study).over_run(SO_FAR.name)
    return found


def varied_positions(study: Study | None) -> Floats | None:
    """Return the same allowing for uncertain assumptions; None if it is not known.

    Args:
        study: A scenario's replicates; None if its tables were not kept.
    """
    varied = None if study is None else finance_of(study).varied.get(SO_FAR.name)
    return None if varied is None else np.asarray(varied[:, -1], dtype=np.float64)


def place_position(case: Case) -> tuple[Interval, Interval | None]:
    """Return where the place's position over the run lies by chance, and allowing for uncertain assumptions.

    Args:
        case: A scenario of which positions are known.
    """
    known, varied = positions_of(case), varied_positions(case.study)
    return interval_of(np.full(1, np.nan) if known is None else known), None if varied is None else interval_of(varied)
