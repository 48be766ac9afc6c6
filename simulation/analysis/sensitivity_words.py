"""Sensitivity indices in words: one place for the terminal, the chart and the papers."""

from collections.abc import Sequence

from simulation.analysis.leading_parameters import find_leading, find_points
from simulation.analysis.parameter_rankings import rank_with_information, rank_worth, why_they_differ, with_effect
from simulation.formatting import capital, counted, discount_words, listed, one_decimal, percent, pounds
from simulation.parameters import TABLE
from simulation.results.indices import Method, OutcomeIndices, ParameterIndices, Quantity, Sensitivity

METHOD_WORDS: dict[Method, str] = {"sobol": "Sobol", "morris": "Morris", "pawn": "PAWN"}

INDEX_WORDS = {
    "total": "in total",
    "first": "alone",
    "shapley": "Shapley",
    "mu_star": "mu*",
    "mu": "mu",
    "sigma": "sigma",
    "pawn": "PAWN",
}
"""The heads of columns of indices."""

SHARES = frozenset({"total", "first", "shapley"})
"""Indices that are shares of the variance between cases."""

_LABELS = {row.name: row.label for row in TABLE}
_NAMED = 3
_MOSTLY = 0.5


def factor_label(address: str) -> str:
    """Return the label of a parameter in a board's words; of a place's own number, its name in files.

    Args:
        address: parameters.opening_trust, or within. and the name of a number.
    """
    name = address.removeprefix("parameters.").removeprefix("within.")
    return _LABELS.get(name, name)


def index_words(index: str, value: float, quantity_unit: str = "") -> str:
    """Write the value of an index in few signs: a share as per cent, an effect in £m, PAWN's as a number.

    Args:
        index: Its name.
        value: Its value; a share below 0 is shown as 0.
        quantity_unit: What follows an effect, such as “ a year”.
    """
    if index in SHARES:
        return percent(max(0.0, value)).replace("under ", "<")
    return f"{value:.2f}" if index == "pawn" else f"{pounds(value)}{quantity_unit}"


def worth_words(found: Sensitivity, factor: str) -> str:
    """Return what knowing a parameter is worth, with its rank among those that are clearly worth something.

    Args:
        found: The indices, with the value of information.
        factor: Address of the parameter.
    """
    value, ranked = found.information[factor].value, rank_worth(found)
    if factor in ranked:
        return f"{pounds(value)} ({ranked.index(factor) + 1})"
    return "not clear" if value > 0 else pounds(0.0)


NOT_CLEAR_WORTH = (
    "not distinguishable from 0, as one of so many may be worth as much by chance or the 95% interval reaches 0"
)
"""Meaning of "not clear", of what knowing a parameter is worth."""


def quantity_words(quantity: Quantity) -> str:
    """Return what an outcome is measured by, with its unit."""
    if quantity == "gap":
        return "gap in the last month, £m a year"
    return f"position over the run, costs included, {discount_words(0)}, £m"


def prices_words(discount: float = 0.0) -> str:
    """Say that the position is not discounted, in a sentence: indices are kept, not the money by year behind them.

    Args:
        discount: The rate at which other money that a reader sees is discounted, % a year; 0 if it is not.
    """
    other = f", while other money over the run here is {discount_words(discount)}" if discount else ""
    return f"All of it is of the position over the run as it was found, {discount_words(0)}{other}."


def outcome_words(outcome: OutcomeIndices) -> str:
    """Return which choice an outcome is of, or between which two it is the difference."""
    what = "gap" if outcome.quantity == "gap" else "position"
    if outcome.against:
        return f"the {what} of {outcome.choice} less that of {outcome.against}"
    return f"the {what} of {outcome.choice}"


