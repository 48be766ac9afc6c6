"""The place's position over the run: by chance, and allowing for uncertain assumptions, discounted or not."""

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.discounting import discounting
from simulation.analysis.finance import SO_FAR, finance_of
from simulation.results.comparison import Case
from simulation.results.replicates import Replicates
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


def varied_positions(study: Study, sample: Replicates) -> Floats:
    """Return the same over replicates with uncertain assumptions, `[replicate]`, £m.

    Args:
        study: The scenario's replicates, which say if money is discounted.
        sample: Its replicates with uncertain assumptions.

    Returns:
        NaN if it must be discounted and only the last month was kept.
    """
    so_far = sample[SO_FAR.name]
    if not study.discount:
        return so_far[:, -1]
    if so_far.shape[1] < len(study.ensemble.axes.months):
        return np.full(len(so_far), np.nan)
    factors = discounting(study.ensemble.axes.months, study.discount).by_month
    return np.asarray((factors * np.diff(so_far, axis=1, prepend=0.0)).sum(axis=1), dtype=np.float64)


def place_position(case: Case) -> tuple[Interval, Interval | None]:
    """Return where the place's position over the run lies by chance, and allowing for uncertain assumptions.

    Args:
        case: A scenario of which positions are known.
    """
    known, sample = positions_of(case), None if case.study is None else case.study.assumptions
    interval = interval_of(np.full(1, np.nan) if known is None else known)
    if case.study is None or sample is None or SO_FAR.name not in sample.columns:
        return interval, None
    return interval, interval_of(varied_positions(case.study, sample))
