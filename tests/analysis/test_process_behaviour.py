"""Process limits of observed series: what is a signal, and what is rounding."""

import pytest

from simulation.analysis.process_behaviour import process_behaviour

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("value", [20.1, 94.1, 3.3, 12.1, 0.0, -7.7])
@pytest.mark.parametrize("count", [6, 7, 12])
def test_a_series_that_never_changes_has_no_signal(value, count):
    """Its mean may be off by one bit, and its limits have no width."""
    assert process_behaviour({f"2020-{month:02}": value for month in range(1, count + 1)}).signals == ()


def test_a_point_beyond_the_limits_and_a_run_on_one_side_are_signals():
    values = [10, 11, 10, 11, 10, 11, 30]
    assert process_behaviour({f"2020-{n:02}": value for n, value in enumerate(values, 1)}).signals == (6,)
    shifted = [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]
    found = process_behaviour({f"20{20 + n // 12}-{n % 12 + 1:02}": value for n, value in enumerate(shifted)})
    assert found.signals == tuple(range(14))
