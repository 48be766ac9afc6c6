"""Sensitivity of an outcome: the parameters that move it most, with chance and the limit of a dummy beside them."""

from collections.abc import Mapping, Sequence

from simulation.analysis.parameter_rankings import Ranking, rank_with_information, rank_worth, with_effect
from simulation.analysis.sensitivity_words import (
    METHOD_WORDS,
    NOT_CLEAR_WORTH,
    SHARES,
    deciding_outcomes,
    factor_label,
    headline,
    index_words,
    no_effect_words,
    outcome_words,
    worth_words,
)
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import source_of
from simulation.formatting import capital, counted, discount_words, percent, pounds, stretch_words
from simulation.results.comparison import Comparison
from simulation.results.indices import MAIN, OutcomeIndices, ParameterIndices, Sensitivity, outcome_name

SHOWN = 12
_IN_ALT = 5
_LONGEST = 80
_NONE = float("nan")

_SECOND = {"sobol": "first", "morris": "sigma", "pawn": None}
"""By method, the index that is drawn as a diamond beside the main one."""

_HEADS = {
    "total": "In total",
    "first": "Alone",
    "shapley": "Shapley",
    "mu_star": "mu*",
    "sigma": "sigma",
    "pawn": "PAWN",
    "evppi": "EVPPI",
}

_COLUMNS = {"sobol": ("total", "first", "shapley"), "morris": ("mu_star", "sigma"), "pawn": ("pawn",)}

_KEYS = {
    "sobol": ("in total, with all it does together with others", "alone"),
    "morris": ("mean move through the range, mu*", "how much that depends on others, sigma"),
    "pawn": ("distance of distributions, PAWN",),
}


