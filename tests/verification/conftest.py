"""The option that writes documents, and one report for all patterns."""

import pytest

from tests.verification.documents import WRITE
from tests.verification.variants import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(WRITE, action="store_true", help="Write what was computed into docs.")


@pytest.fixture(scope="session")
def report() -> Report:
    return Report()
