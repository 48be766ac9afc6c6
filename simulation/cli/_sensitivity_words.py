"""Sensitivity indices, as lines for a terminal."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.formatting import counted, discount_words, pounds, stretch_words, without_joiners

if TYPE_CHECKING:
    from simulation.analysis.parameter_rankings import Ranking
    from simulation.results.indices import OutcomeIndices, ParameterIndices, Sensitivity

_MOST_ROWS = 10
_MOST_RANKED = 5


def sensitivity_lines(found: "Sensitivity", folder: Path, *, with_charts: bool = False) -> list[str]:
    """Return the finding on what a decision depends on, how to read it, and where all indices are.

    Args:
        found: The indices.
        folder: The folder that holds them.
        with_charts: True if charts were drawn.
    """
    from simulation.analysis.held import held_words
    from simulation.analysis.sensitivity_words import METHOD_WORDS, deciding_outcomes, reading_words

    lines = [
        "",
        found.title,
        f"Sensitivity by the method of {METHOD_WORDS[found.method]}{stretch_words(found.stretch)}: "
        f"{counted(found.designs, 'point')} of each choice, {counted(found.replicates, 'replicate')} at each, "
        f"seed {found.seed}",
    ]
    lines += [held] if (held := held_words(found.held)) else []
    for outcome in deciding_outcomes(found):
        lines += ["", *outcome_lines(found, outcome)]
    lines += ["", *(f"  {line}" for line in reading_words(found)), ""]
    lines.append(f"  all {len(found.outcomes)} outcomes  {folder / f'indices-{found.method}.json'}")
    lines += [f"  charts  {folder / 'charts'}"] if with_charts else []
    return [without_joiners(line) for line in lines]


def outcome_lines(found: "Sensitivity", outcome: "OutcomeIndices") -> list[str]:
    """Return the finding on one outcome, and a table of its parameters.

    Args:
        found: The indices.
        outcome: One of its outcomes.
    """
    from simulation.analysis.parameter_rankings import with_effect
    from simulation.analysis.sensitivity_words import (
        chance_words,
        clear_words,
        headline,
        no_effect_words,
        shapley_words,
    )

    shown = with_effect(outcome, found.main)[:_MOST_ROWS]
    unit = " a year" if outcome.quantity == "gap" else f" over the run, {discount_words(0)}"
    lines = [f"{headline(found, outcome)}.", f"  On average it is {pounds(outcome.mean)}{unit}.", ""]
    lines += [*_table_lines(found, outcome, shown), ""] if shown else []
    said = (clear_words(outcome), no_effect_words(found, outcome), chance_words(found, outcome), shapley_words(outcome))
    return [*lines, f"  {' '.join(each for each in said if each)}", *_ranking_lines(found, outcome)]


def _table_lines(found: "Sensitivity", outcome: "OutcomeIndices", shown: Sequence["ParameterIndices"]) -> list[str]:
    """Return a table of parameters, with chance in the last line."""
    from simulation.analysis.sensitivity_words import INDEX_WORDS, factor_label, index_words

    columns = [name for name in INDEX_WORDS if name in shown[0].values]
    labels = [factor_label(each.factor) for each in shown]
    wide = max(map(len, [*labels, "chance"]))
    heads = "".join(f"{INDEX_WORDS[name]:>16}" for name in columns)
    lines = [f"  {'':<{wide}}  {heads}{'without effect':>16}"]
    for label, each in zip(labels, shown, strict=True):
        cells = [f"{index_words(n, each.values[n])} ±{index_words(n, each.half_widths[n])}" for n in columns]
        cells.append(f"up to {index_words(found.main, each.dummy)}")
        unclear = "" if each.is_clear else "  not distinguishable"
        lines.append(f"  {label:<{wide}}  " + "".join(f"{without_joiners(cell):>16}" for cell in cells) + unclear)
    of_chance = without_joiners(index_words(found.main, outcome.chance_index))
    return [*lines, f"  {'chance':<{wide}}  {of_chance:>16}"]


def _ranking_lines(found: "Sensitivity", outcome: "OutcomeIndices") -> list[str]:
    """Return the first parameters by each index that can be compared; nothing for a single index."""
    from simulation.analysis.parameter_rankings import RANKED_BY, rank_with_information
    from simulation.analysis.sensitivity_words import factor_label

    rankings = [each for each in rank_with_information(found, outcome) if each.by != "mu"]
    if len(rankings) < 2 or not any(each.factors for each in rankings):
        return []
    lines = ["", f"  The first {_MOST_RANKED} by"]
    for each in rankings:
        if each.by == "evppi":
            named = _worth_words(found, each)
        else:
            named = "; ".join(factor_label(factor) for factor in each.factors[:_MOST_RANKED]) or "none, all are 0"
        lines.append(f"    {RANKED_BY[each.by]}: {named}")
    return lines


def _worth_words(found: "Sensitivity", ranking: "Ranking") -> str:
    """Return the parameters that are clearly worth something to know, those worth most, each with its worth."""
    from simulation.analysis.sensitivity_words import factor_label

    known = [(factor, found.information[factor]) for factor in ranking.factors]
    worth = [f"{factor_label(factor)} ({pounds(each.value)})" for factor, each in known if each.is_clear]
    if worth:
        return "; ".join(worth[:_MOST_RANKED])
    if any(each.value > 0 for _, each in known):
        return "none, since what knowing a single parameter would be worth is not distinguishable from 0"
    return "none, since knowing a single parameter would not change the choice"
