"""The headline numbers of a scenario: those that a board asks for first."""

from dataclasses import dataclass

import numpy as np

from simulation.analysis.agreement_outcomes import Agreements, agreement_outcomes
from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.own_plan import against_own_plan, run_income
from simulation.analysis.plan_against_delivery import Behind, part_behind
from simulation.analysis.question_mix import QuestionEnds, first_and_last
from simulation.analysis.target import count_met
from simulation.formatting import in_hundred
from simulation.results.ensemble import Ensemble

EIGHT_WEEKS = 1
"""The second month, counted from 0: about eight weeks have passed at its end."""


@dataclass(frozen=True)
class WorstOff:
    """The organisation whose outturn is furthest below its own plan, by the mean over replicates in £m.

    Its plan is its deficit share of the planned gap over the same months, as a deficit.
    """

    organisation: str
    """Id."""
    name: str
    against_plan: Interval
    """Outturn over the run minus the plan's, £m; below 0 it is worse off than planned."""
    per_income: Interval
    """The same as a share of its income over the run."""


@dataclass(frozen=True)
class Summary:
    """One scenario's headline numbers. Money is in £m a year unless stated; intervals are over replicates."""

    title: str
    seed: int
    replicates: int
    first_month: str
    """YYYY-MM."""
    last_month: str
    """YYYY-MM, the horizon."""
    months: int
    """Months of the run."""
    gap: Interval
    """The gap left at the horizon."""
    position: Interval
    """The place's position over the whole run, costs included, £m."""
    do_nothing: float
    """The gap at the horizon before any savings."""
    target: float
    """The planned gap at the horizon."""
    target_met: int
    """Replicates in which the gap at the horizon is at or under the target."""
    coverage_month: str
    """YYYY-MM, the second month, at the end of which eight weeks have passed; the first if there is no second."""
    has_opened: bool
    """True if any programme was opened by then."""
    plan_coverage: Interval
    """Share of the value of what was opened by then that was agreed by then, 0–1; 0 if nothing was opened."""
    delivered_of_agreed: Interval
    """Value of milestones met by the horizon as a share of the value agreed by then, 0–1; NaN if nothing was agreed."""
    delivered_of_paper: Interval
    """The same as a share of all programmes on paper, 0–1; NaN without programmes."""
    realised: Interval
    """Worth of what is delivered by the horizon as a share of its value on paper, 0–1; NaN if nothing is delivered."""
    delivered_in: int
    """Replicates in which anything is delivered by the horizon."""
    behind: Behind
    """Share of the programmes in delivery that are behind their promised pace, over the months in which any is."""
    population_first_early: Interval
    """Share of population-first stances in the first half-year, 0–1, of the replicates in which anyone meets in it."""
    population_first_late: Interval
    """The same in the last half-year."""
    met_early: int
    """Replicates in which anyone meets in the first half-year."""
    met_late: int
    """Replicates in which anyone meets in the last half-year."""
    met: int
    """Replicates in which anyone meets in any month."""
    trust_start: Interval
    """Mean trust at the end of the first month, 0–1."""
    trust_end: Interval
    """Mean trust at the horizon, 0–1."""
    agreements: Agreements
    worst_off: WorstOff

    @property
    def target_met_in(self) -> str:
        """Frequency with which the target is met, in words: "37 of 100 simulated runs"."""
        return in_hundred(self.target_met, self.replicates)

    @property
    def question_ends(self) -> QuestionEnds:
        """The population-first share at both ends of the run."""
        return QuestionEnds(
            early=self.population_first_early,
            late=self.population_first_late,
            met_early=self.met_early,
            met_late=self.met_late,
            met=self.met,
            replicates=self.replicates,
            months=self.months,
        )


def summarise(ensemble: Ensemble) -> Summary:
    """Return a scenario's headline numbers.

    Args:
        ensemble: The replicates.
    """
    gap, months = ensemble["gap"][:, -1], ensemble.axes.months
    eight_weeks = min(EIGHT_WEEKS, len(months) - 1)
    agreed, paper = _values(ensemble)
    delivered = ensemble["milestones_value"][:, -1]
    asked = first_and_last(ensemble)
    return Summary(
        title=ensemble.scenario.title,
        seed=ensemble.seed,
        replicates=len(ensemble),
        first_month=months[0],
        last_month=months[-1],
        months=len(months),
        gap=interval_of(gap),
        position=interval_of(ensemble["cumulative_position"][:, -1]),
        do_nothing=float(ensemble["do_nothing"][:, -1].mean()),
        target=ensemble.target,
        target_met=count_met(gap, ensemble.target),
        coverage_month=months[eight_weeks],
        has_opened=_has_opened(ensemble, months[eight_weeks]),
        plan_coverage=interval_of(ensemble["plan_coverage"][:, eight_weeks]),
        delivered_of_agreed=interval_of(_share(delivered, agreed)),
        delivered_of_paper=interval_of(_share(delivered, paper)),
        realised=interval_of(ensemble["realised"][:, -1]),
        delivered_in=int((~np.isnan(ensemble["realised"][:, -1])).sum()),
        behind=part_behind(ensemble),
        population_first_early=asked.early,
        population_first_late=asked.late,
        met_early=asked.met_early,
        met_late=asked.met_late,
        met=asked.met,
        trust_start=interval_of(ensemble["trust"][:, 0]),
        trust_end=interval_of(ensemble["trust"][:, -1]),
        agreements=agreement_outcomes(ensemble),
        worst_off=find_worst_off(ensemble),
    )


def coverage_words(summary: Summary) -> str:
    """Name the time by which the plan's coverage is counted: eight weeks, or a month where the run has no more."""
    return "eight weeks" if summary.months > EIGHT_WEEKS else "a month"


def _has_opened(ensemble: Ensemble, month: str) -> bool:
    programmes = [ensemble.axes.programme(index) for index in ensemble.axes.programmes]
    return any(each.from_ is None or each.from_ <= month for each in programmes)


def find_worst_off(ensemble: Ensemble) -> WorstOff:
    """Find the organisation whose outturn is furthest below its own plan; of equals, the first by id."""
    axes, beyond = ensemble.axes, against_own_plan(ensemble)
    worst = int(beyond.mean(axis=0).argmin())
    organisation = axes.organisations[worst]
    return WorstOff(
        organisation=organisation,
        name=axes.organisation_name(organisation),
        against_plan=interval_of(beyond[:, worst]),
        per_income=interval_of(beyond[:, worst] / run_income(axes)[worst]),
    )


def _values(ensemble: Ensemble) -> tuple[Floats, Floats]:
    """Return the value agreed by the horizon and the value on paper, each `[replicate]`, £m a year."""
    axes, programmes = ensemble.axes, list(ensemble.axes.programmes)
    value = np.array([axes.programme(index).paper_value for index in programmes])
    agreed = ~np.isnan(ensemble.agreement("agreed")[:, programmes])
    return (value * agreed).sum(axis=1), np.full(len(ensemble), value.sum())


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
