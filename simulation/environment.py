"""The environment variables that decide what commands write or how they compute, and what each may be.

Libraries read them too, some while they are imported, and end in a traceback or pass over what they don't understand.
So a command checks them before it begins.
"""

import os
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH"
"""The variable that gives the day that results and papers are dated."""

DISABLE_JIT = "NUMBA_DISABLE_JIT"
"""The variable that has the kernel run without being compiled."""

LAST_SECOND = 7_258_118_399
"""The last second of 2199, since 1970: the last year that dates may have."""


class WrongVariableError(ValueError):
    """An environment variable is not what it may be; the message names all that are wrong, a line each."""


class _Variable(NamedTuple):
    """A variable that holds a whole number, or is empty and counts as not set.

    Attributes:
        least: The least number.
        most: The greatest number.
        meaning: The number that it must be, in words.
    """

    least: int
    most: int
    meaning: str


VARIABLES = MappingProxyType(
    {
        SOURCE_DATE_EPOCH: _Variable(0, LAST_SECOND, "seconds since 1970, in UTC, up to the end of 2199"),
        DISABLE_JIT: _Variable(0, 1, "1 to run without compiling, else 0"),
        "NUMBA_NUM_THREADS": _Variable(1, 100_000, "threads, 1 or more"),
    }
)
"""The variables by name."""

_WHOLE = re.compile(r"[0-9]{1,18}")


def check_environment() -> None:
    """Raise an error if a variable is not what it may be.

    Raises:
        WrongVariableError: If one is.
    """
    if wrong := list(_mistakes()):
        raise WrongVariableError("\n".join(wrong))


def whole_number(name: str) -> int | None:
    """Return the number that a variable holds; None if it is not set, or empty.

    Args:
        name: A name of `VARIABLES`.

    Raises:
        WrongVariableError: If it is not what it may be.
    """
    given = os.environ.get(name, "")
    if not given:
        return None
    variable = VARIABLES[name]
    if _WHOLE.fullmatch(given) and variable.least <= int(given) <= variable.most:
        return int(given)
    shown = given if given.isprintable() and len(given) <= 40 else "something else"
    message = f'environment variable {name}: must be a whole number ({variable.meaning}) or not set (given: "{shown}")'
    raise WrongVariableError(message)


def _mistakes() -> Iterator[str]:
    for name in VARIABLES:
        try:
            whole_number(name)
        except WrongVariableError as error:
            yield str(error)
