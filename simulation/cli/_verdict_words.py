"""The verdict on the choices of a batch, as lines for a terminal and as data."""

from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.analysis.verdict import PairVerdict, Verdict
    from simulation.results.comparison import Comparison

_MOST_PAIRS = 21
"""The pairs of seven choices."""


def read_finished(folder: Path, *, skip_integrity_check: bool = False) -> "Comparison | None":
    """Return the results in a batch's folder; None if it or a supporting run is not finished.

    Args:
        folder: The folder of an experiment that a file asks for.
        skip_integrity_check: True to read files that are not as they were written.
    """
    from simulation.results.batch.errors import NoBatchError
    from simulation.results.load import load_comparison

    try:
        comparison = load_comparison(folder, skip_integrity_check=skip_integrity_check)
    except NoBatchError:
        return None
    return None if comparison.missing else comparison


def verdict_lines(comparison: "Comparison", folder: Path) -> list[str]:
    """Return the finding by the gap and by the position, then every pair of choices; of a single choice none of that.

    Where assumptions were drawn, a line says what a scenario holds; where replicates failed, one what is left out.

    Args:
        comparison: The results.
        folder: Their folder, as it was named.
    """
    from simulation.analysis.held import held_in, held_words
    from simulation.analysis.measure import Measure
    from simulation.analysis.verdict import find_verdict
    from simulation.analysis.verdict_words import allowing
    from simulation.formatting import without_joiners
    from simulation.results.left_out import left_out_words

    gap, position = (find_verdict(comparison, measure) for measure in Measure)
    held = [f"  {said}"] if (said := held_words(held_in(comparison))) else []
    held += [f"  Caution: {said}"] if (said := left_out_words(comparison.left_out, folder)) else []
    if gap is None or position is None:
        why = _reason_for_none(comparison)
        return [*([f"  Verdict: none, since {why}."] if why else []), *held]
    findings = [f"    {line}" for line in finding_lines(gap, position)]
    lines = [f"  Verdict. {allowing(gap.pairs[0])}:", *findings, *held, "", *_table(comparison, gap, position)]
    return [without_joiners(line) for line in lines]


def finding_lines(gap: "Verdict", position: "Verdict") -> list[str]:
    """Return the finding by the gap, by the position, and how many points they rest on, a line each.

    Args:
        gap: The verdict by the gap.
        position: The verdict by the position.
    """
    from simulation.analysis.verdict_words import headline, sure_words

    return [
        f"gap: {headline(gap)}.",
        f"position, costs included: {headline(position)}.",
        f"{sure_words(gap, position)}.",
    ]


def _reason_for_none(comparison: "Comparison") -> str:
    """Return why there is no verdict on several choices; nothing if there is only one."""
    from simulation.analysis.choices import group_points

    if len(group_points(comparison)) < 2:
        return ""
    if not comparison.factors:
        return _reason_without_factors(comparison)
    if not comparison.assumptions:
        return "only choices were varied; an assumption in `vary` beside them gives one"
    if comparison.design == "grid":
        return "there is no set of assumptions at which all choices were run without a failure"
    return f"a {comparison.design} design seldom has two choices at the same set of assumptions; `design: grid` does"


def _reason_without_factors(comparison: "Comparison") -> str:
    """Return why there is no verdict on scenarios of which no number is varied."""
    from simulation.limits import MOST_STUDIES
    from simulation.results.left_out import Unjudged, unvaried_words
    from simulation.results.reading import NEEDED

    too_many = Unjudged.TOO_MANY if len(comparison.cases) > MOST_STUDIES else None
    reason = comparison.unjudged or too_many
    if reason:
        return f"{reason}; {reason.way_out}"
    if not comparison.studies:
        return (
            f"the tables that it needs were not kept; `detail: [{', '.join(NEEDED[1:])}]` and `assumptions: {{}}` do it"
        )
    why = unvaried_words(comparison)
    return why if why != unvaried_words() else f"{why}; `assumptions: {{}}` does it"


def left_out_data(comparison: "Comparison") -> list[dict[str, Any]]:
    """Return what is left out because replicates failed as plain data: the part, how many, of how many, and in whom.

    Args:
        comparison: The results.
    """
    return [each.to_data() for each in comparison.left_out]


def verdict_data(comparison: "Comparison") -> list[dict[str, Any]]:
    """Return every ordered pair of choices by both measures as plain data; nothing where there is no verdict.

    Args:
        comparison: The results.
    """
    from simulation.analysis.measure import Measure
    from simulation.analysis.verdict import find_verdict, verdict_to_pandas

    found = [each for each in (find_verdict(comparison, measure) for measure in Measure) if each is not None]
    rows = verdict_to_pandas(found).to_dict(orient="records")
    return [
        {str(key): None if isinstance(value, float) and isnan(value) else value for key, value in row.items()}
        for row in rows
    ]


def _table(comparison: "Comparison", gap: "Verdict", position: "Verdict") -> list[str]:
    """Return a line for each pair, the later choice against the earlier one."""
    from simulation.formatting import counted

    pairs = gap.later_against_earlier
    names = [f"{pair.first} against {pair.second}" for pair in pairs[:_MOST_PAIRS]]
    wide = max(map(len, (*names, "Of 100 cases")))
    head = f"    {'':<{wide}}  {'less, same, more':>18}  {'better, same, worse':>20}  by the gap"
    of = f"Of {min(100, pairs[0].cases)} {'runs' if pairs[0].chosen else 'cases'}"
    lines = [f"    {of:<{wide}}  {'gap':>18}  {'position':>20}", head]
    for name, pair in zip(names, pairs, strict=False):
        row = _row(name, wide, pair, position.between(pair.first, pair.second))
        lines.append(f"{row}{_depends(comparison, pair)}")
    if len(pairs) > _MOST_PAIRS:
        more = counted(len(pairs) - _MOST_PAIRS, "more pair")
        lines.append(f"    and {more}; `trustsim status --json` has all of them")
    return lines


def _row(name: str, wide: int, gap: "PairVerdict", position: "PairVerdict") -> str:
    from simulation.analysis.grades import HOLDS_IN, WITHIN_LIMITS, is_hardly_wider, times_as_wide
    from simulation.analysis.verdict_words import short_counts
    from simulation.formatting import as_written, is_with_place

    reach = gap.holds_to
    holds = ""
    if reach is not None:
        ranges = "ranges of the model’s assumptions" if is_with_place(gap.stretch) else "ranges"
        to = f"{as_written(reach.stretch, 2)} times as wide{WITHIN_LIMITS if reach.stretch > 1 else ''}"
        holds = f", in {HOLDS_IN} up to {ranges} {'at least ' if reach.at_least else ''}{to}"
        if is_hardly_wider(reach.stretch):
            holds = f", in {HOLDS_IN} with {ranges} no wider"
        narrower = reach.fewer(wider=False)
        holds += "" if narrower is None else f", in fewer with {ranges} {times_as_wide(narrower)}"
    return f"    {name:<{wide}}  {short_counts(gap):>18}  {short_counts(position):>20}  {gap.grade}{holds}"


def _depends(comparison: "Comparison", pair: "PairVerdict") -> str:
    """Return the assumptions on which an unsettled finding depends; nothing unless a rule beats the commoner answer."""
    from simulation.analysis.deciding import deciding
    from simulation.analysis.deciding_words import depends_words

    if pair.grade.is_settled:
        return ""
    found = deciding(comparison, pair.first, pair.second)
    words = "" if found is None else depends_words(found)
    return f", {words}" if words else ""
