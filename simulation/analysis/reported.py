"""The figures that were reported, each compared with what was simulated."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.results.axes import Axes
from simulation.results.financial_year import financial_years
from simulation.results.study import Study
from simulation.scenario.entries import OutturnsEntry
from simulation.scenario.evidence import Evidence
from simulation.scenario.months import month_names
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

WHOLE_PLACE = "the whole place"
"""The name under which a reported gap is compared."""

_ROUNDING = 1e-9
"""£m; a smaller difference is one of rounding."""


@dataclass(frozen=True, kw_only=True)
class ReportedFigure:
    """A reported figure and the simulated ones that it is compared with."""

    measure: Literal["gap", "outturn"]
    """The whole place's gap, £m a year, or the outturn of some organisations together, £m (a deficit is below 0)."""
    who: str
    """`WHOLE_PLACE`, or the name of the organisations together."""
    organisations: tuple[str, ...]
    """Their ids; none for the whole place."""
    period: str
    """A month, YYYY-MM, or a financial year, YYYY/YY."""
    reported: float
    evidence: Evidence
    """Source and status of what was reported."""
    band: Interval
    """Simulated: bands by chance alone."""
    varied: Interval | None
    """Simulated: bands allowing for uncertain assumptions; None if they were not varied."""
    below: int
    """Replicates in which the simulated figure is below the reported one."""
    above: int
    """Replicates in which it is above."""
    replicates: int
    """Replicates that have the figure."""

    @property
    def shortfall(self) -> float:
        """The reported gap, or the reported deficit: money that is missing is above 0."""
        return self.reported if self.measure == "gap" else -self.reported

    def shortfall_band(self, band: Interval) -> Interval:
        """Return bands of the simulated figure with the sign of a gap: a deficit is then above 0."""
        if self.measure == "gap":
            return band
        mean, median, low_50, high_50, low_90, high_90 = (-end for end in band)
        return Interval(mean, median, high_50, low_50, high_90, low_90)


def compare_with_reported(study: Study) -> tuple[ReportedFigure, ...]:
    """Compare every reported figure that lies within the run: the gap by month, then each outturn by financial year.

    Args:
        study: A scenario's replicates; where its assumptions were varied, there is a band for these too.
    """
    observed = study.ensemble.scenario.observed
    if observed is None:
        return ()
    found = list(_gaps(study))
    for entry in observed.outturns:
        found += _outturns(study, entry)
    return tuple(found)


def gaps_outside(scenario: Scenario) -> dict[str, float]:
    """Return the reported gaps of months before the run or after it, which cannot be compared.

    Args:
        scenario: The scenario with what was observed.
    """
    months = frozenset(month_names(scenario.start, scenario.months))
    return {month: float(gap) for month, gap in _reported_gaps(scenario).items() if month not in months}


def reported_to_pandas(found: tuple[ReportedFigure, ...]) -> "pd.DataFrame":
    """Return a row for each reported figure: reported, simulated with bands, and how often the simulated is below.

    Args:
        found: The compared figures.
    """
    import pandas as pd

    rows = [
        {
            "measure": each.measure,
            "who": each.who,
            "period": each.period,
            "reported": each.reported,
            "source": each.evidence.source or "",
            "status": str(each.evidence.status),
            **each.band._asdict(),
            **{f"varied_{name}": value for name, value in (each.varied or _UNKNOWN)._asdict().items()},
            "below": each.below,
            "above": each.above,
            "of": each.replicates,
        }
        for each in found
    ]
    return pd.DataFrame(rows)


_UNKNOWN = Interval(*[float("nan")] * len(Interval._fields))


def _reported_gaps(scenario: Scenario) -> dict[str, float]:
    observed = scenario.observed
    return {} if observed is None or observed.gap is None else dict(sorted(observed.gap.items()))


def _gaps(study: Study) -> Iterator[ReportedFigure]:
    """Compare each reported gap with the simulated gap of its month."""
    ensemble, assumed = study.ensemble, study.assumptions
    for month, reported in _reported_gaps(ensemble.scenario).items():
        if month in ensemble.axes.months:
            index = ensemble.axes.months.index(month)
            varied = None if assumed is None or "gap" not in assumed.columns else assumed["gap"][:, index]
            yield _compared("gap", WHOLE_PLACE, (), month, reported, ensemble["gap"][:, index], varied)


def _outturns(study: Study, entry: OutturnsEntry) -> Iterator[ReportedFigure]:
    """Compare each reported outturn with the simulated outturns of its organisations, added up."""
    ensemble, assumed = study.ensemble, study.assumptions
    axes = ensemble.axes
    chosen = [axes.organisations.index(each) for each in entry.organisations]
    years = [year.label for year in financial_years(axes.months)]
    for year, reported in sorted(entry.by_year.items()):
        index = years.index(year)
        kept = None if assumed is None else assumed.outturns
        varied = None if kept is None else kept[:, index, chosen].sum(axis=1)
        simulated = ensemble.outturns[:, index, chosen].sum(axis=1)
        yield _compared("outturn", _name_of(entry, axes), entry.organisations, year, reported, simulated, varied)


def _compared(
    measure: Literal["gap", "outturn"],
    who: str,
    organisations: tuple[str, ...],
    period: str,
    reported: float,
    simulated: Floats,
    varied: Floats | None,
) -> ReportedFigure:
    known = simulated[np.isfinite(simulated)]
    return ReportedFigure(
        measure=measure,
        who=who,
        organisations=organisations,
        period=period,
        reported=float(reported),
        evidence=getattr(reported, "evidence", Evidence()),
        band=interval_of(simulated),
        varied=None if varied is None else interval_of(varied),
        below=int((known < reported - _ROUNDING).sum()),
        above=int((known > reported + _ROUNDING).sum()),
        replicates=len(known),
    )


def _name_of(entry: OutturnsEntry, axes: Axes) -> str:
    *most, last = [axes.organisation_name(each) for each in entry.organisations]
    return entry.title or (f"{', '.join(most)} and {last} together" if most else last)
