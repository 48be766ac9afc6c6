"""Each organisation's change against the baseline with common random numbers: over the run, and by financial year."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats, Interval, bands_of
from simulation.analysis.compare import count_cases, pairs_of
from simulation.analysis.discounting import discounting
from simulation.analysis.precision import Precision, is_unclear, precisions_of, sign_of
from simulation.formatting import listed
from simulation.money_unit import ROUNDING
from simulation.results.axes import Axes
from simulation.results.comparison import Case, Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.financial_year import financial_years

if TYPE_CHECKING:
    import pandas as pd

WHOLE_RUN = "whole run"
"""The period of a change that is of no single financial year."""


_COLUMNS = (
    "scenario", "against", "organisation", "name", "period", "part",
    "mean", "half_width_95", *Interval._fields[1:], "loses_in", "of",
)  # fmt: skip


class Effect(StrEnum):
    """The effect of a scenario on an organisation, as far as the simulated runs show it."""

    GAINS = "gains"
    """The 95% interval of its mean change is above 0."""
    PAYS = "pays"
    """The 95% interval of its mean change is below 0."""
    NOT_CLEAR = "not clear"
    """The 95% interval of its mean change holds 0."""
    NONE = "no change"
    """Its outturn is the same in every simulated run."""


@dataclass(frozen=True, kw_only=True)
class OrganisationChange:
    """The change in one organisation's outturn from the baseline's, replicate by replicate, £m."""

    scenario: str
    baseline: str
    organisation: str
    """Id."""
    name: str
    period: str
    """`WHOLE_RUN`, or a financial year such as 2016/17."""
    is_part: bool
    """True if the run covers only a part of the financial year."""
    precision: Precision
    """Mean and half the width of its 95% interval."""
    band: Interval
    """Bands of the changes of single replicates."""
    loses_in: int
    """Replicates in which it ends worse off than in the baseline."""
    varied: Interval | None = None
    """Bands allowing for uncertain assumptions; None if they were not varied."""
    varied_loses_in: int = 0
    """Replicates with uncertain assumptions in which it ends worse off than in the baseline."""
    varied_of: int = 0
    """Replicates with uncertain assumptions; 0 if they were not varied."""
    by_replicate: Floats = field(default_factory=lambda: np.empty(0), repr=False, compare=False)
    """The change in each replicate, `[replicate]`, so that changes of several organisations can be added."""

    @property
    def effect(self) -> Effect:
        """Its effect: the only place that says whether an organisation gains or pays.

        Of a single replicate, which has no interval, it goes by the sign.
        """
        if is_unclear(self.precision):
            return Effect.NOT_CLEAR
        return {1: Effect.GAINS, -1: Effect.PAYS, 0: Effect.NONE}[sign_of(self.precision)]


@dataclass(frozen=True, kw_only=True)
class OutturnDifferences:
    """Differences of organisations' outturns from a baseline's, `[replicate, year, organisation]`, £m, discounted.

    Attributes:
        axes: The axes of both scenarios.
        central: At the scenarios' own assumptions, of the replicates that both have.
        varied: With uncertain assumptions, in order of points; None if both do not have them at the same points.
    """

    axes: Axes
    central: Floats = field(repr=False)
    varied: Floats | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The organisations by the effect that a scenario has on them.

    Attributes:
        gaining: Those that gain, the one that gains most first.
        paying: Those that pay, the one that pays most first.
        unclear: Those of which it is not clear.
    """

    gaining: tuple[OrganisationChange, ...]
    paying: tuple[OrganisationChange, ...]
    unclear: tuple[OrganisationChange, ...]

    @property
    def gained(self) -> float:
        """The sum of what those that gain gain, £m: of means."""
        return sum(each.precision.mean for each in self.gaining)

    @property
    def paid(self) -> float:
        """The sum of what those that pay pay, £m: of means, above 0."""
        return -sum(each.precision.mean for each in self.paying)

    @property
    def balance(self) -> Precision:
        """The sum of what is gained less what is paid, £m, by those that gain and pay: the mean with its interval."""
        changes = [each.by_replicate for each in (*self.gaining, *self.paying)]
        (precision,) = precisions_of(np.sum(changes, axis=0)[np.newaxis])
        return precision


def sides_of(changes: Iterable[OrganisationChange]) -> Sides:
    """Sort organisations into those that gain, those that pay, and those of which it is not clear.

    Args:
        changes: Their changes over one period, of one scenario.
    """
    every = sorted(changes, key=lambda each: -abs(each.precision.mean))
    gaining, paying, unclear = (
        tuple(each for each in every if each.effect is effect)
        for effect in (Effect.GAINS, Effect.PAYS, Effect.NOT_CLEAR)
    )
    return Sides(gaining=gaining, paying=paying, unclear=unclear)


def organisation_changes(comparison: Comparison) -> tuple[OrganisationChange, ...]:
    """Compare every organisation's outturns in each case with those in its baseline, replicate by replicate.

    Args:
        comparison: Cases with common random numbers; those whose tables were not kept, or that are of another place
            than their baseline, are left out. Their rate of discount applies to every period.

    Returns:
        By case, organisation in id order, and period: the whole run, then each financial year.
    """
    found: list[OrganisationChange] = []
    for case, base in pairs_of(comparison):
        both = outturn_differences(case, base)
        if both is not None:
            changes = changes_of(case.label, base.label, both.axes, both.central)
            if both.varied is not None:
                over = changes_of(case.label, base.label, both.axes, both.varied)
                changes = map(_with_varied, changes, over)
            found += changes
    return tuple(found)


