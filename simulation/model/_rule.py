"""The mark of a rule: it records the function and does not change it.

A marked function stays ordinary Python, so a debugger can step into it. The compiled engine compiles the recorded ones.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Rule = TypeVar("Rule", bound=Callable[..., Any])

RULES: list[Callable[..., Any]] = []


def rule(function: Rule) -> Rule:
    """Record a function as a rule of the model."""
    RULES.append(function)
    return function
