"""The option that writes documents, and one report for all patterns, printed when they are done."""

from collections.abc import Iterator

import pytest

from tests.verification.documents import WRITE
from tests.verification.variants import REPLICATES, SEED, Report


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(WRITE, action="store_true", help="Write what was computed into docs.")


@pytest.fixture(scope="session")
def report() -> Iterator[Report]:
    kept = Report()
    yield kept
    print(f"\n\n{REPLICATES} replicates a scenario, seed {SEED}.\n\n{kept}\n", flush=True)
