"""The number of made-up inputs of tests whose inputs take long."""

from hypothesis import settings

THOROUGH = 160
"""Examples of a test that says nothing else, by `make properties`: four times those of the suite."""


def slow_examples(most: int = 40) -> settings:
    """Return settings that try a quarter of the examples in the suite, and all of them by `make properties`.

    Args:
        most: Number of examples that `make properties` tries.
    """
    return settings(max_examples=max(1, most * settings().max_examples // THOROUGH))