def sensitivity(results: Comparison, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the parameters that move the difference between the two best choices by the gap.

    Args:
        results: A comparison of which `trustsim sensitivity` was run.
        theme: The fonts and colours.

    Raises:
        ValueError: If it was not.
    """
    if not results.sensitivity:
        message = "there are no sensitivity indices; run `trustsim sensitivity`"
        raise ValueError(message)
    found = results.sensitivity[0]
    return sensitivity_chart(found, deciding_outcomes(found)[0], theme=theme, source=source_of(results))


def sensitivity_chart(
    found: Sensitivity,
    outcome: OutcomeIndices,
    *,
    theme: Theme = ANALYSIS_FUNCTION,
    source: str = "",
    name: str = "sensitivity",
) -> Chart:
    """Draw the parameters that move one outcome most.

    Args:
        found: The indices of a method.
        outcome: One of its outcomes.
        theme: The fonts and colours.
        source: The source of the results that it is shown with; that of the indices if left out.
        name: The name of its files.
    """
    shown = with_effect(outcome, found.main)[:SHOWN]
    ranks = {each.by: each for each in rank_with_information(found, outcome)}
    worth = ranks.get("evppi")
    columns = _columns(found, with_worth=worth is not None)
    texts = Texts(
        name=name,
        headline=headline(found, outcome, short=True),
        subtitle=_subtitle(found, outcome, len(shown)),
        note=f"{_note(found, outcome)}{_worth_note(found, shown) if worth else ''}",
        source=source or _source(found),
        alt=_alt(found, outcome),
    )
    dots = [KeyEntry("dot", _KEYS[found.method][0])]
    dots += [KeyEntry("diamond", each) for each in _KEYS[found.method][1:]]
    layout = Layout(
        names=4.3 if worth else 4.6,
        columns=tuple((_HEADS[index], _width(index, len(columns))) for index in columns),
        head="Parameter",
        axis=_axis(found, outcome),
        show=percent if found.main in SHARES else pounds if found.method == "morris" else _decimal,
        key=(*dots, KeyEntry("thin", "95% interval"), KeyEntry("dotted", "without an effect, up to")),
    )
    rows = [_row(found, each, columns, ranks if worth else {}) for each in shown]
    rows.append(_chance_row(found, outcome, len(columns)))
    data = found.to_pandas()
    own = data[["quantity", "choice", "against"]] == [outcome.quantity, outcome.choice, outcome.against]
    return row_chart(texts, data[own.all(axis=1)].dropna(axis=1, how="all"), theme, rows, layout)


def _width(index: str, columns: int) -> float:
    if index == "evppi":
        return 1.6
    return 1.38 if columns > 2 else 1.75


def _decimal(number: float) -> str:
    return index_words("pawn", number)


def _columns(found: Sensitivity, *, with_worth: bool) -> tuple[str, ...]:
    """Return the indices that have a column; beside worth, the effect alone has its mark only, for want of room."""
    columns = _COLUMNS[found.method]
    return (*(index for index in columns if index != "first"), "evppi") if with_worth else columns


def _row(found: Sensitivity, each: ParameterIndices, columns: Sequence[str], ranks: Mapping[str, Ranking]) -> Row:
    main, second = MAIN[found.method], _SECOND[found.method]
    value, half = each.values[main], each.half_widths[main]
    return Row(
        name=factor_label(each.factor),
        mark=Mark(
            value=value,
            low=value - half,
            high=value + half,
            second=each.values[second] if second else _NONE,
            wide=(0.0, each.dummy) if each.dummy > 0 else None,
        ),
        cells=tuple(_cell(found, each, index, ranks) for index in columns),
        below="" if each.is_clear else "not distinguishable from no effect",
    )


def _cell(found: Sensitivity, each: ParameterIndices, index: str, ranks: Mapping[str, Ranking]) -> str:
    """Return the value of an index, with its rank where parameters have another order by it."""
    if index == "evppi":
        return worth_words(found, each.factor)
    is_ranked = index in ranks and index != found.main and each.factor in ranks[index].factors
    return index_words(index, each.values[index]) + (f" ({ranks[index].rank(each.factor)})" if is_ranked else "")


def _chance_row(found: Sensitivity, outcome: OutcomeIndices, columns: int) -> Row:
    cells = (index_words(found.main, outcome.chance_index), *[""] * (columns - 1))
    return Row(name="Chance", mark=Mark(value=outcome.chance_index, colour=1), cells=cells, weight="bold")


def _axis(found: Sensitivity, outcome: OutcomeIndices) -> str:
    if found.method == "sobol":
        return "Share of the variance from case to case"
    if found.method == "morris":
        return f"£m{' a year' if outcome.quantity == 'gap' else ''}"
    return "0: no effect, 1: decides alone"


def _subtitle(found: Sensitivity, outcome: OutcomeIndices, shown: int) -> str:
    count = len(outcome.parameters)
    largest = f", the {shown} largest" if shown > 1 else ", the largest" if shown else ""
    unit = "£m a year" if outcome.quantity == "gap" else f"£m over the run, {discount_words(0)}"
    what = f"{capital(outcome_words(outcome))}, {unit}. "
    return (
        f"{what}{METHOD_WORDS[found.method]} indices of {counted(count, 'parameter')}"
        f"{stretch_words(found.stretch)}{largest}: {counted(found.designs, 'point')} × "
        f"{counted(found.replicates, 'simulated run')}."
    )


def _note(found: Sensitivity, outcome: OutcomeIndices) -> str:
    clear = f"{len(outcome.clear)} of {counted(len(outcome.parameters), 'parameter')} stand out from no effect. "
    clear += f"{none} " if (none := no_effect_words(found, outcome)) else ""
    if found.method == "sobol":
        return f"{clear}A case is one set of parameters with one simulated run, so chance has a share too."
    if found.method == "morris":
        return f"{clear}Chance: standard deviation of a simulated run, {percent(outcome.chance)} of the variance."
    return f"{clear}Chance: what the same random events do at all points; {percent(outcome.chance)} of the variance."


def _worth_note(found: Sensitivity, shown: Sequence[ParameterIndices]) -> str:
    """Say what EVPPI is, and which parameter below those shown is worth most to know."""
    ranked = rank_worth(found)
    first = next(iter(ranked), None)
    said = (
        " EVPPI: what knowing it before the choice is worth, £m of position over the run (not clear: "
        f"{NOT_CLEAR_WORTH}). In brackets: ranks."
    )
    if first is None or first in {each.factor for each in shown}:
        return said
    return f"{said} Worth most: {factor_label(first)}, {worth_words(found, first)}."


def _source(found: Sensitivity) -> str:
    version = found.model.partition("+")[0]
    return f"Source: simulation, “{found.title}”, seed {found.seed}, version {version}, {found.made}."


def _alt(found: Sensitivity, outcome: OutcomeIndices) -> str:
    main = found.main
    named = "; ".join(
        f"{factor_label(each.factor)} {index_words(main, each.values[main])}"
        for each in with_effect(outcome, main)[:_IN_ALT]
    )
    none = no_effect_words(found, outcome)
    return (
        f"Dots of how much each parameter moves {outcome_words(outcome)}, by {METHOD_WORDS[found.method]} indices: "
        f"{named}{named and '; '}chance {index_words(main, outcome.chance_index)}. "
        f"{len(outcome.clear)} of {counted(len(outcome.parameters), 'parameter')} stand out from no effect."
        f"{none and ' '}{none}"
    )


def chart_file(found: Sensitivity, outcome: OutcomeIndices) -> str:
    """Return the name of an outcome's chart, such as `02-gap-coaching-against-no-joint-action`.

    Args:
        found: All outcomes.
        outcome: One of them.
    """
    words = outcome_name(outcome.quantity, outcome.choice, outcome.against)
    return f"{found.outcomes.index(outcome):02d}-{words}"[:_LONGEST].rstrip("-")
