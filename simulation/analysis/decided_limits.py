"""The limits of a search in words: whom they protect, what else they rule out, and that the answers go by them."""

from collections.abc import Iterator

import numpy as np

from simulation.analysis.decided import Decided
from simulation.experiment.decide import ROUNDING, Decision
from simulation.formatting import capital, counted, first_few, listed, pounds

ANY_START = "Each start is tried here, also where the limits rule it out."
"""A month is valued by the start itself, which is not to say that it may be chosen."""

_MOST_NAMED = 3
"""Protected organisations that a short sentence names; the section on the limits names all."""


def is_limited(decided: Decided) -> bool:
    """Return True if a limit other than the budget over the run excluded candidates, so that the answers go by it.

    Args:
        decided: The result of a search.
    """
    return bool(_phrases(decided, _MOST_NAMED))


def within_limits(decided: Decided, sentence: str) -> str:
    """Return a sentence whose answer goes by the limits, with these words before it; the same if there are none.

    Args:
        decided: The result of a search.
        sentence: The sentence, or the finding that begins it.
    """
    return within(sentence) if is_limited(decided) else sentence


def within(sentence: str) -> str:
    """Return a sentence whose answer goes by limits, with these words before it.

    Args:
        sentence: The sentence, or the finding that begins it.
    """
    return f"Within the limits, {sentence[:1].lower()}{sentence[1:]}"


def limits_sentence(decided: Decided) -> str:
    """Say in a sentence within which limits options are, the budget over the run aside; empty if none excluded any.

    Args:
        decided: The result of a search.
    """
    phrases = _phrases(decided, _MOST_NAMED)
    return f"Options are within the limits of the search: {'; '.join(phrases)}." if phrases else ""


def limits_lines(decided: Decided) -> list[str]:
    """Return the limits that the answers go by, each in a sentence, with how many candidates they excluded.

    Args:
        decided: The result of a search.
    """
    decision = decided.decision
    lines = []
    if decision.not_worse_off:
        lines.append(f"{capital(_protected(decided, len(decision.not_worse_off)))}. {_excluded_sentence(decided)}")
    lines += [f"{capital(each)}." for each in (*_exact(decision), *_budget(decision))]
    if decided.is_exhaustive and decided.candidates < decision.combinations:
        lines.append(
            f"Of {decision.combinations:,} candidates that there are, {decided.candidates:,} keep the limits on money "
            "and levers."
        )
    if is_limited(decided):
        lines.append(
            "Every answer here is within these limits: without them, another option might be recommended, and more "
            "money might buy something else."
        )
    return lines


def excluded_words(decided: Decided) -> str:
    """Say how many candidates were excluded since they leave a protected organisation worse off: 155 of them are.

    Args:
        decided: The result of a search, in which some were.
    """
    verb = "is" if decided.excluded == 1 else "are"
    return f"{decided.excluded:,} of them {verb} excluded, since an organisation that must not be worse off would be"


def _phrases(decided: Decided, named: int) -> tuple[str, ...]:
    """Return the limits that excluded candidates as clauses, the budget over the run aside."""
    protected = [_protected(decided, named)] if decided.excluded else []
    return (*protected, *_exact(decided.decision))


def _protected(decided: Decided, named: int) -> str:
    """Say who must not be worse off, as the file names them."""
    entries, ids = decided.decision.place.organisations, decided.decision.not_worse_off
    how = "worse off over the run, by the mean"
    if len(ids) == len(entries) > 1:
        return f"no organisation may be {how}"
    names = [entries[each].name or each for each in ids]
    who = listed(names) if len(names) <= named else first_few(names, named)
    return f"{who} must not be {how}"


def _excluded_sentence(decided: Decided) -> str:
    """Say how many candidates the limit on who may not be worse off excluded, of those that were run."""
    if not decided.excluded:
        return "No candidate that was run breaks that limit."
    number = f"{decided.excluded:,}"
    of = f"the {counted(decided.candidates, 'candidate')}" if decided.is_exhaustive else "the candidates"
    return f"That limit excluded {number} of {of} that were run."


def _exact(decision: Decision) -> Iterator[str]:
    """Yield the limits on levers and on money by year, as clauses, if any candidate would break them."""
    yield from _by_year(decision)
    if decision.most_levers is not None and decision.most_levers < len(decision.levers):
        yield f"an option has at most {counted(decision.most_levers, 'lever')}"
    for group in decision.exclude:
        names = [f"{lever.label[:1].lower()}{lever.label[1:]}" for lever in sorted(group)]
        no_two = f"no two of {listed(names)} are pulled together"
        yield f"{listed(names)} are never pulled together" if len(names) == 2 else no_two


def _by_year(decision: Decision) -> Iterator[str]:
    """Yield the limits on money in financial years in which levers could cost more."""
    dearest = np.sum([costs.max(axis=0) for costs in decision.costs_of_ways], axis=0)
    most = dict(zip(decision.years, dearest, strict=True))
    binding = {year: limit for year, limit in decision.budget_by_year.items() if most[year] > limit + ROUNDING}
    for limit in dict.fromkeys(binding.values()):
        years = [year for year, amount in binding.items() if amount == limit]
        when = "each financial year" if len(years) == len(decision.years) > 1 else listed(years)
        yield f"levers cost at most {pounds(limit)} in {when}"


def _budget(decision: Decision) -> Iterator[str]:
    """Yield the limit on money over the run, if levers could cost more."""
    most = sum(float(costs.sum(axis=1).max()) for costs in decision.costs_of_ways)
    if decision.budget is not None and most > decision.budget + ROUNDING:
        yield f"levers cost at most {pounds(decision.budget)} over the run"
