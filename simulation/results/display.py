"""An ensemble as text, and as HTML for notebooks."""

from collections.abc import Callable

import numpy as np

from simulation.display import html_table, sparkline
from simulation.formatting import counted, millions, percent, range_words, two_decimals
from simulation.results.ensemble import Ensemble

_SHOWN: dict[str, tuple[str, Callable[[float], str]]] = {
    "gap": ("gap, £m a year", millions),
    "trust": ("trust, 0 to 1", two_decimals),
    "population_first": ("ask “our population”, share", percent),
    "plan_coverage": ("plan agreed, share", percent),
    "milestones_value": ("delivered, £m a year on paper", millions),
}


def ensemble_to_text(ensemble: Ensemble) -> str:
    """Return an ensemble in one line."""
    count = counted(len(ensemble), "replicate")
    first, last = int(ensemble.replicates[0]), int(ensemble.replicates[-1])
    is_whole = last - first == len(ensemble) - 1
    numbered = f" from number {first:,}" if first and is_whole else ""
    return f"<Ensemble “{ensemble.scenario.title}”: {count}{numbered}, seed {ensemble.seed}>"


def ensemble_to_html(ensemble: Ensemble) -> str:
    """Return a table of its main numbers in the first and last month, with the range of 9 in 10 replicates."""
    months = ensemble.axes.months
    rows = []
    for column, (words, show) in _SHOWN.items():
        middle = np.median(ensemble[column], axis=0)
        first, last = show(middle[0]), show(middle[-1])
        low, high = np.quantile(ensemble[column][:, -1], (0.05, 0.95))
        line = sparkline(middle.tolist(), f"{words}: from {first} to {last}")
        rows.append((words, first, line, last, range_words(low, high, show)))
    head = ("median", months[0], "month by month", months[-1], "9 in 10, by chance alone")
    return html_table(ensemble_to_text(ensemble).strip("<>"), head, rows, numbers=(1, 3, 4))
