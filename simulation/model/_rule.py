"""The mark of a rule: it records the function and changes nothing about it.

A marked function stays ordinary Python, so that a debugger steps into it; a faster engine can compile what is recorded.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Rule = TypeVar("Rule", bound=Callable[..., Any])

RULES: list[Callable[..., Any]] = []


def rule(function: Rule) -> Rule:
    """Record a function as a rule of the model."""
    RULES.append(function)
    return function
