"""The parameters by several sensitivity indices side by side, where their orders differ and why."""

from collections.abc import Mapping, Sequence

from simulation.analysis.held import held_words
from simulation.analysis.parameter_rankings import Ranking, rank_with_information, rank_worth, why_they_differ
from simulation.analysis.sensitivity_words import (
    METHOD_WORDS,
    NOT_CLEAR_WORTH,
    deciding_outcomes,
    factor_label,
    index_words,
    no_effect_words,
    outcome_words,
    prices_words,
    worth_words,
)
from simulation.formatting import counted
from simulation.report.paper import Table
from simulation.results.comparison import Comparison
from simulation.results.indices import OutcomeIndices, Sensitivity

_HEADS = {
    "total": "In total",
    "first": "Alone",
    "shapley": "Shapley",
    "pawn": "PAWN",
    "evppi": "Worth knowing (EVPPI)",
}
_FIRST = 4
"""Parameters that are shown of each ranking, the first by it."""


def rankings_table(comparison: Comparison) -> Table | None:
    """Return the first parameters by each index of the closest call by the position; None if there are no two indices.

    Args:
        comparison: The results.
    """
    for found in comparison.sensitivity:
        outcome = next((each for each in deciding_outcomes(found) if each.quantity == "position"), None)
        ranked = (
            [] if outcome is None else [each for each in rank_with_information(found, outcome) if each.by in _HEADS]
        )
        if outcome is not None and len(ranked) > 1 and _shown(found, outcome, ranked):
            return _table(found, outcome, ranked, comparison.discount)
    return None


def _table(found: Sensitivity, outcome: OutcomeIndices, ranked: Sequence[Ranking], discount: float) -> Table:
    values = {each.factor: each.values for each in outcome.parameters}
    heads = ("Parameter", *(_HEADS[each.by] for each in ranked))
    widths = [0.22 if each.by == "evppi" else 0.14 for each in ranked]
    return Table(
        caption=f"The parameters that move {outcome_words(outcome)}, by several rankings",
        heads=heads,
        rows=tuple(
            (factor_label(factor), *(_cell(found, each, factor, values[factor]) for each in ranked))
            for factor in _shown(found, outcome, ranked)
        ),
        widths=(1 - sum(widths), *widths),
        note=_note(found, outcome, ranked, discount),
    )


def _shown(found: Sensitivity, outcome: OutcomeIndices, ranked: Sequence[Ranking]) -> list[str]:
    """Return the first by each ranking, in the order of the main index."""
    first: set[str] = set()
    for each in ranked:
        first |= {*(rank_worth(found) if each.by == "evppi" else each.factors)[:_FIRST]}
    return [each.factor for each in outcome.parameters if each.factor in first]


def _cell(found: Sensitivity, ranking: Ranking, factor: str, values: Mapping[str, float]) -> str:
    if ranking.by == "evppi":
        return worth_words(found, factor)
    value = values[ranking.by]
    return index_words(ranking.by, value) + (f" ({ranking.rank(factor)})" if factor in ranking.factors else "")


def _note(found: Sensitivity, outcome: OutcomeIndices, ranked: Sequence[Ranking], discount: float) -> str:
    by = [each.by for each in ranked]
    said = [
        f"{METHOD_WORDS[found.method]} indices of {counted(found.designs, 'point')} with "
        f"{counted(found.replicates, 'simulated run')} each; in brackets the rank, and the first {_FIRST} by each."
    ]
    said.append(no_effect_words(found, outcome))
    if "total" in by:
        said.append("Shares of the variance from case to case.")
    if "evppi" in by:
        said.append(
            "EVPPI: what knowing it before the choice is worth, £m of position over the run. Not clear: "
            f"{NOT_CLEAR_WORTH}."
        )
    said.append(prices_words(discount))
    said += [held_words(found.held)]
    return " ".join(each for each in [*said, why_they_differ(by)] if each)
