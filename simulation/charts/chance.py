"""The distribution of the gap over replicates in each scenario, and how often the target is met."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import interval_of, varied_interval
from simulation.analysis.compare import has_only_choices
from simulation.analysis.target import count_met
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry, chance_key
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import (
    Results,
    all_cases,
    comparison_of,
    horizon_of,
    replicates_of,
    short_frequency,
    source_of,
    span_words,
    target_met,
    target_met_varied,
    target_words,
    uncertain_in,
    varied_replicates,
)
from simulation.charts.text.study_words import uncertain_words
from simulation.charts.text.words import band_words, one_run_words
from simulation.formatting import capital, counted, in_hundred, listed, pounds
from simulation.results.comparison import Case, Comparison
from simulation.results.left_out import unvaried_words

if TYPE_CHECKING:
    import pandas as pd

_MOST_NAMED = 3
"""Scenarios that a headline has room to name."""


def chance(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw where the gap ends under each scenario, and in how many replicates it meets the target.

    Args:
        results: A comparison, or a single study or ensemble.
        theme: The fonts and colours.
    """
    comparison = comparison_of(results)
    cases = comparison.cases
    goals = {case.target for case in cases}
    texts = Texts(
        name="chance",
        headline=headline(comparison),
        subtitle=(
            f"Gap in {horizon_of(comparison)}, £m a year, by scenario: how often single simulated runs end where. "
            f"Medians of {replicates_of(comparison)}."
        ),
        note=_note(comparison),
        source=source_of(comparison),
        alt=_alt(comparison, cases),
    )
    layout = Layout(
        columns=(("Median", 1.7), ("Target met in", 2.6)),
        head="Scenario",
        axis="Gap left, £m a year",
        key=_key(comparison),
        reference=(cases[0].target, f"target {pounds(cases[0].target)}") if len(goals) == 1 else None,
    )
    rows = [_row(case, several=comparison.replicates > 1) for case in cases]
    return row_chart(texts, _data(cases), theme, rows, layout)


def headline(comparison: Comparison) -> str:
    """Return the finding: how often each scenario meets the target, or what is left if none does.

    It is of chance alone, and says so unless no replicate with uncertain assumptions meets the target either.

    Args:
        comparison: The scenarios, the baseline first.
    """
    cases = comparison.cases
    said = _said(comparison, cases)
    varied = [found for found in map(target_met_varied, cases) if found is not None]
    by_chance = varied and any(met for met, _ in (*map(target_met, cases), *varied))
    return f"By chance alone, {said}" if by_chance else capital(said)


def _said(comparison: Comparison, cases: Sequence[Case]) -> str:
    medians = [interval_of(case.gaps).median for case in cases]
    known = [case for case in cases if target_met(case)[1]]
    meeting = [case for case in known if target_met(case)[0]]
    if len(cases) == 1:
        if meeting:
            return f"the gap meets {target_words(cases)} in {in_hundred(*target_met(cases[0]))}"
        return f"the target is met in no simulated run: {pounds(medians[0])} left against {pounds(cases[0].target)}"
    if not meeting:
        left = f"{all_cases(comparison)} leave {span_words(medians)}"
        are = "is" if len({case.target for case in cases}) == 1 else "are"
        return f"{target_words(cases)} {are} met in no simulated run: {left}"
    if len(cases) > _MOST_NAMED or not has_only_choices(comparison):
        return f"{len(meeting)} of {len(known)} meet {target_words(cases)} in some simulated runs"
    frequencies = [f"{short_frequency(*target_met(case))} by {case.label}" for case in known]
    return f"simulated runs that meet {target_words(cases)}: {listed(frequencies)}"


def _row(case: Case, *, several: bool) -> Row:
    gap = interval_of(case.gaps)
    wide = varied_interval(case.study)
    ends = None if wide is None else (wide.low_90, wide.high_90)
    return Row(
        name=capital(case.label),
        mark=Mark.of(gap, several=several, wide=ends, hill=case.gaps if several else None),
        cells=(pounds(gap.median), short_frequency(*target_met(case))),
    )


def _key(comparison: Comparison) -> tuple[KeyEntry, ...]:
    marks = chance_key(comparison.replicates, varied=bool(varied_replicates(comparison)))
    return (KeyEntry("hill", "how often"), *marks) if comparison.replicates > 1 else marks


def _note(comparison: Comparison) -> str:
    varied = varied_replicates(comparison)
    wide = ""
    if varied:
        wide = f"Dotted lines: {counted(varied, 'simulated run')} of each allowing for {uncertain_in(comparison)}."
    if comparison.replicates == 1:
        return one_run_words(wide)
    return f"{wide} Target met in: by chance alone." if wide else f"{capital(unvaried_words(comparison, were='are'))}."


def _alt(comparison: Comparison, cases: Sequence[Case]) -> str:
    parts = []
    for case in cases[:6]:
        band, wide = interval_of(case.gaps), varied_interval(case.study)
        ranges = [f"{band_words(band)} by chance"] if band.low_90 < band.high_90 else []
        ranges += [f"{band_words(wide)} allowing for {uncertain_words(case.study)}"] if wide else []
        within = f" ({', '.join(ranges)})" if ranges else ""
        met = f"met in {short_frequency(*target_met(case))}{' by chance' if wide else ''}"
        parts.append(f"{case.label} {pounds(band.median)}{within}, {met}")
    more = f"; and {len(cases) - 6} more" if len(cases) > 6 else ""
    return (
        f"Distributions of the gap in {horizon_of(comparison)} over {replicates_of(comparison)}, with "
        f"{target_words(cases, 'a')}: {'; '.join(parts)}{more}."
    )


def _data(cases: Sequence[Case]) -> "pd.DataFrame":
    import pandas as pd

    rows = []
    for case in cases:
        varied = case.study.assumptions if case.study else None
        samples = {"chance": case.gaps} | ({} if varied is None else {"chance and assumptions": varied["gap"][:, -1]})
        for what, gaps in samples.items():
            row = {"scenario": case.label, "varied": what, **interval_of(gaps)._asdict(), "target": case.target}
            met = count_met(gaps, case.target)
            rows.append({**row, "target_met_in": met, "of": int((~np.isnan(gaps)).sum())})
    return pd.DataFrame(rows)
