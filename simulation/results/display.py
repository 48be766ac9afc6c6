"""How an ensemble shows itself in a notebook."""

import numpy as np

from simulation.display import html_table, number_words, sparkline
from simulation.results.ensemble import Ensemble

_SHOWN = {
    "gap": ("gap, £m a year", 1),
    "trust": ("trust, 0 to 1", 2),
    "population_first": ("ask “our population”, share", 2),
    "plan_coverage": ("plan agreed, share", 2),
    "milestones_value": ("delivered, £m a year on paper", 1),
}


def ensemble_to_text(ensemble: Ensemble) -> str:
    """An ensemble in one line."""
    count = "one replicate" if len(ensemble) == 1 else f"{len(ensemble):,} replicates"
    first = int(ensemble.replicates[0])
    numbered = f" from number {first:,}" if first else ""
    return f"<Ensemble “{ensemble.scenario.title}”: {count}{numbered}, seed {ensemble.seed}>"


def ensemble_to_html(ensemble: Ensemble) -> str:
    """Where its main numbers begin and end, with 9 in 10 of the replicates, by chance alone."""
    months = ensemble.axes.months
    rows = []
    for column, (words, places) in _SHOWN.items():
        middle = np.median(ensemble[column], axis=0)
        first, last = number_words(middle[0], places), number_words(middle[-1], places)
        low, high = (number_words(limit, places) for limit in np.quantile(ensemble[column][:, -1], (0.05, 0.95)))
        line = sparkline(middle.tolist(), f"{words}: from {first} to {last}")
        rows.append((words, first, line, last, f"{low} to {high}"))
    head = ("median", months[0], "month by month", months[-1], "9 in 10, by chance alone")
    return html_table(ensemble_to_text(ensemble).strip("<>"), head, rows, numbers=(1, 3, 4))
