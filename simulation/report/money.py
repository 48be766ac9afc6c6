"""Money on a paper's first page: what a choice costs, what it brings, when it has paid back, and who pays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulation.analysis.bands import Interval
from simulation.analysis.finance import finance_of
from simulation.analysis.organisation_changes import WHOLE_RUN, OrganisationChange, organisation_changes
from simulation.analysis.organisations_positions import organisations_positions
from simulation.analysis.pay_back import PayBack, PayBackMonths, pay_back
from simulation.analysis.place_position import place_position
from simulation.analysis.verdict_words import CENTRAL
from simulation.charts.text.comparison_words import short_frequency
from simulation.charts.text.finance_words import that_differ
from simulation.charts.text.study_words import uncertain_words
from simulation.charts.text.who_pays_words import who_pays
from simulation.charts.text.words import band_words
from simulation.charts.who_wins import headline as against_plans
from simulation.formatting import as_written, capital, discount_words, listed, month_words, range_words
from simulation.money_unit import MILLIONS, MoneyUnit, is_none
from simulation.parameters import TABLE
from simulation.report.subject import Subject
from simulation.results.comparison import Comparison
from simulation.results.study import Study

SAME = "the same"
"""The words for a difference that would be £0m."""

_MOST_NAMED = 4
_CONTRACT_SAVING = next(row.default for row in TABLE if row.name == "contract_saving")


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Costs of a choice over the run, £m: means over simulated runs."""

    levers: float
    set_up: float

    @property
    def both(self) -> float:
        """The sum."""
        return self.levers + self.set_up


def costs_of(study: Study) -> Costs:
    """Return what levers and setting programmes up cost over the run.

    Args:
        study: The scenario; its rate of discount applies.
    """
    found = finance_of(study)
    levers, set_up = (-float(found.over_run(item).mean()) for item in ("levers", "set_up"))
    return Costs(levers=levers, set_up=set_up)


def pay_back_of(subject: Subject) -> PayBack | None:
    """Return the position of the choice in detail against its baseline's; None where it is not known."""
    return next((each for each in pay_back(subject.comparison) if each.scenario == subject.case.label), None)


def changes_of(subject: Subject) -> list[OrganisationChange]:
    """Return every organisation's change against the baseline over the whole run, of the choice in detail."""
    found = organisation_changes(subject.comparison)
    return [each for each in found if each.period == WHOLE_RUN and each.scenario == subject.case.label]


def money_of(comparison: Comparison, subject: Subject | None) -> tuple[str, ...]:
    """Return the sentences on money, with the rate of discount beside each figure, for each choice in question.

    Args:
        comparison: The results.
        subject: The choice in detail; None for sets of assumptions.
    """
    if subject is None:
        known = any(case.positions is not None for case in comparison.cases)
        positions = " The position over all sets, costs included, is in the table of choices." if known else ""
        return (f"What each choice costs is not given here: no set of assumptions is singled out.{positions}",)
    if subject.case.study is None:
        return (f"Costs are not known: {subject.comparison.no_tables}.",)
    also = (each for other in subject.others_described for each in _also(other))
    return (*_sentences(subject, subject.case.study), *also)


def _sentences(subject: Subject, study: Study) -> Iterator[str]:
    yield f"Money is over the run, {discount_words(study.discount)}. {costs_words(subject, study)}"
    yield _position_of(subject, study)
    changes = changes_of(subject)
    if changes:
        yield who_pays(changes, unit=subject.unit)
    elif subject.against is None:
        yield _against_plans(study)


def _also(subject: Subject) -> Iterator[str]:
    """Yield what another choice costs and brings, and who pays for it: a paragraph for each choice in question."""
    study = subject.case.study
    if study is None:
        yield f"What {subject.case.label} costs is not known: {subject.comparison.no_tables}."
        return
    changes = changes_of(subject)
    paid = f" {who_pays(changes, unit=subject.unit)}" if changes else ""
    alone = replace(subject, against=None)
    yield f"{costs_words(alone, study)} {_position_of(subject, study)}{paid}"


def _position_of(subject: Subject, study: Study) -> str:
    compared = pay_back_of(subject)
    if compared is None:
        return _position_words(subject)
    return _against_words(compared, uncertain_words(study), subject.unit)


def costs_words(subject: Subject, study: Study, *, alone: bool = False) -> str:
    """Say what levers and set-up cost in all, and the levers alone; both rounded by themselves may not add up.

    Args:
        subject: The choice in detail.
        study: Its replicates.
        alone: True to leave out what the choice that it is compared with costs.
    """
    other, also = subject.against, ""
    if not alone and other is not None and other.study is not None:
        spent = costs_of(other.study)
        without = is_none(spent.levers) and not is_none(spent.both) and not other.study.ensemble.scenario.levers
        on = ", for programmes that are agreed without levers" if without else _split_words(spent, subject.unit)
        also = f"; {other.label} {subject.unit.words(spent.both)}{on}"
    costs = costs_of(study)
    spends = f"spends {subject.unit.words(costs.both)}{_split_words(costs, subject.unit)}"
    return f"{capital(subject.case.label)} {spends}{also}."


def _split_words(costs: Costs, unit: MoneyUnit) -> str:
    """Say what costs are for; nothing if there are none."""
    if is_none(costs.both):
        return ""
    if is_none(costs.levers):
        return " on setting programmes up"
    if is_none(costs.set_up):
        return " on its levers"
    return f", {unit.words(costs.levers)} of it on its levers and the rest on setting programmes up"


