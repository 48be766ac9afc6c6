"""One report for all patterns, printed as Markdown when they are done."""

from collections.abc import Iterator

import pytest

from tests.verification.variants import REPLICATES, SEED, Report


@pytest.fixture(scope="session")
def report() -> Iterator[Report]:
    kept = Report()
    yield kept
    print(f"\n\n{REPLICATES} replicates a scenario, seed {SEED}.\n\n{kept}\n", flush=True)
