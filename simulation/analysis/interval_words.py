"""Intervals of shares in words, counted as the cases are: in hundredths, or of as many as there are if fewer."""

from math import ceil, floor

from simulation.analysis.grades import Share, most_off
from simulation.analysis.verdict import PairVerdict, Verdict
from simulation.formatting import as_written, range_words

_TINY = 1e-9
"""More than what a count loses as a share, and less than a case."""


def interval_words(pair: PairVerdict, *, of: bool = False) -> str:
    """Write the 95% interval of the cases in which the first is better, with a space before; nothing if there is none.

    It is counted as the cases are: in hundredths, or of as many as there are if they are fewer.

    Args:
        pair: The verdict on the first against the second.
        of: True to say of how many.
    """
    if not pair.has_intervals:
        return ""
    low, high = _ends(pair.shares.better, pair.cases)
    how_many = f" of {min(100, pair.cases)}" if of else ""
    return f" ({range_words(low, high, as_written)}{how_many})" if low < high else ""


def _ends(share: Share, cases: int) -> tuple[int, int]:
    """Return the ends of an interval in hundredths, or in whole cases, so that it holds all that it may, if fewer."""
    if cases >= 100:
        return round(100 * share.low), round(100 * share.high)
    return floor(cases * share.low + _TINY), ceil(cases * share.high - _TINY)


def widest_words(*found: Verdict) -> str:
    """Write how far any share may be off, in the unit of the counts: ±3 in 100; ±8 in 64.

    Args:
        found: Verdicts on the same cases, one or several.
    """
    cases = found[0].pairs[0].cases
    widest = max(most_off(share) for each in found for pair in each.pairs for share in pair.shares)
    off = round(100 * widest) if cases >= 100 else ceil(cases * widest - _TINY)
    return f"±{max(1, off)} in {min(100, cases)}"