def _against_words(found: PayBack, uncertain: str, unit: MoneyUnit) -> str:
    """Say how the position compares with the baseline's over the run, with both bands, and when it has paid back."""
    said, wide = _amount_words(found.difference.at(-1), unit, " by chance alone"), found.varied_difference
    if wide is not None:
        said = f"{_amount_words(wide.at(-1), unit)} allowing for {uncertain}, and {said} {CENTRAL}"
    whose = f"Against {found.baseline} the place’s position with {found.scenario}"
    return f"{whose}, costs included, is {said}. {_paid_words(found)}"


def _amount_words(interval: Interval, unit: MoneyUnit, over: str = "") -> str:
    """Write a difference and its band in words: £96m better (£12m worse to £170m better)."""
    middle = difference_words(interval.median, unit)
    return f"{middle} ({difference_band_words(interval, unit)}{over})" if interval.low_90 < interval.high_90 else middle


def difference_band_words(interval: Interval, unit: MoneyUnit = MILLIONS) -> str:
    """Write the band of a difference without signs: £12m worse to £170m better; £2m to £9m where both are alike.

    Args:
        interval: The difference, £m; below 0 it is worse.
        unit: The unit of money.
    """
    low, high = interval.low_90, interval.high_90
    if low < 0 < high:
        return f"{difference_words(low, unit)} to {difference_words(high, unit)}"
    near, far = sorted((abs(low), abs(high)))
    return range_words(near, far, unit.words)


def difference_words(amount: float, unit: MoneyUnit = MILLIONS) -> str:
    """Write a difference without a sign: £4m better; the same where it would be £0m.

    Args:
        amount: £m; below 0 it is worse.
        unit: The unit of money.
    """
    shown = unit.words(abs(amount))
    if shown == unit.words(0.0):
        return SAME
    return f"{shown} {'better' if amount > 0 else 'worse'}"


def _paid_words(found: PayBack) -> str:
    """Say by when the middle simulated run has paid back, and how many have by the end, by both kinds of chance."""
    chance, wide = found.by_chance, found.varied
    widest, cases = (chance, "simulated runs") if wide is None else (wide, "cases")
    if widest.is_same:
        return f"Both cost and save the same in {short_frequency(widest.same, widest.replicates)} {cases}."
    if not chance.paid and (wide is None or not wide.paid):
        return "It does not pay back within the run."
    by_chance = f"{short_frequency(chance.paid, chance.of)}{that_differ(chance)}"
    if wide is None:
        return f"{_month(chance, 'simulated run')} {by_chance}."
    of_cases = f"{short_frequency(wide.paid, wide.of)} cases{that_differ(wide)}"
    if chance.is_same:
        return f"{_month(wide, 'case')} {of_cases} ({CENTRAL} both cost and save the same)."
    also = "" if chance.median is None or wide.median is None else f" ({month_words(chance.median)} {CENTRAL})"
    return f"{_month(wide, 'case', also)} {of_cases} ({by_chance} {CENTRAL})."


def _month(months: PayBackMonths, which: str, also: str = "") -> str:
    """Begin a sentence that ends with how often it pays back within the run."""
    if months.median is None:
        return f"In the middle {which} it does not pay back within the run; it does in"
    return f"It pays back by {month_words(months.median)}{also} in the middle {which}, and within the run in"


def _position_words(subject: Subject) -> str:
    """Say what all organisations together spend beyond their income over the run, with both bands."""
    interval, wide = place_position(subject.case)
    show = subject.unit.words
    also = "" if wide is None else f"; {band_words(wide, show)} allowing for {uncertain_words(subject.case.study)}"
    bands = f" ({band_words(interval, show)} by chance alone{also})" if _has_width(interval) or also else ""
    whose = f" with {subject.case.label}" if subject.has_others else ""
    return f"The position of all organisations together{whose}, costs included, is {show(interval.median)}{bands}."


def _against_plans(study: Study) -> str:
    """Say how many end below their own plan, and which lose against the place before any savings."""
    positions = organisations_positions(study.ensemble, discount=study.discount)
    worse = [each.name for each in positions if 2 * each.loses_in > each.replicates]
    named = f": {listed(worse)}" if 0 < len(worse) <= _MOST_NAMED else ""
    return f"{against_plans(positions)}{named}."


def contracts_words(subject: Subject | None) -> str:
    """Say what is saved in contracts, that the model assumes it, and why it is in the position and not in the gap.

    Args:
        subject: The choice in detail; None for sets of assumptions.

    Returns:
        Nothing where nothing is saved, or that is not known.
    """
    study = None if subject is None else subject.case.study
    if subject is None or study is None:
        return ""
    saved = float(finance_of(study).over_run("contracts").mean())
    if is_none(saved):
        return ""
    show = subject.unit.words
    other = subject.against
    also, unlike, rate = "", "", _contract_saving(study)
    if other is not None and other.study is not None:
        also = f" ({other.label} {show(float(finance_of(other.study).over_run('contracts').mean()))})"
        own = _contract_saving(other.study)
        unlike = "" if own == rate else f" ({other.label} {as_written(100 * own)}%)"
    whose = "the model assumes" if rate == _CONTRACT_SAVING else "the scenario assumes"
    which = f" with {subject.case.label}" if subject.has_others else ""
    return (
        f"The position counts {show(saved)} saved in contracts{which}{also}: {whose} that the two sides of a "
        f"contract save {as_written(100 * rate)}%{unlike} of its amount a year while both ask the population’s "
        "question. The gap leaves it out, since it ends when they stop: the gap counts recurrent savings alone."
    )


def _contract_saving(study: Study) -> float:
    """Return the part of a contract's amount that its two sides save a year while both ask for the population."""
    return study.ensemble.scenario.resolve_parameters().contract_saving


def _has_width(interval: Interval) -> bool:
    return interval.low_90 < interval.high_90
