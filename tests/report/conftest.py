"""Papers of made-up places, each built once."""

from functools import cache

from simulation.report.content import build_paper
from simulation.report.paper import Paper
from simulation.results.comparison import as_comparison
from tests.charts.conftest import comparison_of, study_of, varied_of, with_many_points


@cache
def paper_of(kind: str, name: str = "no joint action", replicates: int = 8) -> Paper:
    """Return the paper of a single scenario, of two compared, or of one with things varied."""
    if kind == "compared":
        return build_paper(comparison_of(name, replicates))
    if kind == "single":
        return build_paper(as_comparison(with_many_points(name, replicates) if replicates > 1 else study_of(name, 1)))
    return build_paper(varied_of(name, replicates, kind))
