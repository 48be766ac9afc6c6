"""Trust is a belief about stances: how far it is from the stances that are taken."""

import numpy as np
import pytest

from simulation.formatting import month_words
from simulation.results.ensemble import Ensemble
from tests.verification.documents import WRITE, check_or_write, in_markdown
from tests.verification.variants import Difference, Floats, Variant, shipped

pytestmark = pytest.mark.verification

PATTERNS = "docs/patterns.md"
SCENARIOS = {
    "no joint action": "mid-south-essex",
    "instruction": "mid-south-essex-instruction",
    "partnership, half": "mid-south-essex-partnership",
    "partnership, full": "mid-south-essex-partnership-full",
}
HEADING = (
    "Scenario",
    "Month",
    "Trust: mean belief that another will be population-first",
    "Share of stances that are population-first",
    "Behaviour less belief",
    "Points above, below 0",
)


def apart(ensemble: Ensemble, month: int) -> Floats:
    """Return the share of population-first stances less mean trust, for each replicate."""
    return ensemble["population_first"][:, month] - ensemble["trust"][:, month]


def row_of(label: str, variant: Variant, month: int) -> tuple[str, ...]:
    """Return a row of the table: belief, behaviour, the difference, and its sign over the ranges."""
    run = variant.chance
    figures = (run["trust"][:, month], run["population_first"][:, month], apart(run, month))
    means = np.array([apart(each, month).mean() for each in variant.over_ranges])
    signs = f"{int((means > 0).sum())}, {int((means < 0).sum())} of {means.size}"
    return label, month_words(run.axes.months[month]), *(str(Difference.of(each)) for each in figures), signs


def test_belief_and_behaviour_are_as_far_apart_as_the_document_says(pytestconfig):
    rows = [row_of(label, shipped(name), month) for label, name in SCENARIOS.items() for month in (0, -1)]
    check_or_write(PATTERNS, "belief", in_markdown(HEADING, rows), write=pytestconfig.getoption(WRITE))