def other_organisations_words(comparison: Comparison, compared: Collection[str]) -> str:
    """Name the scenarios that are left out since they have other organisations than their baseline.

    Args:
        comparison: The scenarios.
        compared: Names of those whose organisations are compared.

    Returns:
        A sentence after a space; empty if none is left out.
    """
    left = [
        f"“{case.label}”"
        for case, base in pairs_of(comparison)
        if case.study is not None and base.study is not None and case.label not in compared
    ]
    if not left:
        return ""
    its, is_left = ("its", "is") if len(left) == 1 else ("their", "are")
    return f" {listed(left)} {is_left} left out: the organisations are not those of {its} baseline."


def outturn_differences(case: Case, base: Case) -> OutturnDifferences | None:
    """Return the differences of organisations' outturns between two scenarios, replicate by replicate.

    Args:
        case: A scenario; its rate of discount applies.
        base: The scenario that it is compared with.

    Returns:
        None if the tables of either were not kept, or they are of different organisations or months.
    """
    if case.study is None or base.study is None or not _is_same(case.study.ensemble, base.study.ensemble):
        return None
    axes = case.study.ensemble.axes
    factors = discounting(axes.months, case.study.discount).by_year[:, np.newaxis]
    wide = _varied(case, base)
    return OutturnDifferences(
        axes=axes,
        central=factors * _paired(case.study.ensemble, base.study.ensemble),
        varied=None if wide is None else factors * wide,
    )


def changes_of(scenario: str, baseline: str, axes: Axes, differences: Floats) -> Iterable[OrganisationChange]:
    """Yield every organisation's changes from differences of outturns.

    Args:
        scenario: Name of the scenario.
        baseline: Name of its baseline.
        axes: The axes of both.
        differences: `[replicate, year, organisation]`, £m; NaN where a replicate is missing in either.
    """
    years = financial_years(axes.months)
    every = bands_of(np.concatenate([differences.sum(axis=1, keepdims=True), differences], axis=1))
    for o, organisation in enumerate(axes.organisations):
        by_period = np.column_stack([differences[:, :, o].sum(axis=1), differences[:, :, o]])
        for number, precision in enumerate(precisions_of(by_period.T)):
            year = years[number - 1] if number else None
            yield OrganisationChange(
                scenario=scenario,
                baseline=baseline,
                organisation=organisation,
                name=axes.organisation_name(organisation),
                period=WHOLE_RUN if year is None else year.label,
                is_part=year is not None and year.is_part,
                precision=precision,
                band=every.at((number, o)),
                loses_in=int((by_period[:, number] < -ROUNDING).sum()),
                by_replicate=by_period[:, number],
            )


def changes_to_pandas(changes: Iterable[OrganisationChange]) -> "pd.DataFrame":
    """Return a row for each scenario, organisation and period, £m: mean with interval, bands, how often it loses.

    Where assumptions were varied, columns that begin with `varied_` have the same allowing for them.
    """
    import pandas as pd

    rows = [
        {
            "scenario": each.scenario,
            "against": each.baseline,
            "organisation": each.organisation,
            "name": each.name,
            "period": each.period,
            "part": each.is_part,
            "mean": each.precision.mean,
            "half_width_95": each.precision.half_width,
            **{name: value for name, value in each.band._asdict().items() if name != "mean"},
            "loses_in": each.loses_in,
            "of": each.precision.replicates,
        }
        | _varied_columns(each)
        for each in changes
    ]
    frame = pd.DataFrame(rows)
    return frame.reindex(columns=[*_COLUMNS, *(name for name in frame if name not in _COLUMNS)])


def _varied_columns(change: OrganisationChange) -> dict[str, float]:
    if change.varied is None:
        return {}
    bands = {f"varied_{name}": value for name, value in change.varied._asdict().items()}
    return bands | {"varied_loses_in": change.varied_loses_in, "varied_of": change.varied_of}


def _with_varied(change: OrganisationChange, over: OrganisationChange) -> OrganisationChange:
    """Return a change by chance with what is known of the same one over uncertain assumptions."""
    return replace(change, varied=over.band, varied_loses_in=over.loses_in, varied_of=over.precision.replicates)


def _varied(case: Case, base: Case) -> Floats | None:
    """Return differences of outturns where both had the same uncertain assumptions; else None."""
    own, other = (None if each.study is None else each.study.assumptions for each in (case, base))
    if own is None or other is None or count_cases(case, base) is None:
        return None
    if own.outturns is None or other.outturns is None:
        return None
    return np.asarray(own.outturns - other.outturns, dtype=np.float64)


def _is_same(one: Ensemble, other: Ensemble) -> bool:
    """True if two ensembles are of the same organisations and months."""
    return (one.axes.organisations, one.axes.months) == (other.axes.organisations, other.axes.months)


def _paired(one: Ensemble, other: Ensemble) -> Floats:
    """Return differences of outturns over the replicates that both have."""
    _, mine, theirs = np.intersect1d(one.replicates, other.replicates, return_indices=True)
    return np.asarray(one.outturns[mine] - other.outturns[theirs], dtype=np.float64)
