"""The names along the axes of every result."""

from dataclasses import dataclass, field
from itertools import combinations

from simulation.levers import Lever
from simulation.scenario.entries import Opportunity, OrganisationEntry, ProgrammeEntry
from simulation.scenario.months import month_names, month_number
from simulation.scenario.schema import Scenario
from simulation.vocabulary import OpportunityKind


def chosen_months(months: int) -> tuple[int, ...]:
    """Return the months at which charts show trust, counted from 0: the first, the middle and the last."""
    return tuple(sorted({0, (months - 1) // 2, months - 1}))


@dataclass(frozen=True)
class Axes:
    """Ids in the order of the arrays, and their scenario."""

    scenario: Scenario = field(repr=False)
    organisations: tuple[str, ...]
    """Axis `organisation`."""
    relationships: tuple[tuple[str, str], ...]
    """Axis `relationship`: trusting and trusted organisation."""
    opportunities: tuple[str, ...]
    """Axis `opportunity`: those that open within the horizon."""
    memberships: tuple[tuple[str, str], ...]
    """Axis `membership`: opportunity and organisation."""

    @property
    def months(self) -> tuple[str, ...]:
        """Axis `month` as YYYY-MM."""
        return month_names(self.scenario.start, self.scenario.months)

    @property
    def programmes(self) -> tuple[int, ...]:
        """Indices of the programmes on the axis `opportunity`."""
        return tuple(
            k for k, name in enumerate(self.opportunities) if self.opportunity(name).kind is OpportunityKind.PROGRAMME
        )

    def acted_on(self, lever: Lever) -> tuple[str | None, ...]:
        """Return the ids on a lever's axis; None for an opportunity of a kind that it does not act on."""
        if lever.acts_on_organisations:
            return self.organisations
        sections = lever.scope.sections
        return tuple(k if f"{self.opportunity(k).kind}s" in sections else None for k in self.opportunities)

    def organisation(self, organisation: str) -> OrganisationEntry:
        """Return an organisation's entry in the scenario."""
        return self.scenario.organisations[organisation]

    def opportunity(self, opportunity: str) -> Opportunity:
        """Return an opportunity's entry in the scenario."""
        contract = self.scenario.contracts.get(opportunity)
        return self.scenario.programmes[opportunity] if contract is None else contract

    def organisation_name(self, organisation: str) -> str:
        """Return an organisation's name; its id if it has none."""
        return self.organisation(organisation).name or organisation

    def programme(self, index: int) -> ProgrammeEntry:
        """Return the entry of a programme, by its index on the axis `opportunity`."""
        return self.scenario.programmes[self.opportunities[index]]

    def opportunity_title(self, opportunity: str) -> str:
        """Return an opportunity's title; its id if it has none."""
        return self.opportunity(opportunity).title or opportunity


def opening_month(scenario: Scenario, entry: Opportunity) -> int:
    """Return the month from which an opportunity is on the table, counted from the start."""
    return month_number(entry.from_ or scenario.start) - month_number(scenario.start)


def axes_of(scenario: Scenario) -> Axes:
    """Return the axes of a scenario, in id order, without opportunities that open after the last month."""
    opportunities = [
        (k, entry) for k, entry in scenario.opportunities.items() if opening_month(scenario, entry) < scenario.months
    ]
    return Axes(
        scenario=scenario,
        organisations=tuple(sorted(scenario.organisations)),
        relationships=_relationships([entry for _, entry in opportunities]),
        opportunities=tuple(k for k, _ in opportunities),
        memberships=tuple((k, member) for k, entry in opportunities for member in entry.participants),
    )


def _relationships(opportunities: list[Opportunity]) -> tuple[tuple[str, str], ...]:
    pairs: set[tuple[str, str]] = set()
    for entry in opportunities:
        for one, other in combinations(entry.participants, 2):
            pairs.update({(one, other), (other, one)})
    return tuple(sorted(pairs))
