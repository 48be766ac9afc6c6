"""Candidates of a decision as options that a board can read: names, costs, gains, and who loses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulation.analysis.bands import Floats
from simulation.experiment.decide import Candidate
from simulation.experiment.decide_entries import Objective
from simulation.formatting import capital, counted, listed, month_words, percent, pounds, without_joiners
from simulation.levers import Lever
from simulation.scenario.entries import Setting
from simulation.scenario.schema import Scenario

_LONGEST_NAME = 60
"""Letters of the longest name that an experiment file takes for a compared scenario."""

NOTHING = "no joint action"

AS_IT_STANDS = "as it stands"
"""The name of pulling none of the levers to choose from in a place that has levers of its own."""


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A mean over points with half the width of its 95% interval, £m or £m a year."""

    mean: float
    half_width: float

    @property
    def low(self) -> float:
        """The lower end."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """The upper end."""
        return self.mean + self.half_width


@dataclass(frozen=True, kw_only=True)
class Option:
    """One candidate, compared with the place without the levers to choose from.

    Attributes:
        candidate: The way in which each lever is pulled.
        settings: The settings of its levers, in the order of the table of levers.
        costs_by_year: What it costs in each financial year, £m.
        gains: By objective, by how much it is better: the gap that it closes in the last month, £m a year; the place's
            position over the run, £m; that in the last month, as £m a year; the change of the organisation that loses
            most, £m over the run.
        organisations: By id, the change of each organisation's position over the run, £m.
        by_point: The main objective at each point.
        reference: What pulling none of the levers to choose from is called.
    """

    candidate: Candidate
    settings: Mapping[Lever, Setting]
    costs_by_year: tuple[float, ...]
    gains: Mapping[Objective, Amount]
    organisations: Mapping[str, Amount]
    by_point: Floats = field(repr=False, compare=False)
    reference: str = NOTHING

    @property
    def cost(self) -> float:
        """Its cost over the run, £m."""
        return float(np.sum(self.costs_by_year))

    @property
    def starts(self) -> dict[Lever, str]:
        """The start month of each of its levers, YYYY-MM."""
        return {lever: setting.from_ or "" for lever, setting in self.settings.items()}

    @property
    def worst_off(self) -> tuple[str, Amount]:
        """The organisation that gains least or loses most, and its change."""
        return min(self.organisations.items(), key=lambda each: each[1].mean)

    @property
    def losers(self) -> list[tuple[str, Amount]]:
        """The organisations that lose by more than chance may explain, the largest loss first."""
        found = [(each, change) for each, change in self.organisations.items() if change.high < 0]
        return sorted(found, key=lambda each: each[1].mean)

    @property
    def name(self) -> str:
        """Its levers, start and cost, in 60 letters at most: coaching and gain share from April 2016, £2.1m."""
        return name_option(self.settings, self.cost) if self.settings else self.reference


def reference_of(place: Scenario) -> str:
    """Return what a place is called if it pulls none of the levers to choose from.

    Args:
        place: The place without them.
    """
    return AS_IT_STANDS if place.levers else NOTHING


def name_option(settings: Mapping[Lever, Setting], cost: float) -> str:
    """Return a name in words, of 60 letters at most; levers that have no room are counted.

    Args:
        settings: The settings of its levers, one or more.
        cost: Its cost over the run, £m.
    """
    money = without_joiners(pounds(cost))
    labels = [_label(lever, setting) for lever, setting in settings.items()]
    starts = sorted({setting.from_ or "" for setting in settings.values()})
    when = f" from {month_words(starts[0])}" if len(starts) == 1 else f" from {month_words(starts[0])} on"
    tried = [f"{listed(labels)}{start}, {money}" for start in (when, "")]
    for shown in range(len(labels) - 1, 0, -1):
        rest = len(labels) - shown
        named = f"{', '.join(labels[:shown])} and {counted(rest, 'other')}"
        tried += [f"{named}{start}, {money}" for start in (when, "")]
    tried.append(f"{counted(len(labels), 'lever')}, {money}")
    return next((name for name in tried if len(name) <= _LONGEST_NAME), tried[-1])


def describe_option(option: Option) -> str:
    """Return all levers of an option with their strength and start: Coaching at full strength from April 2016; ….

    Args:
        option: The option.
    """
    if not option.settings:
        return "No lever"
    parts: list[str] = []
    for month in sorted(set(option.starts.values())):
        labels = [_label(lever, setting) for lever, setting in option.settings.items() if option.starts[lever] == month]
        parts.append(f"from {month_words(month)} {listed(labels)}")
    return capital("; ".join(parts))


def letters(count: int) -> Sequence[str]:
    """Return as many letters to call options by: A, B and so on; at most 26."""
    return [chr(ord("A") + number) for number in range(count)]


def _label(lever: Lever, setting: Setting) -> str:
    label = f"{lever.label[:1].lower()}{lever.label[1:]}"
    return label if setting.strength == 1 else f"{label} at {percent(setting.strength)}"