def deciding_outcomes(found: Sensitivity) -> list[OutcomeIndices]:
    """Return what a decision depends on: the difference between the two best choices by gap and by position.

    Args:
        found: All outcomes.

    Returns:
        One for each quantity: the closest call, or the own outcome of a choice that is alone.
    """
    chosen = []
    quantities: tuple[Quantity, ...] = ("gap", "position")
    for quantity in quantities:
        own = [each for each in found.outcomes if each.quantity == quantity and not each.against]
        if len(own) == 1:
            chosen += own
            continue
        best = sorted(own, key=lambda each: each.mean if quantity == "gap" else -each.mean)[:2]
        names = {each.choice for each in best}
        chosen += [
            each
            for each in found.outcomes
            if each.quantity == quantity and each.against and {each.choice, each.against} == names
        ]
    return chosen


def headline(found: Sensitivity, outcome: OutcomeIndices, *, short: bool = False) -> str:
    """Return the finding: the parameters that move an outcome most, or that chance does, or that it is not clear.

    A parameter is said to move an outcome most only if its interval lies above those of all others.

    Args:
        found: The indices.
        outcome: What every parameter does to it.
        short: True for as few words as stand over a chart.
    """
    what = outcome_words(outcome)
    if outcome.sd == 0:
        return f"Nothing that is varied moves {what}"
    share = percent(outcome.chance)
    chance = f"chance makes {share} of its variance from case to case"
    if not outcome.clear:
        said = f"No parameter can be distinguished from chance in {what}"
        return said if short else f"{said}: {chance}. {_more_to_distinguish(found, outcome)}"
    if outcome.chance > _MOSTLY:
        long = f"Mostly chance moves {what}: {chance}; {_of_parameters(found, outcome)}"
        return f"Mostly chance ({share}) moves {what}" if short else long
    return _of_parameters_alone(found, outcome, what, short=short)


def _of_parameters_alone(found: Sensitivity, outcome: OutcomeIndices, what: str, *, short: bool) -> str:
    leading = find_leading(outcome, found.main).first
    if leading:
        named = listed([f"“{factor_label(each.factor)}”" for each in leading])
        named = named if short and len(leading) > 1 else _named(leading, found.main)
        return f"{capital(named)} {'moves' if len(leading) == 1 else 'move'} {what} most"
    if short:
        return f"Which parameter moves {what} most is not clear from {_sample_words(found)}"
    return f"Which parameter moves {what} most is not clear: {_rivals(found, outcome)}"


def _of_parameters(found: Sensitivity, outcome: OutcomeIndices) -> str:
    leading = find_leading(outcome, found.main, most=1).first
    if leading:
        return f"of the parameters, {_named(leading, found.main)} most"
    return f"which parameter moves it most is not clear, since {_rivals(found, outcome)}"


def _rivals(found: Sensitivity, outcome: OutcomeIndices) -> str:
    """Say which parameters may be the one that moves an outcome most, and how many points would show that."""
    main, rivals = found.main, find_leading(outcome, found.main).rivals
    named = [
        f"“{factor_label(each.factor)}” "
        f"({index_words(main, each.values[main])} ±{index_words(main, each.half_widths[main])})"
        for each in rivals[:_NAMED]
    ]
    if rest := len(rivals) - len(named):
        named.append(counted(rest, "other"))
    if len(named) == 1:
        named.append("no effect")
    apart = f"{listed(named)} cannot be distinguished from each other at this size, {_sample_words(found)}"
    return f"{apart}. {_more_points(found, outcome)}"


def _more_points(found: Sensitivity, outcome: OutcomeIndices) -> str:
    """Say how many points would show which parameter moves an outcome most."""
    more = find_points(outcome, found)
    if more is None:
        return "It would take more points than can be run if the indices stay as they are"
    return f"About {_sample_words(found, more)} would show it if the indices stay as they are"


def _more_to_distinguish(found: Sensitivity, outcome: OutcomeIndices) -> str:
    """Say what would show an effect: Morris's limit narrows with replicates alone, and PAWN's indices with points."""
    if found.method != "sobol":
        return f"More {'replicates at each point' if found.method == 'morris' else 'points'} may help"
    more = find_points(outcome, found, apart=False)
    if more is None:
        return "It would take more points than can be run if the indices stay as they are"
    return f"About {_sample_words(found, more)} would show an effect if the indices stay as they are"


def _sample_words(found: Sensitivity, points: int | None = None) -> str:
    kind = {"sobol": "base point", "morris": "trajectory", "pawn": "point"}[found.method]
    return counted(found.points if points is None else points, kind, "trajectories" if kind == "trajectory" else None)


def _named(some: Sequence[ParameterIndices], main: str) -> str:
    return listed([f"“{factor_label(each.factor)}” ({index_words(main, each.values[main])})" for each in some])


def chance_words(found: Sensitivity, outcome: OutcomeIndices) -> str:
    """Return how much of the variance is chance, for a single run and for the means that were analysed."""
    left = outcome.chance / found.replicates
    whole = left + 1 - outcome.chance
    of_means = left / whole if whole > 0 else 0.0
    return (
        f"Chance makes {percent(outcome.chance)} of the variance from case to case (standard deviation "
        f"{pounds(outcome.sd)}), and {percent(of_means)} of that of the means of "
        f"{counted(found.replicates, 'simulated run')} at each point."
    )


def clear_words(outcome: OutcomeIndices) -> str:
    """Return how many parameters can be distinguished from one without effect."""
    count = len(outcome.parameters)
    which = counted(len(outcome.clear), "parameter")
    return f"{capital(which)} of {count} can be distinguished from one without effect."


def no_effect_words(found: Sensitivity, outcome: OutcomeIndices) -> str:
    """Return how many parameters have no effect in this sample, and so no rank, in a sentence; empty if all have one.

    Args:
        found: The indices.
        outcome: What every parameter does to it.
    """
    count = len(outcome.parameters)
    none = count - len(with_effect(outcome, found.main))
    if not none:
        return ""
    have = "has" if none == 1 else "have"
    index = f"{INDEX_WORDS[found.main]} is 0" if found.main not in SHARES else "a share of 0 or less"
    return f"{capital(counted(none, 'parameter'))} of {count} {have} no measured effect ({index}), and no rank."


WITHOUT_EFFECT = (
    "Without effect: what an index would stay below in 95 of 100 samples, for all parameters at once, if the parameter "
    "did nothing but change random events."
)


def reading_words(found: Sensitivity) -> list[str]:
    """Return how to read the indices of a method, a sentence each."""
    if found.method == "sobol":
        return [
            "Shares of the variance from case to case, each case one set of parameters with one simulated run: in "
            "total with all that a parameter does together with others, alone without that. With chance, the shares "
            "alone add up to 100% if parameters act one by one.",
            "± is half of a 95% interval. Chance in means is taken out.",
            WITHOUT_EFFECT,
            *_why_they_differ(found),
        ]
    if found.method == "morris":
        return [
            "mu* is how far the outcome moves on average if a parameter goes through its range, whichever way; mu is "
            "the same with its sign, and sigma how much the move depends on all others. For chance, mu* is the "
            "standard deviation of a simulated run.",
            "± is half of a 95% interval.",
            WITHOUT_EFFECT,
        ]
    return [
        "PAWN is how far the distribution of the outcome moves where a parameter is known within a tenth of its range, "
        "from 0 to 1 (median of Kolmogorov–Smirnov distances). For chance, it is what the same random events do at all "
        "points.",
        "± is half of a 95% interval.",
        "Without effect: what an index would stay below in 95 of 100 samples, for all parameters at once, if the "
        "parameter had nothing to do with the outcome.",
        *_why_they_differ(found),
    ]


def _why_they_differ(found: Sensitivity) -> list[str]:
    """Return why the rankings that are shown differ."""
    by = {each.by for outcome in deciding_outcomes(found) for each in rank_with_information(found, outcome)}
    return [said] if (said := why_they_differ(by)) else []


def shapley_words(outcome: OutcomeIndices) -> str:
    """Return of which order interactions are on average; nothing if that was not found.

    Args:
        outcome: The indices of an outcome.
    """
    if outcome.order is None:
        return ""
    return f"Parameters that act together do so {one_decimal(outcome.order)} at a time on average."
